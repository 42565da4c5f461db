//! Dates and places as the mails and the documents of the agreement desk write them.

use entity::site;
use time::{Date, OffsetDateTime};

use crate::render::french;
use crate::rules::deadline;

/// "lundi 3 mars 2025 à 23 h 59, heure de Cayenne".
#[must_use]
pub fn instant(instant: OffsetDateTime, zone: &str) -> String {
    let day = deadline::date_in_zone(instant, zone).unwrap_or(instant.date());
    format!("{} à {}", french::long_date(day), french::local_and_paris(instant, zone))
}

/// "3 mars 2025", in a zone.
#[must_use]
pub fn day(instant: OffsetDateTime, zone: &str) -> String {
    french::date(deadline::date_in_zone(instant, zone).unwrap_or(instant.date()))
}

/// "mardi 18 mars 2025".
#[must_use]
pub fn long(date: Date) -> String {
    french::long_date(date)
}

/// "Site de l’Anse, 97300 Cayenne", one per site.
#[must_use]
pub fn sites(sites: &[site::Model]) -> Vec<String> {
    sites.iter().map(|site| format!("{}, {} {}", site.label, site.postal_code, site.commune)).collect()
}

/// The paragraphs of a text, one item each.
#[must_use]
pub fn items(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
