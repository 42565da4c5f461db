//! Faults of the forms of the day.

use entity::epreuve::Scale;

/// Fault of a form.
pub const YES_OR_NO: &str = "Choisissez validé ou non validé";
/// Fault of a form.
pub const PRESENCE_WANTED: &str = "Indiquez si la personne est présente";
/// Fault of a form.
pub const DOCUMENT_WANTED: &str = "Choisissez le document d’identité présenté";
/// Fault of a form.
pub const DECISION_WANTED: &str = "Choisissez une décision";
/// Fault of a form.
pub const MEMBER_WANTED: &str = "Choisissez le membre qui s’abstient";
/// Fault of a form.
pub const KIND_WANTED: &str = "Choisissez ce qui s’est passé";
/// Fault of a form.
pub const SUSPECT_WANTED: &str = "Choisissez la personne soupçonnée de fraude";
/// Fault of a form.
pub const HOUR_WANTED: &str = "Indiquez une heure, par exemple 9\u{202f}h\u{202f}30";
/// Fault of a form.
pub const NOT_YET: &str = "Cette heure n’est pas encore passée";
/// Fault of a form.
pub const DESCRIPTION_WANTED: &str = "Décrivez ce qui s’est passé";
/// Fault of a form.
pub const UNKNOWN_FIELD: &str = "Cette rubrique n’est pas dans le référentiel du jury";
/// Fault of a form.
pub const MARK_FIRST: &str = "Notez d’abord l’épreuve";
/// Fault of a form.
pub const RULE_FIRST: &str = "Choisissez d’abord validé ou non validé";
/// Fault of a form.
pub const UNKNOWN_MEMBER: &str = "Cette personne n’est pas dans la salle, ou n’a pas voix";
/// Fault of a form.
pub const APART: &str = "Cette personne s’abstient pour ce passage";
/// Fault of a form.
pub const ALREADY_APART: &str = "Cette abstention est déjà notée";
/// Fault of a form.
pub const ALREADY_WITHDRAWN: &str = "Cet incident est déjà retiré";
/// Fault of a form.
pub const DECLARATION_WANTED: &str = "La personne signe d’abord sa déclaration d’impartialité";
/// Fault of a form.
pub const OTHER_SESSION: &str = "Cette saisie appartient à un autre jury";
/// Fault of a form.
pub const STAYS_HERE: &str = "Le jury est ouvert\u{202f}: cette personne reste comptée dans la salle";
/// Said of a change that came after another.
pub const CONFLICT: &str =
    "Une autre valeur a été saisie sur un autre appareil\u{202f}: choisissez celle à garder.";

/// Two values of one field, typed at the same time.
#[must_use]
pub fn two_values(field: &str, known: &str, typed: &str) -> String {
    let shown = |value: &str| {
        let value = value.trim();
        if value.is_empty() { "rien".to_owned() } else { format!("«\u{202f}{value}\u{202f}»") }
    };
    format!("Rubrique {field}\u{202f}: {} enregistré, {} saisi ici.", shown(known), shown(typed))
}

/// Said of a mark outside its scale.
#[must_use]
pub fn off_scale(scale: Scale, highest: i32) -> String {
    match scale {
        Scale::Binary => "Choisissez acquis ou non acquis".to_owned(),
        Scale::FourLevels => "Choisissez un niveau de 1 à 4".to_owned(),
        Scale::Numeric => format!("Indiquez une note entière, de 0 à {highest}"),
    }
}
