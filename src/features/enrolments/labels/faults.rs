//! Faults of the forms of enrolments.

/// Fault of a form.
pub const CAUSE_WANTED: &str = "Choisissez un motif";
/// Fault of a form.
pub const REASON_WANTED: &str = "Précisez le motif";
/// Fault of a form.
pub const PREREQUISITES_WANTED: &str = "Indiquez si les prérequis sont remplis";
/// Fault of a form.
pub const POSITIONING_WANTED: &str = "Indiquez comment la personne a été positionnée";
/// Fault of a form.
pub const FILLED_BY_WANTED: &str = "Indiquez qui a exprimé le besoin";
/// Fault of a form.
pub const EXPECTATIONS_WANTED: &str = "Indiquez ce que la personne attend de la formation";
/// Fault of a form.
pub const RESULT_WANTED: &str = "Indiquez le résultat du positionnement";
/// Fault of a form.
pub const AFTER_TODAY: &str = "Cette date est à venir";
/// Fault of a form.
pub const STATUS_WANTED: &str = "Choisissez le statut de la personne";
/// Fault of a form.
pub const MEASURE_WANTED: &str = "Indiquez ce qui est mis en place";
/// Fault of a form.
pub const CONSENT_WANTED: &str = "Indiquez quand la personne a donné son accord";
/// Fault of a form.
pub const SESSION_WANTED: &str = "Choisissez une session ouverte";
/// Fault of a form.
pub const SAME_SESSION: &str =
    "La personne est déjà inscrite à cette session\u{202f}: choisissez-en une autre";
/// Fault of a form.
pub const TOO_MANY: &str = "Trop de personnes à la fois\u{202f}: inscrivez-les en plusieurs fois";
/// Fault of a form.
pub const ANOTHER_SIRET: &str = "Indiquez le SIRET d’un établissement de votre structure";
/// What a contract waits for.
pub const PREREQUISITES_NOT_MET: &str = "Les prérequis de la formation ne sont pas remplis";
/// What a payment waits for.
pub const NO_CONTRACT: &str = "Le contrat n’est pas signé\u{202f}: rien ne peut être encaissé";
