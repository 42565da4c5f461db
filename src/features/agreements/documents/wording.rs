//! French words of the documents.

use entity::agreement_request::{AgreementRole, RequestKind, VisitMode};
use entity::grid_score::Score;
use entity::registration::Register;
use time::{Date, OffsetDateTime};

use super::texts::texts;
use crate::features::agreements::wording;
pub use crate::features::agreements::wording::{days, months};
use crate::render::french;
use crate::rules::deadline::local;
use crate::rules::grid::{Rating, Tally};
use crate::rules::territory::{PARIS, zone_place};

/// What stands for a fact that nobody entered.
pub const UNKNOWN: &str = "non renseigné";
/// A date that is not fixed yet.
pub const TO_BE_FIXED: &str = "à fixer avec la structure";
/// Quality of the person in charge of a file.
pub const OFFICER: &str = "instruction du dossier";
/// Quality of the person who visits.
pub const CONTROLLER: &str = "contrôle d’agrément";
/// What is learnt on a control serves.
pub const MISSION_PURPOSE: &str = "au contrôle";
/// Quality of the person who decides.
pub const MANAGER: &str = "responsable de certification";
/// Quality of what the program does by itself.
pub const PROGRAM: &str = "acte pris à l’échéance du délai";
/// Quality of the referent.
pub const REFERENT: &str = "référence de la demande";
/// Quality of a person met.
pub const MET: &str = "lors de la visite";
/// In the place of the persons met, when the structure refused the control.
pub const NOBODY_MET: &str = "Aucune personne rencontrée";
/// Why nobody was met.
pub const CONTROL_REFUSED: &str = "la structure a refusé le contrôle";
/// Name of the committee.
pub const COMMITTEE: &str = "commission d’agrément";
/// Subject of a comment.
pub const COMMENT: &str = "Observation";
/// Comment of a criterion without score.
pub const NOT_SCORED: &str = "Non noté : la structure a refusé le contrôle.";
/// Party of a convention.
pub const FOR_CERTIFIER: &str = "Pour l’organisme certificateur";
/// Party of a convention.
pub const FOR_STRUCTURE: &str = "Pour la structure";
/// How a convention is signed.
pub const SIGNED_ONLINE: &str = "Signature en ligne, compte authentifié";
/// Text of a grant without words.
pub const GRANTED: &str = "L’agrément est accordé.";
/// Text of a refusal.
pub const REFUSED: &str = "L’agrément est refusé, pour les motifs qui suivent.";
/// Text of an adjournment.
pub const ADJOURNED: &str = "La décision est reportée : des éléments manquent pour se prononcer.";
/// Text of an appeal that fails.
pub const UPHELD: &str = "Le recours est rejeté. Le refus d’agrément est confirmé.";
/// Text of an appeal that succeeds.
pub const OVERTURNED: &str =
    "Le recours est accueilli. Le refus d’agrément est annulé et la demande revient devant la commission.";

/// Start of the name of a letter of decision that is read before the decision.
pub const PREVIEW: &str = "apercu-decision";

/// Objects of letters.
pub mod object {
    /// Of a closing.
    pub const CLOSING: &str = "classement sans suite de votre demande d’agrément";
    /// Of a decision.
    pub const DECISION: &str = "votre demande d’agrément, décision";
    /// Of a waived visit.
    pub const WAIVER: &str = "votre demande d’agrément, dispense de visite";
    /// Of an answer to an appeal.
    pub const APPEAL: &str = "réponse à votre recours";
    /// Of the end of reserves.
    pub const LIFTED: &str = "levée des réserves de votre agrément";
    /// Of a notice.
    pub const NOTICE: &str = "mise en demeure";
    /// Of a suspension.
    pub const SUSPENDED: &str = "suspension de votre agrément";
    /// Of a reinstatement.
    pub const REINSTATED: &str = "rétablissement de votre agrément";
    /// Of a withdrawal.
    pub const WITHDRAWN: &str = "retrait de votre agrément";
}

/// Names of references of letters.
pub mod reference {
    /// The request.
    pub const FILE: &str = "Dossier";
    /// The appeal.
    pub const APPEAL: &str = "Recours";
    /// The decision contested.
    pub const CONTESTED: &str = "Décision contestée";
    /// The agreement.
    pub const AGREEMENT: &str = "Agrément";
    /// The decision.
    pub const DECISION: &str = "Décision";
}

/// The French title of a document.
#[must_use]
pub fn title(document: &str) -> &'static str {
    texts().titles.get(document).map_or(UNKNOWN, String::as_str)
}

/// The title of a document, then what tells it from the others of its kind.
#[must_use]
pub fn distinct_title(document: &str, mark: Option<&str>) -> String {
    let title = title(document);
    mark.map_or_else(|| title.to_owned(), |mark| format!("{title}, {mark}"))
}

/// Which deposit of a file.
#[must_use]
pub fn deposit(version: i32) -> String {
    format!("version {version} du dossier")
}

/// Quality of a member of the team, from the role in use.
#[must_use]
pub fn team(role: &str) -> &'static str {
    if role == "manager" { MANAGER } else { OFFICER }
}

/// For which visit.
#[must_use]
pub fn visit_of(day: &str) -> String {
    format!("visite du {day}")
}

/// When an answer came.
#[must_use]
pub fn received_at(instant: &str) -> String {
    format!("reçues le {instant}")
}

/// When an agenda was drawn up.
#[must_use]
pub fn drawn_up_at(at: OffsetDateTime) -> String {
    format!("arrêté le {}", in_paris(at))
}

/// "13 pièces acceptées".
#[must_use]
pub fn pieces_accepted(count: usize) -> String {
    plural(count, "pièce acceptée", "pièces acceptées")
}

/// When a structure answered its provisional report.
#[must_use]
pub fn answered_on(day: &str) -> String {
    format!("reçue le {day}")
}

/// An earlier decision and its day.
#[must_use]
pub fn decided_on(outcome: &str, day: &str) -> String {
    format!("{outcome} le {day}")
}

/// Which visit of a file a document is about, from the second one on.
#[must_use]
pub fn visit_mark(number: i32) -> Option<String> {
    (number > 1).then(|| format!("visite n°\u{a0}{number}"))
}

/// Whether a convention bears its two signatures.
#[must_use]
pub fn signature(signed: bool) -> String {
    let word = if signed { "signée" } else { "à signer" };
    word.to_owned()
}

/// What a certificate says of the reserves of its agreement, when it was granted with some.
#[must_use]
pub fn reserves_mark(reserves: usize, open: bool) -> Option<String> {
    let words = if open { "sous réserve" } else { "réserves levées" };
    (reserves > 0).then(|| words.to_owned())
}

/// A date whose day and month stay on one line.
#[must_use]
pub fn held(date: Date) -> String {
    french::date(date).replacen(' ', "\u{a0}", 1)
}

/// A text, or the words that say that nobody entered it.
#[must_use]
pub fn or_unknown(text: &str) -> &str {
    if text.trim().is_empty() { UNKNOWN } else { text }
}

/// "Première demande d’agrément".
#[must_use]
pub const fn kind(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::First => "Première demande d’agrément",
        RequestKind::Renewal => "Renouvellement d’agrément",
    }
}

/// The services, as infinitives.
#[must_use]
pub fn roles(role: AgreementRole) -> Vec<&'static str> {
    const TRAIN: &str = "former";
    const ORGANISE: &str = "organiser l’évaluation";
    match role {
        AgreementRole::Train => vec![TRAIN],
        AgreementRole::Organise => vec![ORGANISE],
        AgreementRole::TrainAndOrganise => vec![TRAIN, ORGANISE],
    }
}

/// The national register, in full.
#[must_use]
pub const fn register(register: Register) -> &'static str {
    match register {
        Register::None => UNKNOWN,
        Register::Rs => "Répertoire spécifique",
        Register::Rncp => "Répertoire national des certifications professionnelles",
    }
}

/// How a visit is made, inside a sentence.
#[must_use]
pub const fn mode(mode: Option<VisitMode>) -> &'static str {
    match mode {
        Some(VisitMode::OnSite) => "sur place",
        Some(VisitMode::Video) => "en visioconférence",
        Some(VisitMode::Documents) => "sur pièces",
        None => UNKNOWN,
    }
}

/// Letters of a score in the grid.
#[must_use]
pub const fn score(score: Score) -> &'static str {
    match score {
        Score::Conforming => "C",
        Score::Minor => "NCm",
        Score::Major => "NCM",
        Score::NotApplicable => "SO",
    }
}

/// The conclusion of a grid.
#[must_use]
pub const fn rating(rating: Rating) -> &'static str {
    match rating {
        Rating::Conforming => "Conforme",
        Rating::UnderReserve => "Conforme sous réserve, avec plan d’actions",
        Rating::Unfavourable => "Défavorable",
    }
}

/// What a grid holds, in a sentence.
#[must_use]
pub fn summary(tally: Tally) -> String {
    format!(
        "La grille compte {}, {}, {} et {} sans objet.",
        plural(tally.conforming, "critère conforme", "critères conformes"),
        plural(tally.minor, "non-conformité mineure", "non-conformités mineures"),
        plural(tally.major, "non-conformité majeure", "non-conformités majeures"),
        plural(tally.not_applicable, "critère", "critères"),
    )
}

fn plural(count: usize, one: &str, many: &str) -> String {
    french::plural(i64::try_from(count).unwrap_or_default(), one, many)
}

/// "15 jours à compter de l’envoi".
#[must_use]
pub fn days_from_sending(count: u16) -> String {
    format!("{} à compter de l’envoi", days(count))
}

/// When a provisional report is due while the date of the visit is not known.
#[must_use]
pub fn report_due(count: u16) -> String {
    format!("{count}e jour après la visite (rapport provisoire)")
}

/// The same, once the date is known.
#[must_use]
pub fn report_due_on(day: &str) -> String {
    format!("{day} (rapport provisoire)")
}

/// "Établi dans Parchemin, le lundi 3 mars 2025 à 9 h, heure de Paris".
#[must_use]
pub fn signed(at: OffsetDateTime) -> String {
    format!("Établi dans Parchemin, le {}", in_paris(at))
}

/// An instant in Paris, named.
#[must_use]
pub fn in_paris(at: OffsetDateTime) -> String {
    format!("{}, heure de Paris", wording::instant(at, PARIS))
}

/// Day, hour, zone and hour of Paris of a visit.
#[must_use]
pub fn visit_schedule(at: OffsetDateTime, zone: &str) -> (String, String, String, Option<String>) {
    let here = local(at, zone).ok();
    let paris = local(at, PARIS).ok();
    let on = here.map_or_else(|| UNKNOWN.to_owned(), |here| french::long_date(here.date()));
    let hours = here.map_or_else(
        || UNKNOWN.to_owned(),
        |here| format!("à partir de {}", french::time_of_day(here.time())),
    );
    let place = zone_place(zone).unwrap_or(zone);
    let differs = paris.filter(|paris| Some(*paris) != here);
    let at_paris = differs.map(french::date_time);
    (on, hours, french::hour_of(place), at_paris)
}

/// Object of a mission.
#[must_use]
pub fn mission_object(structure: &str) -> String {
    format!("Contrôle d’agrément : {structure}")
}

/// What was checked of the independence of the contrôleur.
#[must_use]
pub fn independence(on: &str, override_reason: Option<&str>) -> String {
    match override_reason {
        None => format!(
            "Vos liens connus avec cette structure ont été examinés le {on} : aucun n’empêche la mission."
        ),
        Some(reason) => format!(
            "Vos liens connus avec cette structure ont été examinés le {on}. La mission vous est confiée pour la raison suivante : {reason}"
        ),
    }
}

/// The file in the bag of the contrôleur.
#[must_use]
pub fn file_version(version: i32) -> String {
    format!("Dossier de demande complet, version {version}")
}

/// "À l’attention de Maud", "À l’attention d’Anaïs".
#[must_use]
pub fn attention(name: &str, title: &str) -> String {
    french::name_and_quality(&format!("À l’attention {}", of(or_unknown(name))), or_unknown(title))
}

/// "de Maud", "d’Anaïs".
fn of(name: &str) -> String {
    let first = crate::rules::fold::fold(name).chars().next();
    match first {
        Some('a' | 'e' | 'i' | 'o' | 'u') => format!("d’{name}"),
        _ => format!("de {name}"),
    }
}

/// "oui", "non".
#[must_use]
pub const fn yes_no(yes: bool) -> &'static str {
    if yes { "oui" } else { "non" }
}

/// A reserve as a condition of the certificate.
#[must_use]
pub fn reserve(text: &str, due: &str) -> String {
    format!("Réserve à lever au plus tard le {due} : {text}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn the_day_of_a_period_stays_with_its_month() {
        assert_eq!(held(date!(2029 - 11 - 30)), "30\u{a0}novembre 2029");
        assert_eq!(held(date!(2026 - 12 - 01)), "1er\u{a0}décembre 2026");
    }

    #[test]
    fn documents_of_one_kind_are_told_apart_by_their_title() {
        let convention = |signed| distinct_title("agreement-convention", Some(&signature(signed)));
        assert_eq!(convention(false), "Convention d’agrément, à signer");
        assert_eq!(convention(true), "Convention d’agrément, signée");
        let receipt = distinct_title("deposit-receipt", Some(&deposit(2)));
        assert_eq!(receipt, "Récépissé de dépôt, version 2 du dossier");
        let report = |number| distinct_title("inspection-report.final", visit_mark(number).as_deref());
        assert_ne!(report(1), report(2));
        assert!(report(2).ends_with(", visite n°\u{a0}2"), "{}", report(2));
        let certificate =
            |count, open| distinct_title("agreement-certificate", reserves_mark(count, open).as_deref());
        assert_eq!(certificate(0, false), "Certificat d’agrément");
        assert_eq!(certificate(1, true), "Certificat d’agrément, sous réserve");
        assert_eq!(certificate(1, false), "Certificat d’agrément, réserves levées");
    }

    #[test]
    fn a_name_that_begins_with_a_vowel_is_elided() {
        assert_eq!(attention("Anaïs Ferrigny", "directrice"), "À l’attention d’Anaïs Ferrigny, directrice");
        assert_eq!(attention("Émile Ferrigny", "directeur"), "À l’attention d’Émile Ferrigny, directeur");
        assert_eq!(attention("Maud Ferrigny", "directrice"), "À l’attention de Maud Ferrigny, directrice");
    }

    #[test]
    fn a_visit_far_away_says_both_hours() {
        let (on, hours, zone, paris) = visit_schedule(datetime!(2025-11-04 06:00 UTC), "Indian/Mayotte");
        assert_eq!((on.as_str(), zone.as_str()), ("mardi 4 novembre 2025", "heure de Mayotte"));
        assert!(hours.contains('9') && paris.is_some());
        assert_eq!(visit_schedule(datetime!(2025-11-04 09:00 UTC), "Europe/Paris").3, None);
    }
}
