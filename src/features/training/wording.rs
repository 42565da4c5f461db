//! Dates, places and sentences as the mails, the calendars and the pages of sessions write them.

use entity::{training_session, training_slot};
use time::OffsetDateTime;

use super::input::TypedSession;
use super::labels;
use super::load::{Slot, Whole};
use crate::events::{Invitation, InvitationMethod};
use crate::render::french;
use crate::rules::deadline;
use crate::rules::fold::searchable;
use crate::rules::money::exact;
use crate::rules::territory::{PARIS, zone_place};
use crate::rules::typed_date::iso;

/// UID of a session in the calendar of somebody, the same for its whole life.
#[must_use]
pub fn uid(session: &training_session::Model) -> String {
    format!("session-{}@parchemin", session.id)
}

/// « du 3 au 5 mars 2026 »; what is said while there is no date.
#[must_use]
pub fn dates(session: &training_session::Model) -> String {
    match (session.starts_on, session.ends_on) {
        (Some(from), Some(until)) => french::date_range(from, until),
        _ => labels::NO_DATE.to_owned(),
    }
}

/// The place on one line; a session at a distance says so.
#[must_use]
pub fn place(session: &training_session::Model) -> String {
    let parts = [session.place.trim(), session.commune.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { labels::AT_A_DISTANCE.to_owned() } else { parts.join(", ") }
}

/// « mardi 3 mars 2026, de 9 h à 12 h 30 », at the hour of the place, then the clock where it is not that of Paris.
#[must_use]
pub fn half_day(row: &training_slot::Model) -> String {
    let told = format!("{}, {}", french::long_date(row.day), hours(row));
    match hour_of(&row.zone) {
        Some(clock) => format!("{told}, {clock}"),
        None => told,
    }
}

/// « de 9 h à 12 h 30 », at the hour of the place.
#[must_use]
pub fn hours(row: &training_slot::Model) -> String {
    let hour = |at: OffsetDateTime| {
        deadline::local(at, &row.zone).map(|here| french::time_of_day(here.time())).unwrap_or_default()
    };
    labels::from_to(&hour(*row.starts_at), &hour(*row.ends_at))
}

/// « heure de Cayenne », where it is not that of Paris.
#[must_use]
pub fn hour_of(zone: &str) -> Option<String> {
    (zone != PARIS).then(|| french::hour_of(zone_place(zone).unwrap_or(zone)))
}

/// The half-days of a text, as they are typed: `03/03/2026 9:00 - 12:30`.
#[must_use]
pub fn typed_slots(slots: &[Slot]) -> String {
    let line = |slot: &Slot| {
        let row = &slot.row;
        let hour = |at: OffsetDateTime| {
            let here = deadline::local(at, &row.zone).ok();
            here.map(|here| format!("{:02}:{:02}", here.hour(), here.minute())).unwrap_or_default()
        };
        let day = format!("{:02}/{:02}/{}", row.day.day(), u8::from(row.day.month()), row.day.year());
        let remote = if slot.is_on_site() { "" } else { labels::TYPED_REMOTE };
        format!("{day} {} - {}{remote}", hour(*row.starts_at), hour(*row.ends_at))
    };
    slots.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What the calendar of somebody who teaches these half-days is told; none when there are none. The sequence must have
/// grown before.
#[must_use]
pub fn invitation(whole: &Whole, slots: &[&Slot], method: InvitationMethod) -> Option<Invitation> {
    let (first, last) = (slots.first()?, slots.last()?);
    let session = &whole.session;
    let hours: Vec<String> = slots.iter().map(|slot| half_day(&slot.row)).collect();
    Some(Invitation {
        uid: uid(session),
        sequence: u32::try_from(session.sequence).unwrap_or_default(),
        method,
        starts_at: *first.row.starts_at,
        lasts: *last.row.ends_at - *first.row.starts_at,
        zone: session.zone.clone(),
        summary: format!("{} ({})", session.title, session.number),
        location: place(session),
        description: hours.join("\n"),
    })
}

/// The dates of a session, one each half-day, for a calendar that reads them; nobody is named.
#[must_use]
pub fn calendar(whole: &Whole) -> Vec<Invitation> {
    let session = &whole.session;
    let date = |slot: &Slot| Invitation {
        uid: format!("session-slot-{}@parchemin", slot.row.id),
        sequence: u32::try_from(session.sequence).unwrap_or_default(),
        method: InvitationMethod::Request,
        starts_at: *slot.row.starts_at,
        lasts: *slot.row.ends_at - *slot.row.starts_at,
        zone: slot.row.zone.clone(),
        summary: format!("{} ({})", session.title, session.number),
        location: whole.room_of(slot).filter(|_| slot.is_on_site()).map_or_else(
            || place(session),
            |room| format!("{}, {}, {}", room.name, room.address, room.commune),
        ),
        description: slot.row.subject.clone(),
    };
    whole.slots.iter().map(date).collect()
}

/// The words by which a session is found.
#[must_use]
pub fn search(session: &training_session::Model) -> String {
    searchable(&format!("{} {} {} {}", session.number, session.title, session.place, session.commune))
}

/// What a session says, as it would be typed.
#[must_use]
pub fn typed_session(row: &training_session::Model) -> TypedSession {
    let in_room = row.room_id.is_some();
    let typed = |text: &String| if in_room { String::new() } else { text.clone() };
    TypedSession {
        programme: Some(row.programme_id),
        replaces: row.postponed_from_id,
        kind: row.kind.word(),
        delivery: row.delivery.word(),
        structure: row.structure_id,
        modality: row.modality.word(),
        room: row.room_id,
        place: typed(&row.place),
        commune: typed(&row.commune),
        department: typed(&row.department),
        access: row.access.clone(),
        accessibility: row.accessibility.clone(),
        remote_url: row.remote_url.clone(),
        to_bring: row.to_bring.clone(),
        enrol_until: row.enrol_until.map(iso).unwrap_or_default(),
        seats_min: row.seats_min.to_string(),
        seats_max: row.seats_max.to_string(),
        price: row.price_cents.map(exact).unwrap_or_default(),
        price_note: row.price_note.clone(),
        funding_note: row.funding_note.clone(),
        contact: row.contact.clone(),
        eu_funded: row.eu_funded,
        public: row.public,
    }
}
