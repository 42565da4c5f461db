//! French words of ties.

use entity::candidate_tie::{CandidateTieKind, CandidateTieSource};
use entity::declared_interest::TieKind;
use entity::interest_declaration;
use entity::tie_alert::AlertState;
use time::Date;

use super::ledger::Origin;
use super::queries::Declarations;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::rules::calendar::written;
use crate::rules::interests::Standing;
use crate::rules::ties::{Duty, Finding, Severity, Tie};

/// Habilitated for something else.
pub const OTHER_CERTIFICATION: &str =
    "L’habilitation de cette personne ne porte pas sur cette certification.";
/// Habilitated elsewhere.
pub const OTHER_REGION: &str = "L’habilitation de cette personne ne couvre pas la région de la structure.";
/// Where a recorded employment is known from.
pub const FROM_FILE: &str = "employeur enregistré sur la fiche";
/// Where a mission is given to somebody else.
pub const FIND_SOMEBODY_ELSE: &str = "Chercher une autre personne";
/// Where a visit is.
pub const TAKE_VISIT_BACK: &str = "Retirer la visite pour la confier à une autre personne";
/// No such structure.
pub const UNKNOWN_STRUCTURE: &str = "Cette structure n’existe pas";
/// Fault of a form.
pub const UNKNOWN_SIREN: &str = "Aucune structure enregistrée ne porte ce numéro";
/// Fault of a form.
pub const TIE_WANTED: &str = "Choisissez la nature du lien";
/// Fault of a form.
pub const ANSWER_WANTED: &str = "Choisissez l’une des deux réponses";
/// Title of the pages.
pub const INDEPENDENCE: &str = "Liens et indépendance";
/// Above the faults.
pub const NOT_RECORDED: &str = "Les changements ne sont pas encore enregistrés";
/// Why a declaration is asked for.
pub const WHY_DECLARE: &str =
    "Vous recevez ce message parce que vous intervenez pour l’organisme certificateur.";
/// Why a manager is told of a tie.
pub const WHY_ALERT: &str = "Vous recevez ce message parce que vous êtes responsable de certification.";
/// Answer of the declaration.
pub const NOTHING: &str = "Je n’ai aucun lien en cours avec une structure";
/// Answer of the declaration.
pub const LISTED: &str = "Mes liens sont ceux de la liste, et elle est complète";
/// Term of the margin.
pub const DECLARATION: &str = "Déclaration annuelle";
/// Term of the margin.
pub const KNOWN_TIES: &str = "Liens connus";
/// Term of the margin.
pub const GROUP: &str = "Groupe";
/// No group.
pub const NO_GROUP: &str = "Aucun groupe enregistré";

/// Where a declared tie is known from.
#[must_use]
pub fn declaration_of(year: i32) -> String {
    format!("déclaration d’intérêts de {year}")
}

/// Where a visit is known from.
#[must_use]
pub fn request_of(number: Option<&str>) -> String {
    number.map_or_else(|| "demande d’agrément".to_owned(), |number| format!("demande {number}"))
}

/// Where a mission is known from.
#[must_use]
pub fn mission_of(number: &str) -> String {
    format!("mission {number}")
}

/// Where a tie with a structure of the same group is known from.
#[must_use]
pub fn through_group(group: &str, structure: &str, source: &str) -> String {
    format!("lien avec {structure}, du même groupe {group}, {source}")
}

/// The declaration of interests is missing.
#[must_use]
pub fn undeclared(year: i32) -> String {
    format!("La déclaration d’intérêts de cette personne pour {year} n’est pas à jour.")
}

/// Habilitated no more, or not yet.
#[must_use]
pub fn no_right(on: Date) -> String {
    format!("Aucune habilitation de cette personne pour ce rôle n’est en cours le {}.", written(on))
}

/// The name of a tie, as people declare it: a mandate has a choice of its own.
#[must_use]
pub const fn declared(tie: TieKind) -> &'static str {
    match tie {
        TieKind::EmployeeBoardOrProvider => "Emploi ou prestation",
        TieKind::Board => "Mandat au conseil d’administration",
        TieKind::Shares => "Parts détenues dans la structure",
        TieKind::Family => "Lien familial avec une personne de la structure",
        TieKind::SupportExpert => "Appui pédagogique",
        TieKind::EpspTrainerOfTeam => "Formation EPSP de l’équipe",
        TieKind::Supervised => "Encadrement ou tutorat d’une personne de l’équipe",
        TieKind::JuryPresident => "Présidence d’un jury",
    }
}

/// The name of a tie.
#[must_use]
pub const fn tie(tie: Tie) -> &'static str {
    match tie {
        Tie::EmployeeBoardOrProvider => "Emploi, mandat ou prestation",
        Tie::Board => "Mandat au conseil d’administration",
        Tie::Shares => "Parts détenues",
        Tie::Family => "Lien familial",
        Tie::ControllerThisPeriod => "Contrôle de la structure",
        Tie::SupportExpert => "Appui pédagogique",
        Tie::EpspTrainerOfTeam => "Formation EPSP de l’équipe",
        Tie::Supervised => "Encadrement ou tutorat d’une personne de l’équipe",
        Tie::JuryPresident => "Présidence d’un jury",
        Tie::SameGroup => "Emploi, mandat ou prestation dans une structure du même groupe",
    }
}

/// The kind of data that tells a tie, in the API.
#[must_use]
pub const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Declared => "declared",
        Origin::Employment => "employment",
        Origin::Visit => "visit",
        Origin::Mission => "mission",
        Origin::Group => "group",
    }
}

/// A duty, at the start of a sentence.
#[must_use]
pub const fn duty(duty: Duty) -> &'static str {
    match duty {
        Duty::JuryPresident => "Présidence de jury",
        Duty::Controller => "Contrôle",
        Duty::SupportExpert => "Appui pédagogique",
        Duty::TeamTrainer => "Formation de l’équipe",
    }
}

/// The name of a stored duty.
#[must_use]
pub fn duty_word(word: &str) -> &'static str {
    Duty::of(word).map_or("Mission", duty)
}

/// The days of a tie.
#[must_use]
pub fn span(since: Option<Date>, until: Option<Date>) -> String {
    match (since, until) {
        (Some(since), Some(until)) if since == until => format!("le {}", written(since)),
        (Some(since), Some(until)) => format!("du {} au {}", written(since), written(until)),
        (Some(since), None) => format!("depuis le {}", written(since)),
        (None, Some(until)) => format!("jusqu’au {}", written(until)),
        (None, None) => "en cours".to_owned(),
    }
}

/// What a tie does to a duty: « Contrôle : refus jusqu’au 10 mars 2026 ».
#[must_use]
pub fn effect(of: Duty, finding: &Finding) -> String {
    let until = match (finding.frees_on, finding.months_window) {
        (Some(day), _) => {
            format!(" jusqu’au {}", written(day.previous_day().unwrap_or(day)))
        }
        (None, Some(months)) => format!(" tant que ce lien dure, puis {months} mois"),
        (None, None) => String::new(),
    };
    let verdict = match finding.severity {
        Severity::Blocking => "refus",
        Severity::Warning => "motif à donner",
    };
    format!("{}\u{202f}: {verdict}{until}", duty(of))
}

/// Where a declaration stands.
#[must_use]
pub const fn standing(standing: Standing) -> Status {
    match standing {
        Standing::Declared => Status::new("À jour", "coche", Color::Pre),
        Standing::Due => Status::new("À faire", "horloge", Color::Ocre),
        Standing::Missing => Status::new("Manquante", "alerte", Color::Garance),
    }
}

/// A declaration made: what it says is for those who may read interests.
#[must_use]
pub fn declared_year(row: &interest_declaration::Model, told: bool) -> String {
    let (year, on) = (row.year, written(row.declared_on));
    match (told, row.note.as_str()) {
        (false, _) => format!("{year}\u{202f}: faite le {on}"),
        (true, "") => format!("{year}\u{202f}: {}, le {on}", said(row.nothing)),
        (true, note) => format!("{year}\u{202f}: {}, le {on}. {note}", said(row.nothing)),
    }
}

const fn said(nothing: bool) -> &'static str {
    if nothing { "aucun lien en cours" } else { "liens de la liste" }
}

/// The date that goes with where a declaration stands: until when it counts, by when it is due, or since when it lacks.
#[must_use]
pub fn due(found: &Declarations, today: Date) -> String {
    let due_on = written(found.due_on);
    match (found.standing, found.counts_until) {
        (Standing::Declared, Some(last)) => format!("valable jusqu’au {}", written(last)),
        (Standing::Missing, Some(last)) => format!("terminée depuis le {}", written(last)),
        (Standing::Missing, None) if found.due_on < today => format!("attendue depuis le {due_on}"),
        _ => format!("échéance le {due_on}"),
    }
}

/// The day of a duty.
#[must_use]
pub fn planned(on: Option<Date>) -> String {
    on.map_or_else(|| "date à fixer".to_owned(), written)
}

/// Where an alert stands.
#[must_use]
pub const fn alert(state: AlertState) -> Status {
    match state {
        AlertState::Open => Status::new("À régler", "alerte", Color::Ocre),
        AlertState::Kept => Status::new("Maintenue", "coche", Color::Pre),
        AlertState::Gone => Status::new("Sans objet", "cercle", Color::Ardoise),
    }
}

/// Said once recorded.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done("Changements enregistrés.", "Les missions déjà confiées sont vérifiées à nouveau.")
}

/// Said once declared.
#[must_use]
pub fn thanks(year: i32) -> Flash {
    Flash::done(format!("Déclaration de {year} enregistrée."), "")
}

/// Said once kept.
#[must_use]
pub fn kept() -> Flash {
    Flash::done("Mission maintenue.", "Le motif est conservé dans le journal.")
}

/// How a person knows a candidate.
#[must_use]
pub const fn with_candidate(kind: CandidateTieKind) -> &'static str {
    match kind {
        CandidateTieKind::Trained => "A formé la personne",
        CandidateTieKind::Supervised => "A encadré la personne",
        CandidateTieKind::Accompanied => "A accompagné la personne",
        CandidateTieKind::Assessed => "A évalué la personne",
        CandidateTieKind::Family => "Lien familial",
        CandidateTieKind::Business => "Lien d’affaires",
        CandidateTieKind::Dispute => "Litige",
    }
}

/// Where such a tie is known from.
#[must_use]
pub const fn candidate_source(source: CandidateTieSource) -> &'static str {
    match source {
        CandidateTieSource::Observation => "Livret de suivi",
        CandidateTieSource::DeclaredByExpert => "Déclaré par l’intervenant",
        CandidateTieSource::DeclaredByCandidate => "Déclaré par la personne candidate",
        CandidateTieSource::DeclaredByStructure => "Déclaré par la structure",
        CandidateTieSource::Recorded => "Enregistré par l’équipe de certification",
    }
}

/// Opens the page where such a tie is declared.
pub const DECLARE_CANDIDATE: &str = "Déclarer un lien avec une personne candidate";

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn no_day_that_is_past_is_said_to_come() {
        let at = |standing, counts_until| Declarations {
            made: Vec::new(),
            told: true,
            standing,
            due_on: date!(2026 - 03 - 31),
            counts_until,
        };
        for (found, today, expected) in [
            (
                at(Standing::Declared, Some(date!(2027 - 03 - 31))),
                date!(2026 - 11 - 29),
                "valable jusqu’au 31 mars 2027",
            ),
            (
                at(Standing::Due, Some(date!(2026 - 03 - 31))),
                date!(2026 - 03 - 31),
                "échéance le 31 mars 2026",
            ),
            (
                at(Standing::Missing, Some(date!(2026 - 03 - 31))),
                date!(2026 - 11 - 29),
                "terminée depuis le 31 mars 2026",
            ),
            (at(Standing::Missing, None), date!(2026 - 11 - 29), "attendue depuis le 31 mars 2026"),
            (at(Standing::Missing, None), date!(2026 - 03 - 31), "échéance le 31 mars 2026"),
        ] {
            assert_eq!(due(&found, today), expected);
        }
    }
}
