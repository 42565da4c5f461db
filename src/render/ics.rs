//! Calendar invitations (RFC 5545 and 5546): local times in the zone of the place, stable UID, growing SEQUENCE.
//!
//! The zone travels with the date as a `VTIMEZONE`, so that no calendar has to know it by name.

mod lines;
mod zone;

use std::collections::BTreeMap;

use lettre::message::Mailbox;
use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use crate::events::{Invitation, InvitationMethod};
use crate::rules::deadline;
use lines::Lines;

/// Date and time without any mark of zone.
const LOCAL: &[BorrowedFormatItem<'_>] = format_description!("[year][month][day]T[hour][minute][second]");
const END_OF_EVENT: &str = "END:VEVENT\r\n";

/// The calendar object of an invitation and its method. The guest is added by [`addressed_to`] when it is sent.
#[must_use]
pub fn object(invitation: &Invitation, now: OffsetDateTime, organizer: &str) -> (String, &'static str) {
    let (method, status) = match invitation.method {
        InvitationMethod::Request => ("REQUEST", "CONFIRMED"),
        InvitationMethod::Cancel => ("CANCEL", "CANCELLED"),
    };
    let ends_at = invitation.starts_at + invitation.lasts;
    let known = zone::component(&invitation.zone, invitation.starts_at);
    let zone = known.as_ref().map(|_| invitation.zone.as_str());
    let mut lines = Lines::default();
    lines.raw("BEGIN", "VCALENDAR");
    lines.raw("VERSION", "2.0");
    lines.raw("PRODID", "-//Parchemin//Parchemin//FR");
    lines.raw("CALSCALE", "GREGORIAN");
    lines.raw("METHOD", method);
    lines.append(&known.unwrap_or_default());
    lines.raw("BEGIN", "VEVENT");
    lines.text("UID", &invitation.uid);
    lines.raw("SEQUENCE", &invitation.sequence.to_string());
    lines.raw("DTSTAMP", &utc(now));
    instant(&mut lines, "DTSTART", invitation.starts_at, zone);
    instant(&mut lines, "DTEND", ends_at, zone);
    lines.raw("STATUS", status);
    lines.raw("TRANSP", "OPAQUE");
    lines.text("SUMMARY", &invitation.summary);
    lines.text("LOCATION", &invitation.location);
    lines.text("DESCRIPTION", &invitation.description);
    organise(&mut lines, organizer);
    lines.raw("END", "VEVENT");
    lines.raw("END", "VCALENDAR");
    (lines.into_text(), method)
}

/// A calendar that other programs read: every date in the zone of its place, under the UID of its messages.
#[must_use]
pub fn feed(name: &str, dates: &[Invitation], now: OffsetDateTime) -> String {
    let mut lines = Lines::default();
    lines.raw("BEGIN", "VCALENDAR");
    lines.raw("VERSION", "2.0");
    lines.raw("PRODID", "-//Parchemin//Parchemin//FR");
    lines.raw("CALSCALE", "GREGORIAN");
    lines.raw("METHOD", "PUBLISH");
    lines.text("X-WR-CALNAME", name);
    lines.raw("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    let mut first: BTreeMap<&str, OffsetDateTime> = BTreeMap::new();
    for date in dates {
        let earliest = first.entry(&date.zone).or_insert(date.starts_at);
        *earliest = date.starts_at.min(*earliest);
    }
    // The rules of a zone go on from its first date.
    let known: BTreeMap<&str, Lines> = first
        .into_iter()
        .filter_map(|(zone, starts_at)| Some((zone, zone::component(zone, starts_at)?)))
        .collect();
    for component in known.values() {
        lines.append(component);
    }
    for date in dates {
        let zone = known.contains_key(date.zone.as_str()).then_some(date.zone.as_str());
        lines.raw("BEGIN", "VEVENT");
        lines.text("UID", &date.uid);
        lines.raw("SEQUENCE", &date.sequence.to_string());
        lines.raw("DTSTAMP", &utc(now));
        instant(&mut lines, "DTSTART", date.starts_at, zone);
        instant(&mut lines, "DTEND", date.starts_at + date.lasts, zone);
        lines.raw("STATUS", "CONFIRMED");
        lines.raw("TRANSP", "OPAQUE");
        lines.text("SUMMARY", &date.summary);
        lines.text("LOCATION", &date.location);
        lines.text("DESCRIPTION", &date.description);
        lines.raw("END", "VEVENT");
    }
    lines.raw("END", "VCALENDAR");
    lines.into_text()
}

/// The same object with its guest: calendars take a date only for the person it names (RFC 5546, 3.2.2).
/// No answer is asked, because nobody would read it.
#[must_use]
pub fn addressed_to(calendar: &str, address: &str) -> String {
    let mut guest = Lines::default();
    let name = "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE";
    guest.raw(name, &format!("mailto:{address}"));
    calendar.replacen(END_OF_EVENT, &format!("{}{END_OF_EVENT}", guest.into_text()), 1)
}

fn organise(lines: &mut Lines, organizer: &str) {
    let Ok(Mailbox { name, email }) = organizer.parse::<Mailbox>() else { return };
    let name = name.map(|name| format!(";CN={}", lines::quoted(&name))).unwrap_or_default();
    lines.raw(&format!("ORGANIZER{name}"), &format!("mailto:{email}"));
}

/// An instant, in the zone of the place when it is known and in UTC otherwise.
fn instant(lines: &mut Lines, name: &str, at: OffsetDateTime, zone: Option<&str>) {
    let local = zone.and_then(|zone| Some((zone, deadline::local(at, zone).ok()?.format(LOCAL).ok()?)));
    match local {
        Some((zone, local)) => lines.raw(&format!("{name};TZID={zone}"), &local),
        None => lines.raw(name, &utc(at)),
    }
}

fn utc(at: OffsetDateTime) -> String {
    let text = at.to_offset(time::UtcOffset::UTC).format(LOCAL).unwrap_or_default();
    format!("{text}Z")
}

#[cfg(test)]
mod tests;
