//! Faults of the forms of sessions.

use entity::availability_day::HalfDay;

use crate::render::french;

/// Fault of a form.
pub const UNKNOWN_STRUCTURE: &str = "Choisissez une structure enregistrée";
/// Fault of a form.
pub const UNKNOWN_SITE: &str = "Ce site n’est pas de cette structure, ou il est fermé";
/// Fault of a form.
pub const UNKNOWN_VERSION: &str = "Choisissez une certification";
/// Fault of a form.
pub const UNKNOWN_CANDIDATE: &str = "Cette personne n’est pas inscrite pour cette certification";
/// Fault of a form.
pub const NOT_ADMITTED: &str = "Cette personne n’est pas admise à se présenter";
/// Fault of a form.
pub const NOBODY_LEFT: &str = "Un jury confirmé garde au moins un candidat";
/// Fault of a form.
pub const REASON_WANTED: &str = "Indiquez le motif";
/// Fault of a form.
pub const NO_SITE: &str = "Cette structure n’a pas de site où tenir le jury";
/// Fault of a form.
pub const REMOTE_NOT_ALLOWED: &str = "Le référentiel ne permet pas de tenir ce jury à distance";
/// Fault of a form.
pub const IN_THE_PAST: &str = "Choisissez une date à venir";

/// Said of a candidate who is expected elsewhere.
#[must_use]
pub fn expected_elsewhere(number: &str) -> String {
    format!("Cette personne passe déjà devant le jury {number}")
}

/// Said of too many candidates.
#[must_use]
pub fn too_many(most: usize) -> String {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    format!("Ce créneau accueille {} au plus", french::plural(most, "candidat", "candidats"))
}

/// Said of a room that is taken.
#[must_use]
pub fn room_taken(room: &str, day: &str, half: HalfDay, with: Option<&str>) -> String {
    let by = with.map_or_else(|| "par un autre jury".to_owned(), |number| format!("par le jury {number}"));
    format!("«\u{202f}{room}\u{202f}» est déjà prise {by}, le {day}, {}.", super::half(half).to_lowercase())
}
