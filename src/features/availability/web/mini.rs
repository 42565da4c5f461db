//! The two months of the file of an expert, to read at a glance: weekdays only, as on the wall.

use entity::availability_day::HalfDay;
use entity::expert;
use poem::Result;
use time::{Date, Weekday};

use super::super::queries::{self, Sheet};
use super::super::{AvailabilityError, labels};
use crate::authz::{Facts, Permission, may};
use crate::http::web::{Page, WebError};
use crate::rules::deadline::{add_days, add_months, date_in_zone};
use crate::rules::half_day::{Availability, State, first_of_month, monday, month};
use crate::rules::period::Period;

/// One day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MiniDay {
    /// 1 to 31; none outside of the month.
    pub number: Option<u8>,
    /// Class of the cell.
    pub class: &'static str,
    /// What it is, for those who do not see its colour.
    pub words: String,
}

/// One month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MiniMonth {
    /// « Janvier 2024 ».
    pub title: String,
    /// Weeks of five days.
    pub weeks: Vec<Vec<MiniDay>>,
}

/// The two months, and when they were declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoMonths {
    /// « déclarées le 8 janvier 2024 ».
    pub declared: String,
    /// This month and the next one.
    pub months: Vec<MiniMonth>,
    /// The page of the month; empty for whoever only reads this.
    pub href: String,
}

/// This month and the next one of an expert, for whoever may see them.
///
/// # Errors
/// What the database answers.
pub async fn two_months(page: &Page, person: &expert::Model) -> Result<Option<TwoMonths>> {
    let id = person.id;
    if !may(page.actor(), Permission::AvailabilityView, &Facts::of_expert(person)) {
        return Ok(None);
    }
    let first = first_of_month(page.app.today());
    let last = add_days(add_months(first, 2), -1);
    let range = Period::new(first, last).map_err(|_| WebError::from(AvailabilityError::NotFound))?;
    let sheet = queries::sheet(page.app.db.read(), page.actor(), id, range).await.map_err(WebError::from)?;
    let declared = sheet.declared_at.and_then(|at| date_in_zone(at, &sheet.expert.zone).ok());
    let own = page.actor().expert() == Some(id);
    Ok(Some(TwoMonths {
        declared: declared.map_or_else(|| labels::NEVER_DECLARED.to_owned(), labels::declared_on),
        months: vec![mini(&sheet, first), mini(&sheet, add_months(first, 1))],
        href: if own {
            "/disponibilites".to_owned()
        } else {
            format!("/intervenants/{}/disponibilites", sheet.expert.number)
        },
    }))
}

fn mini(sheet: &Sheet, first: Date) -> MiniMonth {
    let last = month(first).last().unwrap_or(first);
    let mut weeks = Vec::new();
    let mut start = monday(first);
    while start <= last {
        let days = (0..5).map(|shift| add_days(start, shift));
        let week: Vec<_> = days.map(|day| mini_day(sheet, first, day)).collect();
        if week.iter().any(|day| day.number.is_some()) {
            weeks.push(week);
        }
        start = add_days(start, 7);
    }
    MiniMonth { title: labels::month(first), weeks }
}

fn mini_day(sheet: &Sheet, first: Date, day: Date) -> MiniDay {
    if day.month() != first.month() || matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        return MiniDay { number: None, class: "", words: String::new() };
    }
    if [HalfDay::Morning, HalfDay::Afternoon].into_iter().any(|half| sheet.engagement(day, half).is_some()) {
        return MiniDay { number: Some(day.day()), class: "mis", words: labels::MISSION.to_owned() };
    }
    let at = |half| sheet.declared.state(day, half);
    let (morning, afternoon) = (at(HalfDay::Morning), at(HalfDay::Afternoon));
    MiniDay {
        number: Some(day.day()),
        class: class(morning, afternoon),
        words: labels::whole_day(morning, afternoon),
    }
}

const fn class(morning: State, afternoon: State) -> &'static str {
    use Availability::{Available, Unavailable, Unknown};
    match (morning.availability, afternoon.availability) {
        (Available, Available) => "dis",
        (Available, _) => "dis-matin",
        (_, Available) => "dis-soir",
        (Unknown, _) | (_, Unknown) => "",
        (Unavailable, Unavailable) => "non",
    }
}
