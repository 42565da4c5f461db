//! French words of certifications.

use entity::registration::Register;
use time::Date;

use super::dated::Dated;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::rules::calendar::written;

/// Two versions of one name.
pub const SAME_LABEL: &str = "Une autre version de cette certification porte déjà ce nom";

/// Dates that an entry already has.
#[must_use]
pub fn overlaps_entry(since: Date) -> String {
    format!("Ces dates recouvrent celles de l’enregistrement du {}", written(since))
}

/// Dates that a body already has.
#[must_use]
pub fn overlaps_certifier(name: &str) -> String {
    format!("Ces dates recouvrent celles de l’organisme «\u{202f}{name}\u{202f}»")
}

/// Dates that somebody else just gave to another.
pub const OVERLAPS_AT_ONCE: &str =
    "Ces dates recouvrent celles qui viennent d’être enregistrées au même instant";

/// The name of a register.
#[must_use]
pub const fn register(register: Register) -> &'static str {
    match register {
        Register::None => "Hors répertoire",
        Register::Rs => "Répertoire spécifique",
        Register::Rncp => "RNCP",
    }
}

/// Whether a version takes people on a day.
#[must_use]
pub fn openness(version: &impl Dated, day: Date) -> Status {
    match () {
        () if version.holds_on(day) => Status::new("Ouverte", "coche", Color::Pre),
        () if version.starts_on() > day => Status::new("À venir", "horloge", Color::Ciel),
        () => Status::new("Fermée aux inscriptions", "cercle", Color::Ardoise),
    }
}

/// « depuis le 1er juillet 2025 », « du … au … ».
#[must_use]
pub fn span(dated: &impl Dated) -> String {
    match dated.ends_on() {
        None => format!("depuis le {}", written(dated.starts_on())),
        Some(end) => format!("du {} au {}", written(dated.starts_on()), written(end)),
    }
}

/// Title of the list.
pub const CERTIFICATIONS: &str = "Certifications";
/// Above the faults.
pub const NOT_RECORDED: &str = "Les changements ne sont pas encore enregistrés";

/// A register and the number there, when there is one.
#[must_use]
pub fn entry(kind: Register, number: Option<&str>) -> String {
    number.map_or_else(|| register(kind).to_owned(), str::to_owned)
}

/// Said once recorded.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done("Changements enregistrés.", "")
}
