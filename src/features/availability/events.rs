//! What happened to the time of an expert. The reason of an absence is kept beside the journal.

use entity::{absence, expert, recurring_half_day};
use serde_json::{Value, json};
use uuid::Uuid;

use super::input::Wish;
use super::labels;
use super::school::SchoolHoliday;
use crate::events::{DomainEvent, Mail, Recipient, Subject};
use crate::rules::school_zone::SchoolZone;
use crate::rules::typed_date::iso;

/// Whose time, and whether someone else declares it.
#[derive(Clone, Debug)]
pub struct Whose {
    /// The expert.
    pub expert: expert::Model,
    /// Set when someone else acts: the day, and the address of the page.
    pub on_behalf: Option<OnBehalf>,
}

/// An act of the team on the time of an expert.
#[derive(Clone, Debug)]
pub struct OnBehalf {
    /// The day, for one message a day at most.
    pub day: time::Date,
    /// The page of the expert.
    pub link: String,
}

/// One event.
#[derive(Clone, Debug)]
pub enum AvailabilityEvent {
    /// Single dates were declared.
    Declared {
        /// Whose.
        whose: Whose,
        /// What changed; none when everything was confirmed as it is.
        changes: Vec<Wish>,
    },
    /// Half-days of the week that come back were added.
    RhythmAdded {
        /// Whose.
        whose: Whose,
        /// The half-days.
        rows: Vec<recurring_half_day::Model>,
    },
    /// A half-day of the week stops coming back.
    RhythmEnded {
        /// Whose.
        whose: Whose,
        /// As it was.
        row: recurring_half_day::Model,
        /// First day on which it no longer comes.
        on: time::Date,
    },
    /// An absence was declared.
    AbsenceDeclared {
        /// Whose.
        whose: Whose,
        /// The absence.
        row: absence::Model,
    },
    /// An absence was given up, or ends earlier.
    AbsenceCancelled {
        /// Whose.
        whose: Whose,
        /// As it was.
        row: absence::Model,
        /// First day on which the expert is back.
        on: time::Date,
    },
    /// The team asked an expert to declare their time.
    Asked {
        /// Whose.
        whose: Whose,
        /// The day, and the page.
        asked: OnBehalf,
    },
    /// School holidays were imported.
    SchoolHolidaysImported {
        /// Key of the import.
        id: Uuid,
        /// Name of the file.
        file_name: String,
        /// SHA-256 of the file.
        sha256: String,
        /// Zones and school years that the file replaces.
        replaced: Vec<String>,
        /// Lines recorded.
        written: usize,
        /// Lines refused.
        refused: usize,
    },
    /// The school holidays of a zone were typed for one school year.
    SchoolYearSet {
        /// Key of the act.
        id: Uuid,
        /// The zone.
        zone: SchoolZone,
        /// The year in which the school year begins.
        year: i32,
        /// What is kept of it; none when what was typed is taken back.
        holidays: Vec<SchoolHoliday>,
    },
}

fn rhythm(row: &recurring_half_day::Model) -> Value {
    json!({
        "id": row.id,
        "weekday": row.weekday,
        "half_day": row.half_day.word(),
        "starts_on": iso(row.starts_on),
        "ends_on": row.ends_on.map(iso),
        "every_weeks": row.every_weeks,
    })
}

impl AvailabilityEvent {
    fn whose(&self) -> Option<&Whose> {
        match self {
            Self::Declared { whose, .. }
            | Self::RhythmAdded { whose, .. }
            | Self::RhythmEnded { whose, .. }
            | Self::AbsenceDeclared { whose, .. }
            | Self::AbsenceCancelled { whose, .. }
            | Self::Asked { whose, .. } => Some(whose),
            Self::SchoolHolidaysImported { .. } | Self::SchoolYearSet { .. } => None,
        }
    }
}

impl DomainEvent for AvailabilityEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Declared { .. } => "availability.declared",
            Self::RhythmAdded { .. } => "availability.rhythm_added",
            Self::RhythmEnded { .. } => "availability.rhythm_ended",
            Self::AbsenceDeclared { .. } => "absence.declared",
            Self::AbsenceCancelled { .. } => "absence.cancelled",
            Self::Asked { .. } => "availability.asked",
            Self::SchoolHolidaysImported { .. } => "school_holidays.imported",
            Self::SchoolYearSet { .. } => "school_holidays.changed",
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Declared { .. } => "AVAILABILITY_DECLARED",
            Self::RhythmAdded { .. } => "AVAILABILITY_RHYTHM_ADDED",
            Self::RhythmEnded { .. } => "AVAILABILITY_RHYTHM_ENDED",
            Self::AbsenceDeclared { .. } => "ABSENCE_DECLARED",
            Self::AbsenceCancelled { .. } => "ABSENCE_CANCELLED",
            Self::Asked { .. } => "AVAILABILITY_ASKED",
            Self::SchoolHolidaysImported { .. } => "SCHOOL_HOLIDAYS_IMPORTED",
            Self::SchoolYearSet { .. } => "SCHOOL_HOLIDAYS_CHANGED",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::SchoolHolidaysImported { id, file_name, .. } => {
                Subject::new("import", *id, file_name.clone())
            }
            Self::SchoolYearSet { id, zone, year, .. } => {
                Subject::new("school_calendar", *id, format!("{} {year}-{}", zone.label(), year + 1))
            }
            Self::Declared { whose, .. }
            | Self::RhythmAdded { whose, .. }
            | Self::RhythmEnded { whose, .. }
            | Self::AbsenceDeclared { whose, .. }
            | Self::AbsenceCancelled { whose, .. }
            | Self::Asked { whose, .. } => {
                Subject::new("expert", whose.expert.id, whose.expert.number.clone())
            }
        }
    }

    fn payload(&self) -> Value {
        match self {
            Self::Declared { changes, .. } => {
                let change = |wish: &Wish| json!({ "day": iso(wish.day), "half_day": wish.half.word(), "available": wish.available });
                json!({ "changes": changes.iter().map(change).collect::<Vec<_>>() })
            }
            Self::RhythmAdded { rows, .. } => {
                json!({ "half_days": rows.iter().map(rhythm).collect::<Vec<_>>() })
            }
            Self::RhythmEnded { row, on, .. } => json!({ "half_day": rhythm(row), "ended_on": iso(*on) }),
            Self::AbsenceDeclared { row, .. } => {
                json!({ "absence_id": row.id, "starts_on": iso(row.starts_on), "ends_on": iso(row.ends_on) })
            }
            Self::AbsenceCancelled { row, on, .. } => {
                json!({
                    "absence_id": row.id,
                    "starts_on": iso(row.starts_on),
                    "ends_on": iso(row.ends_on),
                    "back_on": iso(*on),
                })
            }
            Self::Asked { .. } => json!({}),
            Self::SchoolHolidaysImported { file_name, sha256, replaced, written, refused, .. } => {
                json!({
                    "file": file_name,
                    "sha256": sha256,
                    "replaced": replaced,
                    "written": written,
                    "refused": refused,
                })
            }
            Self::SchoolYearSet { zone, year, holidays, .. } => {
                let line = |one: &SchoolHoliday| {
                    let (from, until) = (iso(one.period.from()), iso(one.period.until()));
                    format!("{} {from}/{until}", one.name)
                };
                json!({
                    "replaced": [format!("{} {year}-{}", zone.word(), year + 1)],
                    "lines": holidays.iter().map(line).collect::<Vec<_>>(),
                    "written": holidays.len(),
                })
            }
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::AbsenceDeclared { row, .. } => {
                row.reason.map(|reason| ("reason", reason.word())).into_iter().collect()
            }
            Self::Declared { .. }
            | Self::RhythmAdded { .. }
            | Self::RhythmEnded { .. }
            | Self::AbsenceCancelled { .. }
            | Self::Asked { .. }
            | Self::SchoolHolidaysImported { .. }
            | Self::SchoolYearSet { .. } => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        let Some(whose) = self.whose() else { return Vec::new() };
        let to = || Recipient::Expert { id: whose.expert.id };
        if let Self::Asked { asked, .. } = self {
            let variables = json!({ "link": asked.link });
            let mail = Mail::new("availability-asked", to(), labels::WHY_ASKED, variables);
            return vec![mail.once(format!("availability-asked-{}-{}", whose.expert.id, iso(asked.day)))];
        }
        let Some(behalf) = &whose.on_behalf else { return Vec::new() };
        let variables = json!({ "link": behalf.link });
        let mail = Mail::new("availability-changed", to(), labels::WHY_CHANGED, variables);
        vec![mail.once(format!("availability-changed-{}-{}", whose.expert.id, iso(behalf.day)))]
    }
}
