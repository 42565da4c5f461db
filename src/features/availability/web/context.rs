//! What the page of a month shows.

use askama::Template;
use time::Date;

use crate::http::web::component::{Choice, Fact, Link};
use crate::http::web::filters;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;

/// The mission, the visit or the meeting of a half-day, or of a whole day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngagedCell {
    /// What it is called.
    pub title: String,
    /// Its page; empty for whoever may not see it.
    pub href: String,
    /// Whether it stands on a half-day that is not free.
    pub conflict: bool,
}

/// One half of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HalfCell {
    /// What the box sends: `2025-11-03-morning`.
    pub value: String,
    /// « Matin ».
    pub label: &'static str,
    /// Whether the expert is free.
    pub free: bool,
    /// Whether the box may change.
    pub editable: bool,
    /// What it is, in a word.
    pub state: &'static str,
    /// What takes that half-day, when it does not take the whole day.
    pub engaged: Option<EngagedCell>,
}

/// One day of the month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCell {
    /// 1 to 31; none outside of the month.
    pub number: Option<u8>,
    /// « lundi 3 novembre ».
    pub name: String,
    /// Holiday, school holidays, absence.
    pub notes: Vec<String>,
    /// Whether the day is over.
    pub past: bool,
    /// Today.
    pub today: bool,
    /// What takes the morning and the afternoon.
    pub whole: Option<EngagedCell>,
    /// Morning, then afternoon.
    pub halves: Vec<HalfCell>,
}

/// A habit or an absence, and where it stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRow {
    /// What it is.
    pub title: String,
    /// The reason, for whoever may read it.
    pub note: &'static str,
    /// Where it stops; empty when it may not.
    pub action: String,
}

/// `/disponibilites` and `/intervenants/{number}/disponibilites`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/availability/month.html")]
#[expect(clippy::struct_excessive_bools, reason = "one for each thing that the page may show")]
pub struct MonthPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Address of the page.
    pub base: String,
    /// The file, when the team looks.
    pub back: Option<Link>,
    /// Number of the expert.
    pub number: String,
    /// Whether the visitor is the expert.
    pub own: bool,
    /// When, where, which holidays.
    pub margin: Vec<Fact>,
    /// « Novembre 2025 ».
    pub title: String,
    /// `2025-11`.
    pub month: String,
    /// The month before.
    pub previous: Link,
    /// The month after.
    pub next: Link,
    /// « Reprendre le rythme d’octobre ».
    pub like: String,
    /// Whether the visitor may change what is shown.
    pub may_edit: bool,
    /// Whether the month still has days to come.
    pub open: bool,
    /// Whether Saturday and Sunday are shown.
    pub whole_week: bool,
    /// Address with, or without, Saturday and Sunday.
    pub other_week: Link,
    /// Names of the columns.
    pub weekdays: Vec<&'static str>,
    /// Weeks of days.
    pub weeks: Vec<Vec<DayCell>>,
    /// Missions on half-days that are not free.
    pub conflicts: Vec<String>,
    /// Version, given back by the forms.
    pub version: i32,
    /// Half-days that come back.
    pub rhythms: Vec<LineRow>,
    /// Absences.
    pub absences: Vec<LineRow>,
    /// Which form comes back: `rythme`, `absence` or nothing.
    pub returned: &'static str,
    /// The form of a habit.
    pub rhythm: FormState,
    /// The form of an absence.
    pub absence: FormState,
    /// Half-days of the week.
    pub slots: Vec<Choice>,
    /// Every week or every other week.
    pub paces: Vec<Choice>,
    /// Reasons, for whoever may give one.
    pub reasons: Vec<Choice>,
    /// Whether the visitor may give a reason.
    pub may_reason: bool,
    /// Today, the first day of the forms.
    pub today: Date,
    /// Whether the team may ask for a declaration.
    pub may_ask: bool,
}
