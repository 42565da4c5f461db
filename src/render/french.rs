//! Dates, times, numbers and sizes as they are written in French.
//!
//! Numbers and units are joined by a narrow no-break space (U+202F).

use jiff::tz::TimeZone;
use time::{Date, OffsetDateTime, Time};

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const SHORT_MONTHS: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

fn month_index(date: Date) -> usize {
    usize::from(u8::from(date.month())) - 1
}

fn day_number(date: Date) -> String {
    if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() }
}

/// "mardi 16 janvier 2024".
#[must_use]
pub fn long_date(value: Date) -> String {
    let day = DAYS[usize::from(value.weekday().number_days_from_monday())];
    format!("{day} {}", date(value))
}

/// "16 janvier 2024".
#[must_use]
pub fn date(value: Date) -> String {
    format!("{} {} {}", day_number(value), MONTHS[month_index(value)], value.year())
}

/// "16 janv.": for tables, beside a year that is already known.
#[must_use]
pub fn short_date(value: Date) -> String {
    format!("{} {}", day_number(value), SHORT_MONTHS[month_index(value)])
}

/// "9 h 30", or "9 h" on the hour.
#[must_use]
pub fn time_of_day(value: Time) -> String {
    match value.minute() {
        0 => format!("{}\u{202f}h", value.hour()),
        minute => format!("{}\u{202f}h\u{202f}{minute:02}", value.hour()),
    }
}

/// "16 janvier 2024 à 9 h 30", in the zone of the place; in UTC when the zone is unknown.
#[must_use]
pub fn date_time(value: OffsetDateTime, zone: &str) -> String {
    let local = local(value, zone).unwrap_or(value);
    format!("{} à {}", date(local.date()), time_of_day(local.time()))
}

fn local(value: OffsetDateTime, zone: &str) -> Option<OffsetDateTime> {
    let zone = TimeZone::get(zone).ok()?;
    let instant = jiff::Timestamp::from_second(value.unix_timestamp()).ok()?;
    let offset = time::UtcOffset::from_whole_seconds(zone.to_offset(instant).seconds()).ok()?;
    Some(value.to_offset(offset))
}

/// "1 250", thousands apart.
#[must_use]
pub fn integer(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::from(if value < 0 { "\u{2212}" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// "840 ko", "1,4 Mo": decimal units, one digit under ten.
#[must_use]
pub fn file_size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes}\u{202f}octets"),
        1_000..1_000_000 => format!("{}\u{202f}ko", bytes.div_ceil(1_000)),
        _ => format!("{},{}\u{202f}Mo", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
