//! Dates, numbers and sentences as French people read them.
//!
//! Pure: the day, the instant and the zone are arguments. A narrow no-break space (U+202F) stands before
//! `; : ! ? % €`, inside « guillemets » and inside numbers; the words of a date are parted by ordinary spaces.
use crate::rules::calendar::{day_number, month_name, written};
use crate::rules::deadline::{add_months, days_left, local};
use crate::rules::territory::{PARIS, zone_place};
use crate::rules::thousands::grouped;
use std::cmp::Ordering;
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, Weekday};

mod typography;
pub use typography::typographic;

/// The narrow no-break space of French typography.
pub const THIN: char = '\u{202f}';

/// « mardi 16 janvier 2024 ».
#[must_use]
pub fn long_date(date: Date) -> String {
    format!("{} {}", weekday(date.weekday()), written(date))
}

/// « Maud Exemple, coprésidente »: the quality of somebody after their name, where it takes no capital. What is all in
/// capitals, « DRH », stays so.
#[must_use]
pub fn name_and_quality(name: &str, quality: &str) -> String {
    if quality.is_empty() { name.to_owned() } else { format!("{name}, {}", uncapitalised(quality)) }
}

/// A quality inside a sentence: « coprésidente », « DRH ».
#[must_use]
pub fn uncapitalised(quality: &str) -> String {
    let mut letters = quality.chars();
    match letters.next() {
        Some(first) if letters.clone().next().is_none_or(|next| !next.is_uppercase()) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => quality.to_owned(),
    }
}

/// « 16 janvier 2024 ».
#[must_use]
pub fn date(date: Date) -> String {
    written(date)
}

/// « 16 janv. », for tables.
#[must_use]
pub fn short_date(date: Date) -> String {
    let month = match date.month() {
        Month::January => "janv.",
        Month::February => "févr.",
        Month::April => "avr.",
        Month::July => "juil.",
        Month::September => "sept.",
        Month::October => "oct.",
        Month::November => "nov.",
        Month::December => "déc.",
        whole => month_name(whole),
    };
    format!("{} {month}", day_number(date))
}

/// « 16 janv. » around a day, « 16 janv. 2024 » when more than ten months part them.
#[must_use]
pub fn short_date_from(date: Date, today: Date) -> String {
    let near = days_left(date, today).abs() < 300;
    if near { short_date(date) } else { format!("{} {}", short_date(date), date.year()) }
}

/// « du 6 au 7 février 2024 », « du 30 janvier au 2 février 2024 », « le 6 février 2024 ».
#[must_use]
pub fn date_range(from: Date, until: Date) -> String {
    let (day, month) = (day_number(from), month_name(from.month()));
    match (from.year() == until.year(), from.month() == until.month()) {
        _ if from == until => format!("le {}", written(from)),
        (true, true) => format!("du {day} au {}", written(until)),
        (true, false) => format!("du {day} {month} au {}", written(until)),
        _ => format!("du {} au {}", written(from), written(until)),
    }
}

/// « 9 h 30 », « 9 h ».
#[must_use]
pub fn time_of_day(time: Time) -> String {
    match time.minute() {
        0 => format!("{}{THIN}h", time.hour()),
        minute => format!("{}{THIN}h{THIN}{minute:02}", time.hour()),
    }
}

/// « 16 janvier 2024 à 9 h 30 », from a local date and time.
#[must_use]
pub fn date_time(local: PrimitiveDateTime) -> String {
    format!("{} à {}", date(local.date()), time_of_day(local.time()))
}

/// « heure de Mayotte », « heure des Marquises »: the hour of a place, as people name it.
#[must_use]
pub fn hour_of(place: &str) -> String {
    let plural = matches!(place, "Marquises" | "Gambier");
    format!("heure {} {place}", if plural { "des" } else { "de" })
}

/// « 9 h, heure de Mayotte (7 h à Paris) »; only « 9 h » when the clocks agree. When the day differs, it is said:
/// « 9 h, heure de Nouméa (23 h la veille à Paris) ». A zone that does not exist gives the hour of Paris, named.
#[must_use]
pub fn local_and_paris(instant: OffsetDateTime, zone: &str) -> String {
    let Ok(paris) = local(instant, PARIS) else {
        return format!("{}, temps universel", time_of_day(instant.to_offset(time::UtcOffset::UTC).time()));
    };
    let at_paris = time_of_day(paris.time());
    let Ok(here) = local(instant, zone) else { return format!("{at_paris}, heure de Paris") };
    if here == paris {
        return at_paris;
    }
    let day = match paris.date().cmp(&here.date()) {
        Ordering::Less => " la veille",
        Ordering::Equal => "",
        Ordering::Greater => " le lendemain",
    };
    let city = || zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
    let place = zone_place(zone).map_or_else(city, str::to_owned);
    let named = hour_of(&place);
    format!("{}, {named} ({at_paris}{day} à Paris)", time_of_day(here.time()))
}

/// Beyond so many days, a distance is told in months and years.
const DAYS_TOLD: i64 = 90;

/// « aujourd’hui », « demain », « hier », « dans 2 jours », « il y a 3 jours »; in whole months and years beyond ninety
/// days, « dans 2 ans et 4 mois ».
#[must_use]
pub fn relative_days(date: Date, today: Date) -> String {
    match days_left(date, today) {
        0 => "aujourd’hui".into(),
        1 => "demain".into(),
        -1 => "hier".into(),
        far if far > DAYS_TOLD => format!("dans {}", about(today, date)),
        far if far < -DAYS_TOLD => format!("il y a {}", about(date, today)),
        ahead if ahead > 0 => format!("dans {} jours", integer(ahead)),
        past => format!("il y a {} jours", integer(-past)),
    }
}

/// « 3 mois et 17 jours », « 2 ans et 4 mois »: from a day to a later one. Days are left out beyond a year.
#[must_use]
pub fn length(from: Date, to: Date) -> String {
    let (months, days) = whole_months(from, to);
    let days = (months < 12 && (days > 0 || months == 0)).then(|| plural(days, "jour", "jours"));
    list(&years_and_months(months).into_iter().chain(days).collect::<Vec<_>>())
}

/// The same, to the nearest month.
fn about(from: Date, to: Date) -> String {
    let (months, days) = whole_months(from, to);
    list(&years_and_months(if days < 15 { months } else { months + 1 }))
}

fn years_and_months(months: i32) -> Vec<String> {
    let (years, months) = (months / 12, months % 12);
    let years = (years > 0).then(|| plural(years.into(), "an", "ans"));
    let months = (months > 0).then(|| format!("{months} mois"));
    years.into_iter().chain(months).collect()
}

/// Whole months between two days, and the days that remain.
fn whole_months(from: Date, to: Date) -> (i32, i64) {
    let of = |day: Date| day.year() * 12 + i32::from(u8::from(day.month()));
    let between = of(to) - of(from);
    let months = if add_months(from, between) > to { between - 1 } else { between };
    (months, days_left(to, add_months(from, months)))
}

/// « 1 250 »; a true minus sign before a negative number.
#[must_use]
pub fn integer(number: i64) -> String {
    let sign = if number < 0 { "−" } else { "" };
    format!("{sign}{}", grouped(number.unsigned_abs()))
}

/// « 1 250,50 € », from cents.
#[must_use]
pub fn money_cents(cents: i64) -> String {
    let sign = if cents < 0 { "−" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{},{:02}{THIN}€", grouped(cents / 100), cents % 100)
}

/// « 96 % », « 12,5 % »: a part of a whole, to the nearest tenth. A dash when the whole is nothing.
#[must_use]
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".into();
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    let tenths = (part * 1000 + whole / 2) / whole;
    let units = u64::try_from(tenths / 10).map_or_else(|_| (tenths / 10).to_string(), grouped);
    match tenths % 10 {
        0 => format!("{units}{THIN}%"),
        tenth => format!("{units},{tenth}{THIN}%"),
    }
}

/// Whether two words may be parted there: the spaces that French typography holds to a word may not.
#[must_use]
pub fn parts_words(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}')
}

/// A text of so many letters at most, ended at a word and followed by « … » when it says more. A single word that is
/// longer is cut where it must be.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    let text = text.trim();
    let Some((end, next)) = text.char_indices().nth(most) else { return text.to_owned() };
    let kept = &text[..end];
    let kept = if parts_words(next) { kept } else { kept.rfind(parts_words).map_or(kept, |at| &kept[..at]) };
    let kept = kept.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '»' | '%' | '’'));
    format!("{kept}\u{a0}…")
}

/// « 0 pièce », « 1 pièce », « 2 pièces »: French is singular below two.
#[must_use]
pub fn plural(count: i64, one: &str, many: &str) -> String {
    format!("{} {}", integer(count), if count.unsigned_abs() < 2 { one } else { many })
}

/// « a, b et c ».
#[must_use]
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().into(),
        [start @ .., last] => {
            let start: Vec<&str> = start.iter().map(AsRef::as_ref).collect();
            format!("{} et {}", start.join(", "), last.as_ref())
        }
    }
}

/// « 512 octets », « 2,4 Mo »: decimal multiples, to the nearest tenth.
#[must_use]
pub fn file_size(octets: u64) -> String {
    const UNITS: [&str; 6] = ["ko", "Mo", "Go", "To", "Po", "Eo"];
    if octets < 1000 {
        return format!("{octets}{THIN}{}", if octets < 2 { "octet" } else { "octets" });
    }
    let mut size = 1000_u128;
    for unit in UNITS {
        let tenths = (u128::from(octets) * 10 + size / 2) / size;
        // what rounds to 1 000 is shown as 1 of the next unit
        if tenths < 10_000 {
            return match tenths % 10 {
                0 => format!("{}{THIN}{unit}", tenths / 10),
                tenth => format!("{},{tenth}{THIN}{unit}", tenths / 10),
            };
        }
        size *= 1000;
    }
    format!("{}{THIN}octets", grouped(octets))
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "lundi",
        Weekday::Tuesday => "mardi",
        Weekday::Wednesday => "mercredi",
        Weekday::Thursday => "jeudi",
        Weekday::Friday => "vendredi",
        Weekday::Saturday => "samedi",
        Weekday::Sunday => "dimanche",
    }
}

#[cfg(test)]
mod tests;
