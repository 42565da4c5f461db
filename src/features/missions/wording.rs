//! Dates, places and titles as the mails, the calendars and the documents of missions write them.

use entity::mission;
use time::{Date, OffsetDateTime};

use super::dossier::Dossier;
use super::labels;
use crate::render::french;
use crate::rules::deadline;
use crate::rules::fold::fold;

/// UID of the mission in calendars; the visit of a request keeps the one that its own messages use.
#[must_use]
pub fn uid(mission: &mission::Model) -> String {
    match mission.request_id {
        Some(request) => format!("visit-{request}@parchemin"),
        None => format!("mission-{}@parchemin", mission.id),
    }
}

/// Title of the date in calendars.
#[must_use]
pub fn calendar_title(dossier: &Dossier) -> String {
    format!("{} ({})", dossier.mission.title, dossier.mission.number)
}

/// Text of the date in calendars: nothing personal.
#[must_use]
pub fn calendar_text(dossier: &Dossier) -> String {
    let about = [
        dossier.structure.as_ref().map(|structure| structure.name.as_str()),
        dossier.certification.as_ref().map(|one| one.short_title.as_str()),
    ];
    let about: Vec<_> = about.into_iter().flatten().collect();
    let object = labels::object(dossier.mission.object);
    if about.is_empty() { object.to_owned() } else { format!("{object} — {}", about.join(" — ")) }
}

/// "lundi 3 mars 2025 à 23 h 59, heure de Cayenne (4 h 59 le lendemain à Paris)".
#[must_use]
pub fn instant(at: OffsetDateTime, zone: &str) -> String {
    format!("{} à {}", french::long_date(local_date(at, zone)), french::local_and_paris(at, zone))
}

/// "3 mars 2025", in a zone.
#[must_use]
pub fn local_day(at: OffsetDateTime, zone: &str) -> String {
    french::date(local_date(at, zone))
}

fn local_date(at: OffsetDateTime, zone: &str) -> Date {
    deadline::date_in_zone(at, zone).unwrap_or(at.date())
}

/// The first day of the mission, where it takes place.
#[must_use]
pub fn day(mission: &mission::Model) -> String {
    local_day(*mission.starts_at, &mission.zone)
}

/// "mardi 3 mars 2026, de 9 h à 17 h, heure de Cayenne (…)", or from one day to another.
#[must_use]
pub fn when(mission: &mission::Model) -> String {
    labels::when(*mission.starts_at, *mission.ends_at, &mission.zone)
}

/// The words by which a mission is found.
#[must_use]
pub fn search(number: &str, title: &str, place: &str, name: &str) -> String {
    fold(&format!("{number} {title} {place} {name}"))
}

/// The lines of a text that say something.
#[must_use]
pub fn items(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// "mardi 3 mars 2026", or from one day to another.
#[must_use]
pub fn days(mission: &mission::Model) -> String {
    let (from, until) =
        (local_date(*mission.starts_at, &mission.zone), local_date(*mission.ends_at, &mission.zone));
    if from == until { french::long_date(from) } else { french::date_range(from, until) }
}
