//! French words of the day of a session.

pub mod faults;
pub mod lacks;
pub mod said;

use entity::candidate::JuryDecision;
use entity::epreuve::{EpreuveKind, Scale};
use entity::jury_incident::IncidentKind;
use entity::jury_passage::Presence;
use entity::jury_vote::Vote;

use super::super::load::Passing;
use crate::features::candidates::labels as words_of_candidates;
use crate::http::web::component::{Color, Status};
use crate::render::french;
use crate::rules::referential::Unit;

/// Title of the page before the session is open.
pub const OPENING: &str = "Ouverture du jury";
/// Title of the page of a candidate.
pub const HEARING: &str = "Passages du jury";
/// Title of the page of the decisions.
pub const DELIBERATION: &str = "Délibération du jury";
/// Title of the page of the incidents.
pub const INCIDENTS: &str = "Incidents du jury";
/// Title of the page that asks before a shortage is recorded.
pub const NO_QUORUM: &str = "Constater la carence du jury";
/// Title of the page of an abstention.
pub const ABSTENTION: &str = "Abstention d’un membre";
/// Title of the page of a decision.
pub const DECISION: &str = "Décision du jury";
/// Title of the summary of faults.
pub const NOT_RECORDED: &str = "Rien n’est enregistré";
/// Why a candidate is adjourned without a vote.
pub const QUORUM_LOST: &str = "Quorum non atteint pour ce passage";
/// Why somebody stays apart from a candidate whom data says that they know.
pub const KNOWN_TIE: &str = "Lien connu avec cette personne";
/// What a member declares.
pub const IMPARTIAL: &str = "Je n’ai aucun lien avec les candidats ni avec leur structure qui puisse influencer mon jugement, et je garde le secret des délibérations.";

/// How people voted.
pub const UNANIMOUS: &str = "À l’unanimité des membres présents";
/// How people voted.
pub const BY_VOTES: &str = "Par un vote de chaque membre";
/// A result.
pub const ACQUIRED: &str = "Acquis";
/// A result.
pub const NOT_ACQUIRED: &str = "Non acquis";
/// The button that keeps.
pub const WAIT: &str = "Attendre les membres";
/// The button that does.
pub const RECORD_NO_QUORUM: &str = "Constater la carence";

/// What a shortage changes.
#[must_use]
pub fn no_quorum_effects(reason: &str) -> Vec<String> {
    [
        reason,
        "Le jury ne se tient pas\u{202f}; personne ne perd de tentative.",
        "Les candidats restent admis à se présenter à un autre jury.",
        "La structure, les membres et les candidats convoqués sont prévenus.",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Whether somebody came, as a choice.
#[must_use]
pub const fn arrival(presence: Presence) -> &'static str {
    match presence {
        Presence::Expected => "Pas encore venue",
        Presence::Present => "Présente, identité vérifiée",
        Presence::Absent => "Absente",
        Presence::AbsentExcused => "Absente, avec un justificatif",
    }
}

/// Whether somebody came.
#[must_use]
pub const fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Expected => "À venir",
        Presence::Present => "Présence",
        Presence::Absent => "Absence",
        Presence::AbsentExcused => "Absence justifiée",
    }
}

/// A decision, as a title.
#[must_use]
pub const fn decision(decision: JuryDecision) -> &'static str {
    words_of_candidates::decision(decision).word
}

/// Where a passage stands, in the strip.
#[must_use]
pub fn passage(one: &Passing) -> Status {
    match (one.row.decision, one.row.presence) {
        (Some(JuryDecision::Total), _) => Status::new("Totale", "coche", Color::Pre),
        (Some(JuryDecision::Partial), _) => Status::new("Partielle", "demi", Color::Ocre),
        (Some(JuryDecision::Refused | JuryDecision::Fraud), _) => {
            Status::new("Refus", "croix", Color::Garance)
        }
        (Some(JuryDecision::Adjourned), _) => Status::new("Ajournement", "pause", Color::Ocre),
        (_, Presence::Absent) => Status::new("Absence", "moins", Color::Prune),
        (_, Presence::AbsentExcused) => Status::new("Absence justifiée", "moins", Color::Prune),
        (_, Presence::Present) if one.row.heard_at.is_some() => {
            Status::new("Audition faite", "coche", Color::Ciel)
        }
        (_, Presence::Present) => Status::new("Présence notée", "horloge", Color::Ciel),
        (_, Presence::Expected) => Status::new("À venir", "cercle", Color::Ardoise),
    }
}

/// What stands under the decision that is proposed.
#[must_use]
pub fn proposal(units: &[Unit], blocs: bool) -> String {
    let count = |wanted: Option<bool>| units.iter().filter(|unit| unit.acquired == wanted).count();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let (all, done) = (units.len(), count(Some(true)));
    let left: Vec<&str> =
        units.iter().filter(|unit| unit.acquired == Some(false)).map(|unit| unit.code.as_str()).collect();
    let again = match left.as_slice() {
        [] => None,
        [one] if blocs => Some(format!("Le bloc {one} pourra être repassé lors d’un prochain jury.")),
        [one] => Some(format!("La compétence {one} reste à acquérir.")),
        several if blocs => {
            let several = french::list(several);
            Some(format!("Les blocs {several} pourront être repassés lors d’un prochain jury."))
        }
        several => Some(format!("Les compétences {} restent à acquérir.", french::list(several))),
    };
    let unknown = count(None);
    let words = if blocs {
        [("bloc reste", "blocs restent"), ("bloc validé", "blocs validés")]
    } else {
        [("compétence reste", "compétences restent"), ("compétence validée", "compétences validées")]
    };
    let [(left_one, left_many), (done_one, done_many)] = words;
    let unknown = (unknown > 0)
        .then(|| format!("{} à renseigner.", french::plural(number(unknown), left_one, left_many)));
    let acquired = french::plural(number(done), done_one, done_many);
    [Some(format!("{acquired} sur {all}.")), again, unknown]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// A vote.
#[must_use]
pub const fn vote(vote: Vote) -> &'static str {
    match vote {
        Vote::Yes => "Pour",
        Vote::No => "Contre",
        Vote::Blank => "Blanc",
    }
}

/// What kind of incident.
#[must_use]
pub const fn incident(kind: IncidentKind) -> &'static str {
    match kind {
        IncidentKind::Fraud => "Suspicion de fraude",
        IncidentKind::Identity => "Doute sur l’identité",
        IncidentKind::Health => "Santé ou malaise",
        IncidentKind::Material => "Panne ou matériel",
        IncidentKind::Disruption => "Trouble du déroulement",
        IncidentKind::Delay => "Retard",
        IncidentKind::Other => "Autre",
    }
}

/// What a candidate does in an épreuve.
#[must_use]
pub const fn epreuve(kind: EpreuveKind) -> &'static str {
    match kind {
        EpreuveKind::ObservationSituation => "Observation en situation de travail",
        EpreuveKind::MiseEnSituation => "Mise en situation",
        EpreuveKind::Questionnaire => "Questionnaire",
        EpreuveKind::Dossier => "Dossier",
        EpreuveKind::Entretien => "Entretien avec le jury",
        EpreuveKind::PresentationOrale => "Présentation orale",
        EpreuveKind::RapportTuteur => "Rapport du tuteur ou de la tutrice",
    }
}

/// How an épreuve is marked.
#[must_use]
pub fn scale(scale: Scale, threshold: Option<i32>, out_of: Option<i32>) -> String {
    match (scale, threshold, out_of) {
        (Scale::Binary, ..) => "Acquis ou non acquis.".to_owned(),
        (Scale::FourLevels, Some(from), _) => format!("Niveau de 1 à 4, acquis à partir de {from}."),
        (Scale::FourLevels, None, _) => "Niveau de 1 à 4.".to_owned(),
        (Scale::Numeric, Some(from), Some(highest)) => {
            format!("Note sur {highest}, acquis à partir de {from}.")
        }
        (Scale::Numeric, _, Some(highest)) => format!("Note sur {highest}."),
        (Scale::Numeric, ..) => "Note.".to_owned(),
    }
}

/// What the results say of a unit.
#[must_use]
pub const fn from_results(acquired: Option<bool>) -> &'static str {
    match acquired {
        Some(true) => "D’après les épreuves\u{202f}: validé.",
        Some(false) => "D’après les épreuves\u{202f}: non validé.",
        None => "",
    }
}

/// « La Fabrique des Tilleuls. mardi 16 janvier 2024, de 9 h à 12 h ».
#[must_use]
pub fn subject(structure: &str, certification: &str, day: &str) -> String {
    format!("{structure}. {certification}, {day}.")
}

/// « Passage de 14 h 30 ».
#[must_use]
pub fn turn(rank: i32, hour: Option<&str>) -> String {
    hour.map_or_else(|| format!("Passage {rank}"), |hour| format!("Passage de {hour}"))
}
