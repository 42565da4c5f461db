//! French words of certifications.

use entity::registration::Register;
use time::Date;

use super::dated::Dated;
use super::queries::referential::Consequences;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french::{THIN, list, plural};
use crate::rules::calendar::written;

/// Two versions of one name.
pub const SAME_LABEL: &str = "Une autre version de cette certification porte déjà ce nom";

/// Two certifications of one code.
pub const SAME_CODE: &str = "Une autre certification porte déjà ce code";
/// Two certifications of one title.
pub const SAME_TITLE: &str = "Une autre certification porte déjà cet intitulé court";
/// Title of the page that records a certification.
pub const NEW_CERTIFICATION: &str = "Enregistrer une certification";
/// Title of the page that adds a version.
pub const NEW_VERSION: &str = "Ajouter une version";
/// Above the faults of something new.
pub const NOTHING_RECORDED: &str = "Rien n’est encore enregistré";

/// Said once a certification is recorded.
#[must_use]
pub fn created() -> Flash {
    Flash::done(
        "Certification enregistrée.",
        "Complétez l’enregistrement et l’organisme certificateur de sa première version.",
    )
}

/// Said once a version is added.
#[must_use]
pub fn added() -> Flash {
    Flash::done("Version ajoutée.", "Complétez son enregistrement et son organisme certificateur.")
}

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

/// Why structures do not yet choose a version; empty when they do.
#[must_use]
pub fn not_offered(has_entry: bool, has_certifier: bool) -> String {
    let asked = [(has_entry, "le répertoire"), (has_certifier, "l’organisme certificateur")];
    let lacking: Vec<&str> = asked.into_iter().filter(|(there, _)| !there).map(|(_, name)| name).collect();
    if lacking.is_empty() {
        return String::new();
    }
    format!("N’est pas encore proposée aux structures{THIN}: {} à compléter.", list(&lacking))
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

/// The question before a version in use changes.
pub const CHANGE_VERSION: &str = "Modifier cette version\u{202f}?";
/// The button that changes it.
pub const CHANGE_ACT: &str = "Enregistrer la version";
/// The way back.
pub const KEEP_VERSION: &str = "Garder la version";

/// What the question is about.
#[must_use]
pub fn about_version(certification: &str, label: &str) -> String {
    format!("{certification}, version {label}. À l’enregistrement{THIN}:")
}

/// What stands on a version, each as the end of a sentence that a colon begins.
#[must_use]
pub fn consequences(found: &Consequences) -> Vec<String> {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let mut lines = Vec::new();
    if found.open_today {
        lines.push(format!("la version est ouverte aux inscriptions aujourd’hui{THIN};"));
    }
    for (number, one, many) in [
        (
            found.drafts,
            "demande d’agrément en brouillon porte sur elle",
            "demandes d’agrément en brouillon portent sur elle",
        ),
        (
            found.requests,
            "demande d’agrément est en cours d’examen",
            "demandes d’agrément sont en cours d’examen",
        ),
        (found.agreements, "agrément n’est pas terminé", "agréments ne sont pas terminés"),
    ] {
        if number > 0 {
            lines.push(format!("{}{THIN};", plural(count(number), one, many)));
        }
    }
    lines
}

/// What changes in a version.
#[must_use]
pub fn changes(
    before: &entity::certification_version::Model,
    after: &entity::certification_version::Model,
) -> Vec<String> {
    let day = |day: Option<Date>| day.map_or_else(|| "sans date".to_owned(), written);
    let mut lines = Vec::new();
    for (name, old, new) in [
        ("le nom", before.label.clone(), after.label.clone()),
        ("l’intitulé", before.title.clone(), after.title.clone()),
        ("le premier jour d’inscription", written(before.valid_from), written(after.valid_from)),
        ("le dernier jour d’inscription", day(before.valid_until), day(after.valid_until)),
        ("le dernier jour de délivrance", day(before.last_delivery_on), day(after.last_delivery_on)),
    ] {
        if old != new {
            lines.push(format!("{name} passe de «{THIN}{old}{THIN}» à «{THIN}{new}{THIN}»{THIN};"));
        }
    }
    lines
}
