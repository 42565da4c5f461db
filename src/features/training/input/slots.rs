//! The half-days of a session, as typed: one by one, or one line of text each.

use entity::availability_day::HalfDay;
use entity::ids::TrainingRoomId;
use entity::programme_version::Modality;
use time::{Date, OffsetDateTime, Time};

use crate::error::{Fault, Faults};
use crate::rules::deadline::{add_days, add_months, instant};
use crate::rules::{line, typed_date};

/// Most half-days of a session.
pub const MOST_SLOTS: usize = 120;
/// Most sessions of a series.
const MOST_SESSIONS: usize = 24;
/// Longest half-day.
const MOST_MINUTES: i64 = 330;
/// Where the morning ends.
const NOON: u8 = 13;

/// A half-day, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSlot {
    /// The day.
    pub day: String,
    /// `09:00`.
    pub starts_time: String,
    /// `12:30`.
    pub ends_time: String,
    /// Word of the modality; empty as the session.
    pub modality: String,
    /// What is taught; may be empty.
    pub subject: String,
    /// Its room; none as the session.
    pub room: Option<TrainingRoomId>,
}

/// A half-day that may be held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSlot {
    /// The day, where the session is.
    pub day: Date,
    /// Which half of it.
    pub half: HalfDay,
    /// Its beginning.
    pub starts_at: OffsetDateTime,
    /// Its end.
    pub ends_at: OffsetDateTime,
    /// How it is followed; none as the session.
    pub modality: Option<Modality>,
    /// What is taught.
    pub subject: String,
    /// Its room; none as the session.
    pub room: Option<TrainingRoomId>,
}

/// The half-days where the session is, oldest first, or every fault, each under its line.
///
/// # Errors
/// The faults.
pub fn read_slots(typed: &[TypedSlot], zone: &str, today: Date) -> Result<Vec<NewSlot>, Vec<Fault>> {
    let mut faults = Vec::new();
    if typed.len() > MOST_SLOTS {
        faults.push(Fault::new("/slots", "too-many", "Une session compte 120 demi-journées au plus"));
    }
    let mut found: Vec<NewSlot> = Vec::new();
    for (rank, one) in typed.iter().take(MOST_SLOTS).enumerate() {
        match one.read(rank, zone, today) {
            Ok(slot) if found.iter().any(|known| (known.day, known.half) == (slot.day, slot.half)) => {
                let pointer = format!("/slots/{rank}/day");
                faults.push(Fault::new(pointer, "twice", "Cette demi-journée est déjà dans la liste"));
            }
            Ok(slot) => found.push(slot),
            Err(told) => faults.extend(told),
        }
    }
    found.sort_by_key(|slot| slot.starts_at);
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

impl TypedSlot {
    fn read(&self, rank: usize, zone: &str, today: Date) -> Result<NewSlot, Vec<Fault>> {
        let at = |field: &str| format!("/slots/{rank}/{field}");
        let mut faults = Faults::default();
        let day = faults.read(&at("day"), typed_date::read(&self.day), |_| "date");
        if day.is_some_and(|day| day > add_months(today, 36) || day < add_months(today, -240)) {
            faults.push(
                at("day"),
                "too-far",
                "Indiquez un jour entre vingt ans avant et trois ans après aujourd’hui",
            );
        }
        let hour = |typed: &str| time_of(typed).ok_or("Indiquez une heure, par exemple 9\u{202f}h\u{202f}30");
        let starts = faults.read(&at("starts_time"), hour(&self.starts_time), |_| "time");
        let ends = faults.read(&at("ends_time"), hour(&self.ends_time), |_| "time");
        let modality = match self.modality.trim() {
            "" => Some(None),
            word => {
                let known = Modality::from_word(word).ok_or("Choisissez une modalité de la liste");
                faults.read(&at("modality"), known, |_| "unknown").map(Some)
            }
        };
        let subject = line::optional(&self.subject, 300);
        let subject = faults.read(&at("subject"), subject, |error| error.code());
        let slot = (|| {
            let (day, starts, ends) = (day?, starts?, ends?);
            let starts_at = faults.read(&at("day"), instant(day, starts, zone), |_| "date")?;
            let ends_at = faults.read(&at("day"), instant(day, ends, zone), |_| "date")?;
            if ends_at <= starts_at {
                faults.push(at("ends_time"), "before-the-start", "La fin vient avant le début");
            } else if (ends_at - starts_at).whole_minutes() > MOST_MINUTES {
                faults.push(
                    at("ends_time"),
                    "too-long",
                    "Une demi-journée dure cinq heures et demie au plus\u{202f}: séparez le matin et l’après-midi",
                );
            }
            let half = if starts.hour() < NOON { HalfDay::Morning } else { HalfDay::Afternoon };
            Some(NewSlot {
                day,
                half,
                starts_at,
                ends_at,
                modality: modality?,
                subject: subject?,
                room: self.room,
            })
        })();
        faults.or(slot)
    }
}

/// `9:30` or `09:30`, or as people write it, `9 h 30`, `9 h`.
fn time_of(text: &str) -> Option<Time> {
    let text: String = text.replace(['h', 'H'], ":").split_whitespace().collect();
    let (hour, minute) = text.split_once(':')?;
    let minute = if minute.is_empty() { 0 } else { minute.parse().ok()? };
    Time::from_hms(hour.parse().ok()?, minute, 0).ok()
}

/// The half-days of a text, one each line: `03/03/2026 9 h - 12 h 30`, then `à distance` where it is so.
#[must_use]
pub fn slots_of(text: &str) -> Vec<TypedSlot> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(slot_of).collect()
}

fn slot_of(line: &str) -> TypedSlot {
    let line = line.to_lowercase();
    let remote = line.contains("distance");
    let line = line.replace("à distance", "").replace("a distance", "");
    let (day, hours) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
    let hours = hours.trim().trim_start_matches("de ");
    let (starts, ends) = hours.split_once(['-', '–', '—', 'à']).unwrap_or((hours, ""));
    TypedSlot {
        day: day.to_owned(),
        starts_time: starts.trim().to_owned(),
        ends_time: ends.trim().trim_end_matches(',').to_owned(),
        modality: if remote { Modality::Remote.word() } else { String::new() },
        ..TypedSlot::default()
    }
}

/// The half-days of each session of a series: those typed, moved so that each begins on its day.
///
/// # Errors
/// The faults of the days; those of the half-days are told when they are read.
pub fn series(typed: &[TypedSlot], days: &[String]) -> Result<Vec<Vec<TypedSlot>>, Vec<Fault>> {
    let mut faults = Faults::default();
    if days.is_empty() || days.len() > MOST_SESSIONS {
        faults.push("/days", "wrong-count", "Indiquez de 1 à 24 premiers jours");
    }
    let read: Vec<Option<Date>> = typed.iter().map(|slot| typed_date::parse(&slot.day)).collect();
    let Some(first) = read.iter().flatten().min().copied() else {
        faults.push("/slots", "missing", "Indiquez les demi-journées de la première session");
        return faults.or(None);
    };
    let mut found = Vec::new();
    for (rank, day) in days.iter().take(MOST_SESSIONS).enumerate() {
        let Some(day) = faults.read(&format!("/days/{rank}"), typed_date::read(day), |_| "date") else {
            continue;
        };
        if days[..rank].iter().any(|known| typed_date::parse(known) == Some(day)) {
            faults.push(format!("/days/{rank}"), "twice", "Ce jour est déjà dans la liste");
        }
        let by = i32::try_from((day - first).whole_days()).unwrap_or_default();
        let moved = typed.iter().zip(&read).map(|(slot, known)| TypedSlot {
            day: known.map_or_else(|| slot.day.clone(), |known| typed_date::iso(add_days(known, by))),
            ..slot.clone()
        });
        found.push(moved.collect());
    }
    faults.or(Some(found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    const TODAY: Date = date!(2025 - 10 - 06);

    #[test]
    fn a_line_is_a_half_day() {
        for (line, day, starts, ends, modality) in [
            ("03/03/2026 9 h - 12 h 30", "03/03/2026", "9 h", "12 h 30", ""),
            ("2026-03-03 09:00–12:30", "2026-03-03", "09:00", "12:30", ""),
            ("03/03/2026 de 13 h 30 à 17 h, à distance", "03/03/2026", "13 h 30", "17 h", "remote"),
            ("demain", "demain", "", "", ""),
        ] {
            let found = slots_of(line).remove(0);
            assert_eq!(
                (found.day.as_str(), found.starts_time.as_str(), found.ends_time.as_str()),
                (day, starts, ends),
                "{line}"
            );
            assert_eq!(found.modality, modality, "{line}");
        }
        assert!(slots_of(" \n\n").is_empty());
    }

    #[test]
    fn hours_are_those_of_the_place() {
        let typed = slots_of("03/03/2026 13 h 30 - 17 h\n03/03/2026 9 h - 12 h 30");
        let read = read_slots(&typed, "America/Cayenne", TODAY).unwrap();
        assert_eq!(read[0].starts_at, datetime!(2026-03-03 12:00 UTC), "the oldest first");
        assert_eq!((read[0].half, read[1].half), (HalfDay::Morning, HalfDay::Afternoon));
    }

    #[test]
    fn every_fault_is_told_under_its_line() {
        let typed = slots_of(
            "03/03/2026 9 h - 17 h\n03/03/2026 9 h - 12 h\n03/03/2026 8 h - 11 h\nx 25 h - 2 h\n03/03/2035 9 h - 8 h",
        );
        let told = read_slots(&typed, "Europe/Paris", TODAY).unwrap_err();
        let told: Vec<_> = told.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect();
        let expected = [
            ("/slots/0/ends_time", "too-long"),
            ("/slots/2/day", "twice"),
            ("/slots/3/day", "date"),
            ("/slots/3/starts_time", "time"),
            ("/slots/4/day", "too-far"),
            ("/slots/4/ends_time", "before-the-start"),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_series_keeps_the_days_between_half_days() {
        let typed = slots_of("03/03/2026 9 h - 12 h\n05/03/2026 9 h - 12 h");
        let days = ["2026-03-03".to_owned(), "07/04/2026".to_owned()];
        let found = series(&typed, &days).unwrap();
        assert_eq!(found[1][0].day, "2026-04-07");
        assert_eq!(found[1][1].day, "2026-04-09");
        let codes = |days: &[&str]| {
            let days: Vec<_> = days.iter().map(|day| (*day).to_owned()).collect();
            series(&typed, &days).unwrap_err().into_iter().map(|fault| fault.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(&[]), ["wrong-count"]);
        assert_eq!(codes(&["x", "2026-03-03", "2026-03-03"]), ["date", "twice"]);
        assert_eq!(series(&[], &days).unwrap_err()[0].pointer, "/slots");
    }
}
