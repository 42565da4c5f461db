//! The JSON shapes of the time of experts.

use entity::absence::{self, AbsenceReason};
use entity::availability_day::HalfDay;
use entity::recurring_half_day;
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::engagements::Named;
use super::input::{TypedAbsence, TypedHoliday, TypedRhythm, TypedSchoolYear, Wish};
use super::queries::Sheet;
use super::school::SchoolHoliday;
use crate::http::api::ShortText;
use crate::http::api::words::words;
use crate::import::{LineFault, Report};
use crate::rules::half_day::{Availability, Source};
use crate::rules::period::Period;
use crate::rules::typed_date::iso;

words! {
    /// Half of a day.
    HalfDayWord as "HalfDay" for HalfDay {
        /// Before noon.
        Morning,
        /// After noon.
        Afternoon,
    }
}

words! {
    /// Whether an expert may be asked for a half-day.
    AvailabilityWord as "AvailabilityState" for Availability {
        /// Said yes.
        Available,
        /// Said no, or nobody works.
        Unavailable,
        /// Said nothing.
        Unknown,
    }
}

words! {
    /// What decided of a half-day, strongest first.
    SourceWord as "AvailabilitySource" for Source {
        /// A date said by itself.
        Single,
        /// An absence.
        Absence,
        /// A public holiday.
        Holiday,
        /// A half-day of the week that comes back.
        Recurring,
        /// Nothing.
        Nothing,
    }
}

words! {
    /// Why an expert is absent. Confidential.
    AbsenceReasonWord as "AbsenceReason" for AbsenceReason {
        /// Holidays.
        Leave,
        /// A training.
        Training,
        /// Health.
        Health,
        /// Family.
        Family,
        /// Work elsewhere.
        Work,
        /// Something else.
        Other,
    }
}

/// A half-day and its state.
#[derive(Clone, Debug, Object)]
pub struct HalfDayOut {
    /// The day.
    pub day: Date,
    /// The half.
    pub half_day: HalfDayWord,
    /// Whether the expert may be asked.
    pub availability: AvailabilityWord,
    /// What decided.
    pub source: SourceWord,
    /// Whether a mission, a visit, a training session or an accepted meeting takes it.
    pub taken: bool,
    /// Number of the mission that takes it, when you may see it.
    pub mission: Option<String>,
    /// Number of the request whose visit takes it, when you may see it.
    pub visit: Option<String>,
    /// Number of the training session that takes it.
    pub session: Option<String>,
    /// Number of the meeting that the expert accepted, when nothing else takes it.
    pub meeting: Option<String>,
    /// Whether that engagement stands against what the expert declared: both are kept.
    pub contradicts: bool,
}

/// A half-day of the week that comes back.
#[derive(Clone, Debug, Object)]
pub struct RecurringOut {
    /// Key.
    pub id: Uuid,
    /// 1 for Monday to 7 for Sunday.
    pub weekday: i32,
    /// The half.
    pub half_day: HalfDayWord,
    /// First day it may fall on.
    pub starts_on: Date,
    /// Last day it may fall on; none while it goes on.
    pub ends_on: Option<Date>,
    /// 1 for every week, 2 for every other week.
    pub every_weeks: i32,
}

impl From<&recurring_half_day::Model> for RecurringOut {
    fn from(row: &recurring_half_day::Model) -> Self {
        Self {
            id: row.id.0,
            weekday: row.weekday,
            half_day: row.half_day.into(),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            every_weeks: row.every_weeks,
        }
    }
}

/// An absence.
#[derive(Clone, Debug, Object)]
pub struct AbsenceOut {
    /// Key.
    pub id: Uuid,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
    /// Why; for the expert and the managers alone.
    pub reason: Option<AbsenceReasonWord>,
}

impl From<&absence::Model> for AbsenceOut {
    fn from(row: &absence::Model) -> Self {
        Self {
            id: row.id.0,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            reason: row.reason.map(Into::into),
        }
    }
}

/// A day on which nobody works, and its French name.
#[derive(Clone, Debug, Object)]
pub struct PublicHolidayOut {
    /// The day.
    pub day: Date,
    /// The name.
    pub name: String,
}

/// School holidays.
#[derive(Clone, Debug, Object)]
pub struct SchoolHolidayOut {
    /// Word of the zone: `a`, `b`, `c`, `corse`, `guadeloupe`…
    pub zone: String,
    /// French name.
    pub name: String,
    /// First day without school.
    pub starts_on: Date,
    /// Last day without school.
    pub ends_on: Date,
    /// Where the dates come from.
    pub source: String,
}

impl From<&SchoolHoliday> for SchoolHolidayOut {
    fn from(one: &SchoolHoliday) -> Self {
        Self {
            zone: one.zone.word().to_owned(),
            name: one.name.clone(),
            starts_on: one.period.from(),
            ends_on: one.period.until(),
            source: one.source.clone(),
        }
    }
}

/// School holidays.
#[derive(Clone, Debug, Object)]
pub struct SchoolHolidayPage {
    /// By zone, then by date.
    pub items: Vec<SchoolHolidayOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// School holidays to keep.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SchoolHolidayIn {
    /// French name.
    pub name: ShortText,
    /// First day without school, in the school year.
    pub starts_on: Date,
    /// Last day without school.
    pub ends_on: Date,
}

/// The school holidays of a zone for one school year.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SchoolYearIn {
    /// Word of the zone: `a`, `b`, `c`, `corse`, `guadeloupe`…
    pub zone: ShortText,
    /// The year in which the school year begins, in September.
    pub year: i32,
    /// The text that decides the dates; wanted with holidays.
    pub source: Option<ShortText>,
    /// The holidays; none takes back what was kept.
    #[oai(default, validator(max_items = 8))]
    pub holidays: Vec<SchoolHolidayIn>,
}

impl SchoolYearIn {
    /// The same, as typed.
    #[must_use]
    pub fn typed(self) -> TypedSchoolYear {
        let line = |one: SchoolHolidayIn| TypedHoliday {
            name: one.name.0,
            starts_on: iso(one.starts_on),
            ends_on: iso(one.ends_on),
        };
        TypedSchoolYear {
            zone: self.zone.0,
            year: self.year.to_string(),
            source: self.source.map(String::from).unwrap_or_default(),
            holidays: self.holidays.into_iter().map(line).collect(),
        }
    }
}

/// What is kept of a zone and of a school year.
#[derive(Clone, Debug, Object)]
pub struct SchoolYearOut {
    /// The holidays.
    pub holidays: Vec<SchoolHolidayOut>,
}

/// The time of an expert in a range.
#[derive(Clone, Debug, Object)]
pub struct AvailabilityOut {
    /// First day of the range.
    pub from: Date,
    /// Last day of the range.
    pub until: Date,
    /// Every half-day of the range.
    pub half_days: Vec<HalfDayOut>,
    /// Half-days of the week that come back, past ones included.
    pub recurring: Vec<RecurringOut>,
    /// Absences that end in the range or later.
    pub absences: Vec<AbsenceOut>,
    /// Public holidays of the range where the expert lives.
    pub public_holidays: Vec<PublicHolidayOut>,
    /// School holidays of the range where the expert lives; empty when nobody loaded them.
    pub school_holidays: Vec<SchoolHolidayOut>,
    /// Whether the school calendar of the range is known there: when it is not, no holidays means nothing.
    pub school_calendar_known: bool,
    /// When something was last declared.
    pub declared_at: Option<OffsetDateTime>,
    /// Version, to be given back in `If-Match`; 0 until something is declared.
    pub version: i32,
}

impl AvailabilityOut {
    /// The shape of a sheet.
    #[must_use]
    pub fn of(sheet: &Sheet, range: Period) -> Self {
        let half_days = sheet.half_days(range);
        let half_days = half_days.all().map(|(day, half, state)| HalfDayOut {
            day,
            half_day: half.into(),
            availability: state.availability.into(),
            source: state.source.into(),
            taken: sheet.engagement(day, half).is_some(),
            mission: sheet.engagement(day, half).and_then(Named::mission),
            visit: sheet.engagement(day, half).and_then(Named::visit),
            session: sheet.engagement(day, half).and_then(Named::session),
            meeting: sheet.engagement(day, half).and_then(Named::meeting),
            contradicts: sheet.contradicts(day, half),
        });
        let years = range.from().year()..=range.until().year();
        let holidays = years.flat_map(|year| sheet.declared.calendar.holidays(year));
        let holidays = holidays.filter(|holiday| range.contains(holiday.date));
        Self {
            from: range.from(),
            until: range.until(),
            half_days: half_days.collect(),
            recurring: sheet.recurring.iter().map(RecurringOut::from).collect(),
            absences: sheet.absences.iter().map(AbsenceOut::from).collect(),
            public_holidays: holidays
                .map(|holiday| PublicHolidayOut { day: holiday.date, name: holiday.name.to_owned() })
                .collect(),
            school_holidays: sheet.school.iter().map(SchoolHolidayOut::from).collect(),
            school_calendar_known: sheet.school_known,
            declared_at: sheet.declared_at,
            version: sheet.version,
        }
    }
}

/// One half-day that an expert declares.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct HalfDayIn {
    /// The day.
    pub day: Date,
    /// The half.
    pub half_day: HalfDayWord,
    /// Whether the expert is free.
    pub available: bool,
}

/// The half-days that an expert declares in a range; what is left out follows habits and absences again.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AvailabilityIn {
    /// The half-days, each once.
    #[oai(validator(max_items = 800))]
    pub half_days: Vec<HalfDayIn>,
}

impl AvailabilityIn {
    /// As wishes.
    #[must_use]
    pub fn wishes(&self) -> Vec<Wish> {
        let wish = |one: &HalfDayIn| Wish {
            day: one.day,
            half: one.half_day.into(),
            available: Some(one.available),
        };
        self.half_days.iter().map(wish).collect()
    }
}

/// A half-day of the week.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct WeekdayHalfIn {
    /// 1 for Monday to 7 for Sunday.
    #[oai(validator(minimum(value = "1"), maximum(value = "7")))]
    pub weekday: u8,
    /// The half.
    pub half_day: HalfDayWord,
}

/// Half-days of the week that come back.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RhythmIn {
    /// The half-days.
    #[oai(validator(max_items = 14))]
    pub half_days: Vec<WeekdayHalfIn>,
    /// First day; today unless given.
    pub starts_on: Option<Date>,
    /// Last day; none while it goes on.
    pub ends_on: Option<Date>,
    /// Every other week, counted from the week of the first day.
    #[oai(default)]
    pub every_other_week: bool,
}

impl RhythmIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedRhythm {
        TypedRhythm {
            slots: self.half_days.iter().map(|one| (one.weekday, one.half_day.into())).collect(),
            starts_on: self.starts_on.map(iso).unwrap_or_default(),
            ends_on: self.ends_on.map(iso).unwrap_or_default(),
            every_weeks: if self.every_other_week { "2" } else { "1" }.to_owned(),
        }
    }
}

/// An absence to declare.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AbsenceIn {
    /// First day.
    pub starts_on: Date,
    /// Last day; one day unless given.
    pub ends_on: Option<Date>,
    /// Why; given and read by the expert and the managers alone.
    pub reason: Option<AbsenceReasonWord>,
}

impl AbsenceIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedAbsence {
        TypedAbsence {
            starts_on: iso(self.starts_on),
            ends_on: self.ends_on.map(iso).unwrap_or_default(),
            reason: self.reason.map(Into::into),
        }
    }
}

/// The month to fill like the one before.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MonthIn {
    /// Any day of the month.
    pub month: Date,
}

/// What an import of school holidays did.
#[derive(Clone, Debug, Object)]
pub struct SchoolImportOut {
    /// Lines read.
    pub read: i64,
    /// Lines recorded.
    pub written: i64,
    /// Lines refused.
    pub refused: i64,
    /// Everything wrong, in French sentences.
    pub faults: Vec<String>,
}

impl SchoolImportOut {
    /// The shape of a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        Self {
            read: count(report.read),
            written: count(report.written),
            refused: count(report.refused()),
            faults: report.faults.iter().map(LineFault::sentence).collect(),
        }
    }
}
