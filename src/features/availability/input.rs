//! What a person types about their time; every fault at once. Days are those of where the expert lives.

use entity::absence::AbsenceReason;
use entity::availability_day::HalfDay;
use time::{Date, Weekday};

use super::school::SchoolHoliday;
use crate::error::{Fault, Faults};
use crate::rules::deadline::add_months;
use crate::rules::period::Period;
use crate::rules::school_zone::{SchoolZone, school_year};
use crate::rules::{line, typed_date};

/// Longest absence, and farthest day that may be declared, in months.
const MOST_MONTHS: i32 = 24;
/// Longest range that may be read or written at once, in days.
const MOST_DAYS: i64 = 400;

/// Days of the week, Monday first.
pub const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// A half-day of a date, and whether the expert is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wish {
    /// The day.
    pub day: Date,
    /// The half.
    pub half: HalfDay,
    /// Whether the expert is free; none gives back what the rest says.
    pub available: Option<bool>,
}

/// A range of days, as typed.
///
/// # Errors
/// The faults.
pub fn range(from: Date, until: Date) -> Result<Period, Vec<Fault>> {
    let mut faults = Faults::default();
    let period = faults.read("/until", Period::new(from, until), |_| "dates-reversed");
    if period.is_some_and(|period| period.days() > MOST_DAYS) {
        faults.push("/until", "too-long", "Demandez treize mois au plus à la fois");
    }
    faults.or(period)
}

/// Half-days declared for a range: each inside it and said once, none of the past.
///
/// # Errors
/// The faults.
pub fn wishes(range: Period, wishes: &[Wish], today: Date) -> Result<(), Vec<Fault>> {
    let mut faults = Faults::default();
    if range.from() < today {
        faults.push("/from", "past", PAST);
    }
    if range.until() > add_months(today, MOST_MONTHS) {
        faults.push("/until", "too-far", TOO_FAR);
    }
    for (position, wish) in wishes.iter().enumerate() {
        if !range.contains(wish.day) {
            let message = "Ce jour n’est pas dans la période demandée";
            faults.push(format!("/half_days/{position}/day"), "outside", message);
        }
        if wishes[..position].iter().any(|other| (other.day, other.half) == (wish.day, wish.half)) {
            let message = "Cette demi-journée est déjà dans la liste";
            faults.push(format!("/half_days/{position}"), "twice", message);
        }
    }
    faults.or(Some(()))
}

const PAST: &str = "Ce jour est passé\u{202f}: indiquez aujourd’hui ou un jour à venir";
const TOO_FAR: &str = "Indiquez un jour dans les deux ans qui viennent";

/// Half-days of the week that come back, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedRhythm {
    /// Days of the week, 1 for Monday, and halves.
    pub slots: Vec<(u8, HalfDay)>,
    /// First day; empty for today.
    pub starts_on: String,
    /// Last day; empty while it goes on.
    pub ends_on: String,
    /// 1 or 2.
    pub every_weeks: String,
}

/// Half-days of the week that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// Days of the week, and halves; each once.
    pub slots: Vec<(Weekday, HalfDay)>,
    /// First day.
    pub from: Date,
    /// Last day, if any.
    pub until: Option<Date>,
    /// 1 or 2.
    pub every_weeks: i32,
}

impl TypedRhythm {
    /// The half-days, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, today: Date) -> Result<Rhythm, Vec<Fault>> {
        let mut faults = Faults::default();
        let mut slots = Vec::new();
        for (number, half) in &self.slots {
            let weekday = WEEKDAYS.get(usize::from(*number).wrapping_sub(1));
            let weekday = weekday.ok_or("Ce jour de la semaine n’existe pas");
            if let Some(weekday) = faults.read("/half_days", weekday, |_| "unknown")
                && !slots.contains(&(*weekday, *half))
            {
                slots.push((*weekday, *half));
            }
        }
        if self.slots.is_empty() {
            faults.push("/half_days", "missing", "Cochez au moins une demi-journée");
        }
        let from = match self.starts_on.trim() {
            "" => Some(today),
            typed => coming_day("/starts_on", typed, today, &mut faults),
        };
        let until = match self.ends_on.trim() {
            "" => Some(None),
            typed => coming_day("/ends_on", typed, today, &mut faults).map(Some),
        };
        if let (Some(from), Some(Some(until))) = (from, until) {
            let _known = faults.read("/ends_on", Period::new(from, until), |_| "dates-reversed");
        }
        let every_weeks = match self.every_weeks.trim() {
            "" | "1" => Ok(1),
            "2" => Ok(2),
            _ => Err("Choisissez chaque semaine ou une semaine sur deux"),
        };
        let every_weeks = faults.read("/every_weeks", every_weeks, |_| "unknown");
        let rhythm = (|| Some(Rhythm { slots, from: from?, until: until?, every_weeks: every_weeks? }))();
        faults.or(rhythm)
    }
}

/// An absence, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedAbsence {
    /// First day.
    pub starts_on: String,
    /// Last day; empty for one day.
    pub ends_on: String,
    /// Why; confidential.
    pub reason: Option<AbsenceReason>,
}

/// An absence that may be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Days.
    pub period: Period,
    /// Why; confidential.
    pub reason: Option<AbsenceReason>,
}

impl TypedAbsence {
    /// The absence, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, today: Date) -> Result<Absence, Vec<Fault>> {
        let mut faults = Faults::default();
        let from = match self.starts_on.trim() {
            "" => {
                faults.push("/starts_on", "missing", "Indiquez le premier jour");
                None
            }
            typed => coming_day("/starts_on", typed, today, &mut faults),
        };
        let until = match self.ends_on.trim() {
            "" => from,
            typed => coming_day("/ends_on", typed, today, &mut faults),
        };
        let period = from.zip(until).and_then(|(from, until)| {
            faults.read("/ends_on", Period::new(from, until), |_| "dates-reversed")
        });
        faults.or(period.map(|period| Absence { period, reason: self.reason }))
    }
}

fn coming_day(pointer: &str, typed: &str, today: Date, faults: &mut Faults) -> Option<Date> {
    let day = typed_date::read(typed);
    let day = faults.read(pointer, day, |_| "date")?;
    if day < today {
        faults.push(pointer, "past", PAST);
        return None;
    }
    if day > add_months(today, MOST_MONTHS) {
        faults.push(pointer, "too-far", TOO_FAR);
        return None;
    }
    Some(day)
}

/// Most school holidays of one zone and one school year.
pub const MOST_HOLIDAYS: usize = 8;
/// Longest school holidays, in days.
const LONGEST_HOLIDAY: i64 = 120;

/// School holidays of a line, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedHoliday {
    /// French name.
    pub name: String,
    /// First day without school.
    pub starts_on: String,
    /// Last day without school.
    pub ends_on: String,
}

/// The school holidays of a zone for one school year, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSchoolYear {
    /// Word of a zone.
    pub zone: String,
    /// The year in which the school year begins.
    pub year: String,
    /// The text that decides the dates.
    pub source: String,
    /// The holidays; lines left blank do not count.
    pub holidays: Vec<TypedHoliday>,
}

impl TypedSchoolYear {
    /// The zone, the year and the holidays, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<(SchoolZone, i32, Vec<SchoolHoliday>), Vec<Fault>> {
        let mut faults = Faults::default();
        let zone = SchoolZone::of(&self.zone).ok_or("Choisissez la zone ou le territoire");
        let zone = faults.read("/zone", zone, |_| "missing");
        let year = self.year.trim().parse::<i32>().ok().filter(|year| (2000..2200).contains(year));
        let year = faults.read("/year", year.ok_or("Choisissez l’année scolaire"), |_| "missing");
        let typed = || self.holidays.iter().enumerate().filter(|(_, line)| !line.is_blank());
        let source = if typed().next().is_none() {
            Some(String::new())
        } else {
            let wanted = line::wanted(&self.source, 200, "Indiquez le texte qui fixe ces dates");
            faults.read("/source", wanted, |error| error.code())
        };
        let mut read: Vec<SchoolHoliday> = Vec::new();
        for (rank, one) in typed() {
            let Some((name, period)) = one.read(rank, year, &mut faults) else { continue };
            if read.iter().any(|other| other.period.overlaps(period)) {
                let message = "Ces vacances en recouvrent d’autres de la même année";
                faults.push(format!("/holidays/{rank}/starts_on"), "overlap", message);
                continue;
            }
            let Some((zone, source)) = zone.zip(source.clone()) else { continue };
            read.push(SchoolHoliday { zone, name, period, source });
        }
        let whole = zone.zip(year).map(|(zone, year)| (zone, year, read));
        faults.or(whole)
    }
}

impl TypedHoliday {
    fn is_blank(&self) -> bool {
        [&self.name, &self.starts_on, &self.ends_on].into_iter().all(|text| text.trim().is_empty())
    }

    fn read(&self, rank: usize, year: Option<i32>, faults: &mut Faults) -> Option<(String, Period)> {
        let at = |field: &str| format!("/holidays/{rank}/{field}");
        let name = line::wanted(&self.name, 200, "Indiquez le nom de ces vacances");
        let name = faults.read(&at("name"), name, |error| error.code());
        let from = faults.read(&at("starts_on"), typed_date::read(&self.starts_on), |_| "date");
        let until = faults.read(&at("ends_on"), typed_date::read(&self.ends_on), |_| "date");
        let (from, until) = from.zip(until)?;
        let period = faults.read(&at("ends_on"), Period::new(from, until), |_| "dates-reversed")?;
        if period.days() > LONGEST_HOLIDAY {
            let message = "Ces vacances dureraient plus de quatre mois\u{202f}: vérifiez les deux dates";
            faults.push(at("ends_on"), "too-long", message);
            return None;
        }
        if year.is_some_and(|year| school_year(from) != year) {
            let message = "Ce jour n’est pas de cette année scolaire, qui va de septembre à août";
            faults.push(at("starts_on"), "outside", message);
            return None;
        }
        Some((name?, period))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const TODAY: Date = date!(2025 - 10 - 06);

    fn codes<T: std::fmt::Debug>(read: Result<T, Vec<Fault>>) -> Vec<(String, &'static str)> {
        read.unwrap_err().into_iter().map(|fault| (fault.pointer, fault.code)).collect()
    }

    #[test]
    fn every_fault_of_an_absence_is_told() {
        let typed = |from: &str, until: &str| TypedAbsence {
            starts_on: from.to_owned(),
            ends_on: until.to_owned(),
            reason: None,
        };
        let one = typed("2025-10-06", "").read(TODAY).unwrap().period;
        assert_eq!((one.from(), one.until()), (TODAY, TODAY));
        for (from, until, expected) in [
            ("", "demain", vec![("/starts_on", "missing"), ("/ends_on", "date")]),
            ("2025-10-05", "2025-10-08", vec![("/starts_on", "past")]),
            ("2025-10-09", "2025-10-08", vec![("/ends_on", "dates-reversed")]),
            ("2025-10-09", "2029-10-08", vec![("/ends_on", "too-far")]),
        ] {
            let found = codes(typed(from, until).read(TODAY));
            let found: Vec<_> = found.iter().map(|(pointer, code)| (pointer.as_str(), *code)).collect();
            assert_eq!(found, expected, "{from} to {until}");
        }
    }

    #[test]
    fn a_rhythm_holds_each_half_day_once() {
        let typed = TypedRhythm {
            slots: vec![(2, HalfDay::Morning), (2, HalfDay::Morning), (5, HalfDay::Afternoon)],
            every_weeks: "2".to_owned(),
            ..TypedRhythm::default()
        };
        let rhythm = typed.read(TODAY).unwrap();
        assert_eq!(
            rhythm.slots,
            [(Weekday::Tuesday, HalfDay::Morning), (Weekday::Friday, HalfDay::Afternoon)]
        );
        assert_eq!((rhythm.from, rhythm.until, rhythm.every_weeks), (TODAY, None, 2));
        let wrong = TypedRhythm {
            slots: vec![(8, HalfDay::Morning)],
            starts_on: "2025-10-01".to_owned(),
            ends_on: "x".to_owned(),
            every_weeks: "3".to_owned(),
        };
        let pointers: Vec<_> = codes(wrong.read(TODAY)).into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["/half_days", "/starts_on", "/ends_on", "/every_weeks"]);
        assert_eq!(codes(TypedRhythm::default().read(TODAY)), [("/half_days".to_owned(), "missing")]);
    }

    #[test]
    fn a_range_of_wishes_is_in_the_future_and_says_each_half_day_once() {
        let range = range(TODAY, date!(2025 - 10 - 31)).unwrap();
        let wish = |day| Wish { day, half: HalfDay::Morning, available: Some(true) };
        assert_eq!(wishes(range, &[wish(TODAY)], TODAY), Ok(()));
        let wrong = [wish(date!(2025 - 11 - 01)), wish(TODAY), wish(TODAY)];
        let found = codes(wishes(range, &wrong, date!(2025 - 10 - 07)));
        let found: Vec<_> = found.iter().map(|(pointer, code)| (pointer.as_str(), *code)).collect();
        assert_eq!(found, [("/from", "past"), ("/half_days/0/day", "outside"), ("/half_days/2", "twice")]);
        assert_eq!(codes(super::range(TODAY, date!(2027 - 10 - 06))), [("/until".to_owned(), "too-long")]);
        assert_eq!(
            codes(super::range(TODAY, date!(2025 - 10 - 05))),
            [("/until".to_owned(), "dates-reversed")]
        );
    }

    #[test]
    fn a_school_year_is_read_whole_or_every_fault_is_told() {
        let line = |name: &str, from: &str, until: &str| TypedHoliday {
            name: name.to_owned(),
            starts_on: from.to_owned(),
            ends_on: until.to_owned(),
        };
        let typed = |year: &str, source: &str, holidays: Vec<TypedHoliday>| TypedSchoolYear {
            zone: "guyane".to_owned(),
            year: year.to_owned(),
            source: source.to_owned(),
            holidays,
        };
        let blank = TypedHoliday::default();
        let carnival = line("Carnaval", "2027-02-06", "14/02/2027");
        let (zone, year, read) =
            typed("2026", "Arrêté", vec![blank.clone(), carnival.clone()]).read().unwrap();
        assert_eq!((zone, year, read.len(), read[0].period.days()), (SchoolZone::Guyane, 2026, 1, 9));
        assert!(typed("2026", "", vec![blank]).read().unwrap().2.is_empty(), "nothing is kept any more");
        let wrong = vec![
            carnival,
            line("", "2027-02-10", "x"),
            line("Encore", "2027-02-14", "2027-02-20"),
            line("Noël", "2027-12-18", "2028-01-02"),
        ];
        let found = typed("2026", " ", wrong).read().unwrap_err();
        let pointers: Vec<_> = found.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(
            pointers,
            ["/source", "/holidays/1/name", "/holidays/1/ends_on", "/holidays/3/starts_on"],
            "without a source nothing is weighed against the others"
        );
        assert_eq!(TypedSchoolYear::default().read().unwrap_err().len(), 2);
    }
}
