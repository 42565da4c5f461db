//! The terms of the facts of a file, on its page and in the mails, and what stands beside them.

use time::Date;

use crate::rules::calendar::written;

/// Term of the margin.
pub const PLACE: &str = "Département";
/// Term of the margin.
pub const PHONE: &str = "Téléphone";
/// Term of the margin.
pub const EMAIL: &str = "Courriel";
/// Term of the margin.
pub const SITUATION: &str = "Statut";
/// Label of a line of a mail or of the page.
pub const REASON: &str = "Motif";
/// The same.
pub const SENIOR: &str = "Accompagnement";
/// The same.
pub const PLAN: &str = "Plan d’action";
/// The same.
pub const VIGILANCE: &str = "Attestation de vigilance";
/// Term.
pub const CHARTER: &str = "Charte d’impartialité";
/// The same.
pub const CHARTER_TO_SIGN: &str = "à signer dans votre espace";
/// The same.
pub const JURY_ON: &str = "Jury le";
/// The same.
pub const JURY_PLACE: &str = "Lieu";
/// The same.
pub const ANSWER: &str = "Observations";
/// The same.
pub const ANSWER_UNTIL: &str = "Réponse possible jusqu’au";
/// The same.
pub const PERIOD: &str = "Période";
/// The same.
pub const CONDITIONS: &str = "Conditions";
/// The same.
pub const TO_REDO: &str = "À refaire";
/// The same.
pub const FROM: &str = "À compter du";
/// The same.
pub const LAST_DAY: &str = "Dernier jour";
/// The same.
pub const DOCUMENTS: &str = "Documents";
/// The same.
pub const TERRITORIES: &str = "Secteur";
/// The same.
pub const LANGUAGES: &str = "Langues";
/// The same.
pub const DECLARATION: &str = "Déclaration d’intérêts";
/// The same.
pub const APPLIED_ON: &str = "Candidature";
/// The same.
pub const JURY: &str = "Jury";
/// Nothing declared.
pub const NOT_DECLARED: &str = "à faire";
/// Nothing signed.
pub const NOT_SIGNED: &str = "non signée";

/// Documents of a file, in a mail: they are typeset just after it.
#[must_use]
pub fn in_the_file(titles: &[&str]) -> String {
    format!("{}, dans votre dossier", titles.join("\u{202f}; "))
}

/// « jusqu’à 150 km ».
#[must_use]
pub fn travel(kilometres: i32) -> String {
    format!("jusqu’à {kilometres}\u{202f}km")
}

/// « valable jusqu’au 5 octobre 2026 ».
#[must_use]
pub fn good_until(day: Date) -> String {
    format!("valable jusqu’au {}", written(day))
}

/// « valable jusqu’au 5 octobre 2026 », or since when it is no more.
#[must_use]
pub fn good_or_ended(until: Date, today: Date) -> String {
    if until < today { format!("terminée depuis le {}", written(until)) } else { good_until(until) }
}

/// « faite le 6 octobre 2025 ».
#[must_use]
pub fn signed_on(day: Date) -> String {
    format!("signée le {}", written(day))
}
