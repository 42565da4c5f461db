//! Words of the mission of an inspection.

use entity::inspection;

use super::trigger;

/// Why the mission follows the date told to the structure.
pub const DATE_TOLD: &str = "Date convenue avec la structure";
/// Why the mission that nobody has is closed.
pub const GIVEN_ANEW: &str = "Le contrôle est proposé à nouveau";
/// Somebody has it, or was asked.
pub const ASKED_ALREADY: &str =
    "Une mission est déjà proposée pour ce contrôle\u{202f}: attendez la réponse, ou retirez-la d’abord.";

/// What the mission is called.
#[must_use]
pub fn title(certification: &str, structure: &str) -> String {
    format!("Contrôle d’agrément {certification}, {structure}")
}

/// What whoever makes it must know.
#[must_use]
pub fn instructions(row: &inspection::Model) -> String {
    let what = trigger(row.origin);
    let quiet = if super::super::state::is_unannounced(row.origin) {
        "\nLa structure n’est pas prévenue\u{202f}: n’en parlez à personne."
    } else {
        ""
    };
    format!("{what} {}\u{202f}: {}{quiet}", row.number, row.reason)
}

/// The mission that is open.
#[must_use]
pub fn open(number: &str) -> String {
    format!("Mission {number}")
}
