//! Dates and hours as the documents and the pages of minutes write them, from the frozen content.

use time::Time;

use super::content::Content;
use crate::features::agreements::documents::wording::or_unknown;
use crate::render::french;
use crate::rules::civil_status::BirthDate;
use crate::rules::territory::{PARIS, zone_place};
use crate::rules::typed_date;

/// A stored day, in French.
#[must_use]
pub fn day(iso: &str) -> String {
    typed_date::parse(iso).map_or_else(|| iso.to_owned(), french::date)
}

/// « mardi 14 avril 2026, de 9 h à 12 h 30, heure de Cayenne ».
#[must_use]
pub fn when(content: &Content) -> String {
    let session = &content.session;
    let long = typed_date::parse(&session.day).map_or_else(|| session.day.clone(), french::long_date);
    let place = if session.zone == PARIS {
        String::new()
    } else {
        format!(", heure de {}", zone_place(&session.zone).unwrap_or(&session.zone))
    };
    format!("{long}, de {} à {}{place}", hour(&session.starts), hour(&session.ends))
}

/// A stored hour, in French.
#[must_use]
pub fn hour(stored: &str) -> String {
    let read = || {
        let (hour, minute) = stored.split_once(':')?;
        Time::from_hms(hour.parse().ok()?, minute.parse().ok()?, 0).ok()
    };
    read().map_or_else(|| stored.to_owned(), french::time_of_day)
}

/// A date of birth, as a document states it.
#[must_use]
pub fn birth(stored: &str) -> String {
    BirthDate::parse(stored).map_or_else(|_| or_unknown(stored).to_owned(), BirthDate::written)
}
