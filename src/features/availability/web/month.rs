//! The month of an expert: a table of half-days to tick, habits, absences.

use std::collections::HashMap;

use entity::absence::AbsenceReason;
use entity::availability_day::HalfDay;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;
use time::{Date, Month, Weekday};

use super::super::engagements::Named;
use super::super::input::WEEKDAYS;
use super::super::queries::{self, Sheet};
use super::super::titles::titles;
use super::super::{AvailabilityError, labels};
use super::context::{DayCell, EngagedCell, HalfCell, LineRow, MonthPage};
use super::target::Target;
use crate::authz::{Facts, Permission, may};
use crate::http::web::WebError;
use crate::http::web::component::{Choice, Fact, Link};
use crate::http::web::form::FormState;
use crate::rules::deadline::{add_days, add_months, date_in_zone};
use crate::rules::half_day::{HALVES, first_of_month, monday, month};
use crate::rules::period::Period;
use crate::rules::school_zone::SchoolZone;
use crate::rules::typed_date::iso;
use crate::rules::{calendar, territory};

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// `2025-11`.
    pub(super) mois: Option<String>,
    /// `7` shows Saturday and Sunday.
    pub(super) semaine: Option<String>,
}

/// The page.
#[handler]
pub(super) async fn show(target: Target, Query(asked): Query<Asked>) -> Result<Response> {
    answer(&target, StatusCode::OK, &asked, "", FormState::default()).await
}

/// The first day of the month of `2025-11`.
pub(super) fn first_of(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    let year: i32 = year.parse().ok().filter(|year| (1900..=2200).contains(year))?;
    Date::from_calendar_date(year, Month::try_from(month.parse::<u8>().ok()?).ok()?, 1).ok()
}

/// `2025-11`.
pub(super) fn month_word(first: Date) -> String {
    iso(first).chars().take(7).collect()
}

/// The page again, one of its forms with its faults.
pub(super) async fn answer(
    target: &Target,
    status: StatusCode,
    asked: &Asked,
    returned: &'static str,
    form: FormState,
) -> Result<Response> {
    let (page, expert) = (&target.page, &target.expert);
    let today = queries::local_day(expert, page.app.now());
    let first = asked.mois.as_deref().and_then(first_of).unwrap_or_else(|| first_of_month(today));
    let last = month(first).last().unwrap_or(first);
    let range = Period::new(first, last).map_err(|_| WebError::from(AvailabilityError::NotFound))?;
    let sheet =
        queries::sheet(page.app.db.read(), page.actor(), expert.id, range).await.map_err(WebError::from)?;
    let facts = Facts::of_expert(expert);
    let rights = |permission| may(page.actor(), permission, &facts);
    let may_edit = rights(Permission::AvailabilityEdit);
    let whole_week = asked.semaine.as_deref() == Some("7") || weekend_said(&sheet, range);
    let titles = titles(page.app.db.read(), &sheet).await.map_err(WebError::from)?;
    let weeks = weeks((&sheet, &titles), first, today, whole_week, may_edit);
    let name = expert.name();
    let title = if target.own { labels::TITLE.to_owned() } else { format!("{}, {name}", labels::TITLE) };
    let summary = form.summary(labels::NOT_RECORDED);
    let own_form = |kind: &str| {
        let form =
            if returned == kind { form.clone() } else { FormState::filled([("starts_on", iso(today))]) };
        form.with_version(sheet.version.into()).with_prefix(kind)
    };
    let to = |shift: i32| {
        let other = add_months(first, shift);
        let week = if asked.semaine.as_deref() == Some("7") { "&semaine=7" } else { "" };
        Link::new(labels::month(other), format!("{}?mois={}{week}", target.base, month_word(other)))
    };
    let context = MonthPage {
        shell: page.shell(title).with_errors(summary.is_some()),
        summary,
        base: target.base.clone(),
        back: (!target.own).then(|| Link::new(name, format!("/intervenants/{}", expert.number))),
        number: expert.number.clone(),
        own: target.own,
        margin: margin(&sheet, rights(Permission::SchoolCalendarView)),
        title: labels::month(first),
        month: month_word(first),
        previous: to(-1),
        next: to(1),
        like: labels::like_month_before(add_months(first, -1)),
        may_edit,
        open: last >= today,
        whole_week,
        other_week: other_week(target, first, whole_week),
        weekdays: shown_days(whole_week).iter().map(|day| labels::weekday(*day)).collect(),
        conflicts: conflicts(&weeks),
        weeks,
        version: sheet.version,
        rhythms: sheet
            .recurring
            .iter()
            .filter(|row| row.ends_on.is_none_or(|until| until >= today))
            .map(|row| LineRow {
                title: labels::rhythm(row, today),
                note: "",
                action: action(may_edit, &target.base, "rythme", &row.id.to_string(), "arreter"),
            })
            .collect(),
        absences: sheet
            .absences
            .iter()
            .map(|row| LineRow {
                title: labels::absence(row),
                note: row.reason.map_or("", labels::reason),
                action: action(
                    may_edit && row.ends_on >= today,
                    &target.base,
                    "absences",
                    &row.id.to_string(),
                    "annuler",
                ),
            })
            .collect(),
        returned,
        rhythm: own_form("rythme"),
        absence: own_form("absence"),
        slots: slots(),
        paces: labels::PACES.map(|(value, label)| Choice::new(value, label)).to_vec(),
        reasons: AbsenceReason::all().map(|one| Choice::new(one.word(), labels::reason(one))).collect(),
        may_reason: rights(Permission::AbsenceReasonView),
        today,
        may_ask: rights(Permission::AvailabilityAsk),
    };
    page.answer_with(status, &context)
}

fn action(open: bool, base: &str, kind: &str, id: &str, verb: &str) -> String {
    if open { format!("{base}/{kind}/{id}/{verb}") } else { String::new() }
}

fn other_week(target: &Target, first: Date, whole: bool) -> Link {
    let month = month_word(first);
    if whole {
        Link::new("", format!("{}?mois={month}", target.base))
    } else {
        Link::new("", format!("{}?mois={month}&semaine=7", target.base))
    }
}

/// Half-days of the week, as boxes: `1-morning`.
fn slots() -> Vec<Choice> {
    let days = WEEKDAYS.iter().flat_map(|day| HALVES.map(|half| (*day, half)));
    days.map(|(day, half)| {
        let label = format!("{} {}", labels::weekday(day), labels::half(half).to_lowercase());
        Choice::new(format!("{}-{}", day.number_from_monday(), half.word()), label)
    })
    .collect()
}

fn shown_days(whole_week: bool) -> &'static [Weekday] {
    if whole_week { &WEEKDAYS } else { &WEEKDAYS[..5] }
}

/// Whether something is said of a Saturday or a Sunday of the month.
fn weekend_said(sheet: &Sheet, range: Period) -> bool {
    let weekend = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    sheet.half_days(range).all().any(|(day, _, state)| weekend(day) && state.is_available())
}

/// A sheet, and what its missions are called.
type Titled<'a> = (&'a Sheet, &'a HashMap<String, String>);

fn weeks(known: Titled<'_>, first: Date, today: Date, whole_week: bool, may_edit: bool) -> Vec<Vec<DayCell>> {
    let columns = shown_days(whole_week).len();
    let last = month(first).last().unwrap_or(first);
    let mut weeks = Vec::new();
    let mut start = monday(first);
    while start <= last {
        let days = (0..7).map(|shift| add_days(start, shift)).take(columns);
        let week: Vec<_> = days.map(|day| cell(known, first, day, today, may_edit)).collect();
        if week.iter().any(|cell| cell.number.is_some()) {
            weeks.push(week);
        }
        start = add_days(start, 7);
    }
    weeks
}

fn cell(known: Titled<'_>, first: Date, day: Date, today: Date, may_edit: bool) -> DayCell {
    let (sheet, _) = known;
    if day.month() != first.month() {
        return DayCell {
            number: None,
            name: String::new(),
            notes: vec![],
            past: false,
            today: false,
            whole: None,
            halves: vec![],
        };
    }
    let holiday = sheet.declared.calendar.holiday(day).map(str::to_owned);
    let school = sheet.school_holiday(day).map(|one| one.name.clone());
    let mut halves = HALVES.map(|half| half_cell(known, day, half, may_edit && day >= today)).to_vec();
    let whole = whole_day(sheet, day, &mut halves);
    DayCell {
        number: Some(day.day()),
        name: labels::day(day),
        notes: holiday.into_iter().chain(school).collect(),
        past: day < today,
        today: day == today,
        whole,
        halves,
    }
}

/// What takes both half-days of a day is told once, and taken from them.
fn whole_day(sheet: &Sheet, day: Date, halves: &mut [HalfCell]) -> Option<EngagedCell> {
    let [morning, afternoon] = HALVES.map(|half| sheet.engagement(day, half));
    if morning.is_none() || morning != afternoon {
        return None;
    }
    let told: Vec<EngagedCell> = halves.iter_mut().filter_map(|half| half.engaged.take()).collect();
    let conflict = told.iter().any(|one| one.conflict);
    told.into_iter().next().map(|one| EngagedCell { conflict, ..one })
}

fn engaged((sheet, titles): Titled<'_>, day: Date, half: HalfDay) -> Option<EngagedCell> {
    let named = sheet.engagement(day, half)?;
    let to = |section: &str, number: Option<&str>| {
        number.map(|number| format!("/{section}/{number}")).unwrap_or_default()
    };
    let title = named.mission().and_then(|number| titles.get(&number));
    Some(EngagedCell {
        title: labels::engaged(named, title.map(String::as_str)),
        href: match named {
            Named::Mission(number) => to("missions", number.as_deref()),
            Named::Visit(number) => to("agrements", number.as_deref()),
            Named::Session(number) => to("sessions", number.as_deref()),
            Named::Meeting(number) => format!("/reunions/{number}"),
        },
        conflict: sheet.contradicts(day, half),
    })
}

fn half_cell(known: Titled<'_>, day: Date, half: HalfDay, editable: bool) -> HalfCell {
    let state = known.0.declared.state(day, half);
    HalfCell {
        value: format!("{}-{}", iso(day), half.word()),
        label: labels::half(half),
        free: state.is_available(),
        editable,
        state: labels::state(state),
        engaged: engaged(known, day, half),
    }
}

fn conflicts(weeks: &[Vec<DayCell>]) -> Vec<String> {
    let told = |day: &DayCell| -> Vec<String> {
        let whole = day.whole.iter().map(|one| (one, format!("{}, {}", day.name, labels::WHOLE_DAY)));
        let half = |half: &HalfCell| {
            let one = half.engaged.clone()?;
            Some((one, format!("{} {}", day.name, half.label.to_lowercase())))
        };
        let halves = day.halves.iter().filter_map(half);
        let all = whole.map(|(one, when)| (one.clone(), when)).chain(halves);
        all.filter(|(one, _)| one.conflict).map(|(one, when)| format!("{when}, {}", one.title)).collect()
    };
    weeks.iter().flatten().flat_map(told).collect()
}

fn margin(sheet: &Sheet, sees_calendar: bool) -> Vec<Fact> {
    let row = &sheet.expert;
    let declared = sheet.declared_at.and_then(|at| date_in_zone(at, &row.zone).ok());
    let declared = declared.map_or_else(|| labels::NEVER.to_owned(), calendar::written);
    let place = territory::department(&row.department);
    let region = place.and_then(territory::Department::region).map_or("", |region| region.name);
    let zone = SchoolZone::of_department(&row.department);
    let note = if sheet.school_known {
        labels::school_note(&sheet.school)
    } else if sheet.territory_known {
        labels::SCHOOL_UNKNOWN.to_owned()
    } else {
        labels::TERRITORY_UNKNOWN.to_owned()
    };
    let zone_name = zone.map_or_else(|| labels::NO_ZONE.to_owned(), labels::school_zone);
    let school = Fact::new(labels::SCHOOL, zone_name).with_note(note);
    vec![
        Fact::new(labels::DECLARED, declared),
        Fact::new(labels::LIVES, place.map_or_else(|| row.department.clone(), |one| one.name.to_owned()))
            .with_note(region),
        if sees_calendar { school.to("/parametres/calendrier-scolaire") } else { school },
    ]
}
