//! The `VTIMEZONE` of a place: its offset and, where clocks change, the rule by which they do.

use jiff::civil::Weekday;
use jiff::tz::{Dst, TimeZone, TimeZoneTransition};
use jiff::{SignedDuration, Timestamp, Zoned};
use time::OffsetDateTime;

use super::lines::Lines;

/// Years over which a rule must hold to be written as a yearly rule.
const YEARS: usize = 6;

/// One change of clocks and how it comes back.
struct Change {
    at: Timestamp,
    daylight: bool,
    from_seconds: i32,
    to_seconds: i32,
    /// Wall clock at the change, before it.
    onset: jiff::civil::DateTime,
}

/// The component of a zone around an instant; none when the zone is unknown.
pub(super) fn component(name: &str, around: OffsetDateTime) -> Option<Lines> {
    let zone = TimeZone::get(name).ok()?;
    let at = Timestamp::from_second(around.unix_timestamp()).ok()?;
    let mut lines = Lines::default();
    lines.raw("BEGIN", "VTIMEZONE");
    lines.raw("TZID", name);
    let year = SignedDuration::from_hours(24 * 366);
    let sides = changes(&zone, at.checked_sub(year).ok()?);
    if !sides.iter().flatten().any(|change| change.at <= at) {
        fixed(&mut lines, &zone, at);
    }
    for changes in &sides {
        observances(&mut lines, changes);
    }
    lines.raw("END", "VTIMEZONE");
    Some(lines)
}

/// The changes after an instant over [`YEARS`] years: to standard time, then to summer time.
fn changes(zone: &TimeZone, after: Timestamp) -> [Vec<Change>; 2] {
    let mut sides = [Vec::new(), Vec::new()];
    for transition in zone.following(after).take(2 * YEARS) {
        if let Some(change) = change(zone, &transition) {
            sides[usize::from(change.daylight)].push(change);
        }
    }
    sides
}

fn change(zone: &TimeZone, transition: &TimeZoneTransition<'_>) -> Option<Change> {
    let at = transition.timestamp();
    let before = zone.to_offset(at.checked_sub(SignedDuration::from_secs(1)).ok()?);
    let onset = Zoned::new(at, TimeZone::fixed(before)).datetime();
    let daylight = transition.dst() == Dst::Yes;
    Some(Change {
        at,
        daylight,
        from_seconds: before.seconds(),
        to_seconds: transition.offset().seconds(),
        onset,
    })
}

/// A zone whose clocks do not change.
fn fixed(lines: &mut Lines, zone: &TimeZone, at: Timestamp) {
    let seconds = zone.to_offset(at).seconds();
    lines.raw("BEGIN", "STANDARD");
    lines.raw("DTSTART", "19700101T000000");
    lines.raw("TZOFFSETFROM", &offset(seconds));
    lines.raw("TZOFFSETTO", &offset(seconds));
    lines.raw("END", "STANDARD");
}

/// One observance with its yearly rule or, when the changes follow none, one observance for each of them.
fn observances(lines: &mut Lines, changes: &[Change]) {
    let Some(first) = changes.first() else { return };
    match yearly_rule(changes) {
        Some(rule) => observance(lines, first, Some(&rule)),
        None => changes.iter().for_each(|change| observance(lines, change, None)),
    }
}

fn observance(lines: &mut Lines, change: &Change, rule: Option<&str>) {
    let name = if change.daylight { "DAYLIGHT" } else { "STANDARD" };
    lines.raw("BEGIN", name);
    lines.raw("DTSTART", &change.onset.strftime("%Y%m%dT%H%M%S").to_string());
    if let Some(rule) = rule {
        lines.raw("RRULE", rule);
    }
    lines.raw("TZOFFSETFROM", &offset(change.from_seconds));
    lines.raw("TZOFFSETTO", &offset(change.to_seconds));
    lines.raw("END", name);
}

/// "The last Sunday of March", "the second Sunday of March": the rule that every change follows, if there is one.
fn yearly_rule(changes: &[Change]) -> Option<String> {
    let first = changes.first()?;
    let same = |change: &Change| {
        (change.from_seconds, change.to_seconds) == (first.from_seconds, first.to_seconds)
            && change.onset.month() == first.onset.month()
            && change.onset.weekday() == first.onset.weekday()
            && change.onset.time() == first.onset.time()
    };
    let every_year = changes.windows(2).all(|pair| pair[0].onset.year() + 1 == pair[1].onset.year());
    if changes.len() < YEARS - 1 || !every_year || !changes.iter().all(same) {
        return None;
    }
    let last = |change: &Change| change.onset.day() + 7 > change.onset.days_in_month();
    let rank = |change: &Change| (change.onset.day() - 1) / 7 + 1;
    let rank = match () {
        () if changes.iter().all(last) => -1,
        () if changes.iter().all(|change| rank(change) == rank(first)) => rank(first),
        () => return None,
    };
    let day = day_code(first.onset.weekday());
    Some(format!("FREQ=YEARLY;BYMONTH={};BYDAY={rank}{day}", first.onset.month()))
}

fn day_code(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

/// `+0100`, `-0930`.
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}
