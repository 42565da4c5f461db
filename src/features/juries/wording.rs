//! Dates, names and sentences as the mails, the calendars and the documents of juries write them.

use entity::{candidate, jury_session, site, structure};
use time::OffsetDateTime;

use super::labels;
use super::load::Whole;
use crate::features::candidates::names;
use crate::render::french;
use crate::rules::deadline;
use crate::rules::fold::fold;
use crate::rules::territory::{PARIS, zone_place};

/// UID of the session in calendars, the same for its whole life.
#[must_use]
pub fn uid(session: &jury_session::Model) -> String {
    format!("jury-{}@parchemin", session.id)
}

/// "Amina Diallo", by the name that the person uses.
#[must_use]
pub fn name(candidate: &candidate::Model) -> String {
    names::in_a_sentence(candidate)
}

/// "mardi 3 mars 2026, de 9 h à 12 h 30, heure de Cayenne (…)"; nothing before it is planned.
#[must_use]
pub fn when(session: &jury_session::Model) -> String {
    let (Some(from), Some(until)) = (session.starts_at, session.ends_at) else { return String::new() };
    let Ok(end) = deadline::local(*until, &session.zone) else { return String::new() };
    let day = french::long_date(day_of(session, *from));
    let hours = french::local_and_paris(*from, &session.zone);
    let (start, rest) = match hours.split_once(',') {
        Some((start, rest)) => (start.to_owned(), format!(",{rest}")),
        None => (hours, String::new()),
    };
    format!("{day}, de {start} à {}{rest}", french::time_of_day(end.time()))
}

/// "9 h à 12 h 30", then "heure de Cayenne (13 h à Paris)" where the clocks differ; nothing before it is planned.
#[must_use]
pub fn hours(session: &jury_session::Model) -> (String, String) {
    let unknown = (String::new(), String::new());
    let (Some(from), Some(until)) = (session.starts_at, session.ends_at) else { return unknown };
    let Ok(end) = deadline::local(*until, &session.zone) else { return unknown };
    let told = french::local_and_paris(*from, &session.zone);
    let (start, clock) = told.split_once(", ").unwrap_or((told.as_str(), ""));
    (format!("{start} à {}", french::time_of_day(end.time())), clock.to_owned())
}

/// "mardi 3 mars 2026 à 9 h, heure de Cayenne (…)".
#[must_use]
pub fn instant(at: OffsetDateTime, zone: &str) -> String {
    let day = deadline::day_in_zone(at, zone);
    format!("{} à {}", french::long_date(day), french::local_and_paris(at, zone))
}

/// "3 mars 2026"; nothing before it is planned.
#[must_use]
pub fn day(session: &jury_session::Model) -> String {
    session.starts_at.map(|at| french::date(day_of(session, *at))).unwrap_or_default()
}

/// "mardi 3 mars 2026"; nothing before it is planned.
#[must_use]
pub fn long_day(session: &jury_session::Model) -> String {
    session.starts_at.map(|at| french::long_date(day_of(session, *at))).unwrap_or_default()
}

fn day_of(session: &jury_session::Model, at: OffsetDateTime) -> time::Date {
    deadline::day_in_zone(at, &session.zone)
}

/// "9 h 30", where the jury is.
#[must_use]
pub fn hour(at: OffsetDateTime, zone: &str) -> String {
    deadline::local(at, zone).map(|local| french::time_of_day(local.time())).unwrap_or_default()
}

/// "heure de Cayenne", where it is not that of Paris.
#[must_use]
pub fn hour_of(zone: &str) -> Option<String> {
    (zone != PARIS).then(|| format!("heure de {}", zone_place(zone).unwrap_or(zone)))
}

/// The place and the room on one line.
#[must_use]
pub fn place(session: &jury_session::Model) -> String {
    if session.room.is_empty() {
        session.place.clone()
    } else {
        format!("{}, {}", session.room, session.place)
    }
}

/// The address of a site, or of a structure.
#[must_use]
pub fn address(structure: &structure::Model, site: Option<&site::Model>) -> String {
    let at = |address: &str, postal_code: &str, commune: &str| format!("{address}, {postal_code} {commune}");
    match site {
        Some(site) => at(&site.address, &site.postal_code, &site.commune),
        None => at(&structure.address, &structure.postal_code, &structure.commune),
    }
}

/// Title of the date in calendars: nothing tells where a detained person is.
#[must_use]
pub fn calendar_title(whole: &Whole) -> String {
    let number = &whole.session.number;
    if whole.is_discreet() {
        return format!("Jury {} ({number})", whole.certification.short_title);
    }
    format!("Jury {}, {} ({number})", whole.certification.short_title, whole.structure.name)
}

/// Text of the date in calendars: nobody is named.
#[must_use]
pub fn calendar_text(whole: &Whole) -> String {
    let count = labels::candidates(whole.passages.len());
    format!("{}. {count}.", labels::mode(whole.session.mode))
}

/// The words by which a session is found.
#[must_use]
pub fn search(number: &str, structure: &str, place: &str, room: &str) -> String {
    fold(&format!("{number} {structure} {place} {room}"))
}
