//! `/jurys/planning?mois=2024-02`: the requests that wait for somebody to preside, and the juries of a month.

use askama::Template;
use entity::jury_session::JuryState;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;
use time::{Date, Month, Weekday};

use super::super::labels;
use super::super::queries::{self, Clash, Planned, Waiting, day_of};
use crate::authz::{Facts, Permission, allows_somewhere, may_somewhere};
use crate::features::availability::{labels as words_of_time, queries as times};
use crate::features::settings;
use crate::http::web::component::{Link, Status};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::french;
use crate::rules::deadline::{add_days, add_months, local};
use crate::rules::half_day::{first_of_month, monday, month};
use crate::rules::referential::JuryRules;
use crate::rules::typed_date::iso;

/// A request in the margin.
#[derive(Clone, Debug)]
pub struct Request {
    /// Number.
    pub number: String,
    /// Where somebody is asked.
    pub href: String,
    /// What it waits for.
    pub status: Status,
    /// Days left to designate; empty without a date.
    pub countdown: String,
    /// Structure.
    pub structure: String,
    /// Commune and number of people.
    pub place: String,
    /// When, or the half-days that are wished, or that it is to be fixed.
    pub when: String,
    /// By when somebody should be designated; empty without a date.
    pub by: String,
}

/// A jury of a day.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its page.
    pub href: String,
    /// Class of the line.
    pub class: &'static str,
    /// Hour, where it takes place.
    pub hour: String,
    /// Structure.
    pub structure: String,
    /// Commune, and what it waits for.
    pub place: String,
}

/// A day of the month.
#[derive(Clone, Debug)]
pub struct DayCell {
    /// « 12 », « 1 mars ».
    pub number: String,
    /// « lundi ».
    pub weekday: &'static str,
    /// Whether it is of another month.
    pub outside: bool,
    /// The juries.
    pub events: Vec<Event>,
}

/// `/jurys/planning`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/panels/planning.html")]
pub struct PlanningPage {
    /// The shell.
    pub shell: Shell,
    /// The requests, the oldest first.
    pub requests: Vec<Request>,
    /// The usual delays.
    pub delays: String,
    /// « Février 2024 ».
    pub title: String,
    /// The month before.
    pub previous: Link,
    /// The month after.
    pub next: Link,
    /// The month of today; none when it is the one shown.
    pub now: Option<Link>,
    /// The juries of the month, as a file.
    pub file: String,
    /// Whether the visitor records a jury.
    pub may_ask: bool,
    /// School holidays of the month, zone by zone; empty when none is known.
    pub school: String,
    /// Names of the days.
    pub weekdays: Vec<&'static str>,
    /// Weeks.
    pub weeks: Vec<Vec<DayCell>>,
    /// Juries of one person too far from each other: the sentence, and where each is given to somebody else.
    pub clashes: Vec<(String, Vec<Link>)>,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) mois: String,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let actor = page.actor();
    allows_somewhere(actor, Permission::JuryPanelView, &Facts::default()).map_err(WebError::from)?;
    let conn = page.app.db.read();
    let today = page.app.today();
    let first = first_of(&asked.mois).unwrap_or_else(|| first_of_month(today));
    let last = month(first).last().unwrap_or(first);
    let (from, until) = (monday(first), add_days(monday(last), 6));
    let waiting = queries::waiting(conn, actor).await.map_err(WebError::from)?;
    let planned = queries::month(conn, actor, (from, until)).await.map_err(WebError::from)?;
    let rules = settings::mission_rules(conn).await.map_err(WebError::from)?;
    let school = times::school_calendar(conn, actor).await.map_err(WebError::from)?;
    let clashes = queries::clashes(&planned, &rules);
    let usual = JuryRules::default();
    let to = |shift: i32| {
        let other = add_months(first, shift);
        Link::new(labels::month(other), format!("/jurys/planning?mois={}", month_word(other)))
    };
    let days = shown_days(&planned);
    let context = PlanningPage {
        shell: page.shell(labels::PLANNING),
        requests: waiting.iter().map(|one| request(one, &usual, today)).collect(),
        delays: labels::delays(&usual),
        title: labels::month(first),
        previous: to(-1),
        next: to(1),
        now: (first != first_of_month(today)).then(|| Link::new(labels::TODAY, "/jurys/planning")),
        file: format!("/jurys/planning.csv?mois={}", month_word(first)),
        may_ask: may_somewhere(actor, Permission::JuryRequest),
        school: labels::school(&school, first, last),
        weekdays: days.iter().map(|day| words_of_time::weekday(*day)).collect(),
        weeks: weeks(&planned, &clashes, first, (from, until), days),
        clashes: clashes.iter().filter_map(|one| clash(one, &planned)).collect(),
    };
    page.answer(&context)
}

/// `2024-02`.
fn month_word(first: Date) -> String {
    iso(first).chars().take(7).collect()
}

/// The first day of the month of `2024-02`.
pub(super) fn first_of(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    let year: i32 = year.parse().ok().filter(|year| (1900..=2200).contains(year))?;
    Date::from_calendar_date(year, Month::try_from(month.parse::<u8>().ok()?).ok()?, 1).ok()
}

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// Monday to Friday, the whole week when a jury sits at its end.
fn shown_days(planned: &[Planned]) -> &'static [Weekday] {
    let days = planned.iter().filter_map(|one| day_of(&one.session));
    let ends = days.map(Date::weekday).any(|day| matches!(day, Weekday::Saturday | Weekday::Sunday));
    if ends { &WEEK } else { &WEEK[..5] }
}

fn request(one: &Waiting, rules: &JuryRules, today: Date) -> Request {
    let session = &one.session;
    let day = day_of(session);
    let by = day.map(|day| add_days(day, -rules.president_days));
    let people = labels::candidates(session.expected);
    Request {
        number: session.number.clone(),
        href: format!("/jurys/{}/affectation", session.number),
        status: labels::awaited(one.asked, day.is_some()),
        countdown: by.map(|by| labels::countdown((by - today).whole_days())).unwrap_or_default(),
        structure: one.structure.clone(),
        place: format!("{} ({}), {people}", one.commune, session.department),
        when: day.map_or_else(|| labels::wished(&one.wishes, today), french::long_date),
        by: by.map(labels::designate_by).unwrap_or_default(),
    }
}

fn weeks(
    planned: &[Planned],
    clashes: &[Clash],
    first: Date,
    (from, until): (Date, Date),
    days: &[Weekday],
) -> Vec<Vec<DayCell>> {
    let starts = std::iter::successors(Some(from), |day| Some(add_days(*day, 7)));
    let week = |start: Date| -> Vec<DayCell> {
        let shifts = (0..7).zip(WEEK).filter(|(_, day)| days.contains(day));
        shifts.map(|(shift, name)| cell(planned, clashes, first, add_days(start, shift), name)).collect()
    };
    starts.take_while(|start| *start <= until).map(week).collect()
}

fn cell(planned: &[Planned], clashes: &[Clash], first: Date, day: Date, name: Weekday) -> DayCell {
    let outside = day.month() != first.month();
    let own = planned.iter().filter(|one| day_of(&one.session) == Some(day));
    DayCell {
        number: if outside { french::short_date(day) } else { day.day().to_string() },
        weekday: words_of_time::weekday(name),
        outside,
        events: own.map(|one| event(one, clashes)).collect(),
    }
}

fn event(one: &Planned, clashes: &[Clash]) -> Event {
    let session = &one.session;
    let clashing = clashes.iter().any(|clash| clash.first == session.id || clash.second == session.id);
    let ahead = matches!(session.state, JuryState::Planned | JuryState::Confirmed | JuryState::Summoned);
    let class = match (&one.president, one.accepted) {
        _ if !ahead => "fait",
        _ if clashing => "conflit",
        (None, _) => "propose",
        (Some(_), false) => "attente",
        (Some(_), true) => "",
    };
    let at = session.starts_at.and_then(|at| local(*at, &session.zone).ok());
    Event {
        href: format!("/jurys/{}/membres", session.number),
        class,
        hour: at.map(|at| french::time_of_day(at.time())).unwrap_or_default(),
        structure: one.structure.clone(),
        place: labels::beside(&one.commune, class),
    }
}

/// The sentence, and where each of the two is given to somebody else.
fn clash(one: &Clash, planned: &[Planned]) -> Option<(String, Vec<Link>)> {
    let of = |id| planned.iter().find(|planned| planned.session.id == id);
    let (first, second) = (of(one.first)?, of(one.second)?);
    let to = |planned: &Planned| {
        let href = format!("/jurys/{}/membres", planned.session.number);
        Link::new(labels::reassign(&planned.session.number, &planned.structure), href)
    };
    let day = day_of(&second.session)?;
    Some((labels::clash(&one.name, day, one.gap), vec![to(first), to(second)]))
}
