//! `/agrements`: the requests that this person may see, newest first, filtered from the margin.

use askama::Template;
use entity::agreement_request::RequestState;
use poem::web::Query;
use poem::{Request, Response, Result, handler};
use time::OffsetDateTime;

use super::steps::dated;
use crate::authz::{Actor, Permission, rules};
use crate::db::{Cursor, PageRequest};
use crate::features::agreements::queries::{self, RequestFilter, RequestLine};
use crate::features::agreements::{labels, state};
use crate::features::settings;
use crate::http::web::component::{AsOf, Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::french;
use crate::rules::deadline::{date_in_zone, day_in_zone};
use crate::rules::delays::AgreementDelays;
use crate::rules::territory::{self, PARIS};
use crate::rules::typed_date;

const ROWS: u64 = 25;

/// One line.
#[derive(Clone, Debug)]
pub struct RequestRow {
    /// Number.
    pub reference: String,
    /// Name of the structure.
    pub structure: String,
    /// Commune and department.
    pub place: String,
    /// Certification, and first request or renewal.
    pub certification: String,
    /// First request or renewal.
    pub kind: &'static str,
    /// State.
    pub status: Status,
    /// Day of the first submission.
    pub submitted: String,
    /// Announced day of the decision.
    pub expected: String,
    /// Day until which the structure, or the officer, is to answer.
    pub deadline: String,
    /// The deadline has passed.
    pub late: bool,
}

impl RequestRow {
    /// A line at an instant.
    fn of(line: &RequestLine, delays: &AgreementDelays, now: OffsetDateTime) -> Self {
        let today = day_in_zone(now, PARIS);
        let due = line.due_on(delays.return_within_days);
        let there = date_in_zone(now, &line.zone).unwrap_or(today);
        let department = territory::department(&line.department).map_or(line.department.as_str(), |d| d.name);
        Self {
            reference: line.reference().to_owned(),
            structure: line.structure_name.clone(),
            place: format!("{} ({department})", line.commune),
            certification: labels::certification(line.certification()),
            kind: labels::kind(line.kind),
            status: labels::state(line.state),
            submitted: dated(line.submitted_at, now),
            expected: line
                .decision_expected_on
                .filter(|_| !state::is_decided(line.state))
                .map(|day| french::short_date_from(day, today))
                .unwrap_or_default(),
            deadline: due.map(|day| french::short_date_from(day, today)).unwrap_or_default(),
            // The end of the delay to appeal is nobody's lateness.
            late: line.state != RequestState::Refused && due.is_some_and(|day| day < there),
        }
    }
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/list.html")]
pub struct RequestsPage {
    /// The shell.
    pub shell: Shell,
    /// What is asked, as the filters show it.
    pub form: FormState,
    /// Every state.
    pub states: Vec<Choice>,
    /// Years to choose from.
    pub years: Vec<Choice>,
    /// Lines.
    pub rows: Vec<RequestRow>,
    /// "25 demandes affichées".
    pub count: String,
    /// Said when the day looked at is not today.
    pub past: Option<AsOf>,
    /// Something is filtered.
    pub filtered: bool,
    /// Where the list continues.
    pub pages: Pagination,
    /// A draft may be opened.
    pub may_create: bool,
    /// The registers of the team are shown.
    pub is_house: bool,
}

#[handler]
pub(super) async fn list(
    page: Page,
    request: &Request,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response> {
    let now = page.app.now();
    let one = |name: &str| asked.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim());
    let wanted = asked.iter().filter(|(key, _)| key == "statut");
    let today = page.app.today();
    let filter = RequestFilter {
        states: wanted.filter_map(|(_, word)| RequestState::from_word(word)).collect(),
        q: one("q").to_owned(),
        submitted_in: one("annee").parse().ok(),
        visited_in: one("controle").parse().ok(),
        on: typed_date::parse(one("au")).filter(|day| *day < today),
        ..RequestFilter::default()
    };
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(one("suite"));
    let is_first = wanted.after.is_none();
    let found = queries::requests(page.app.db.read(), page.actor(), &filter, &wanted).await;
    let found = found.map_err(WebError::from)?;
    let delays = settings::agreement_delays(page.app.db.read()).await.map_err(WebError::from)?;
    let address = |cursor: Option<&Cursor>| address(request, cursor);
    let shown = i64::try_from(found.items.len()).unwrap_or_default();
    let in_a_year = filter.submitted_in.is_some() || filter.visited_in.is_some();
    let filtered = !filter.states.is_empty() || !filter.q.is_empty() || in_a_year || filter.on.is_some();
    page.answer(&RequestsPage {
        shell: page.shell(title(page.actor())),
        form: FormState::filled(asked.iter().map(|(key, value)| (key.as_str(), value.as_str()))),
        states: RequestState::all()
            .map(|state| Choice::new(state.word(), labels::state(state).word))
            .collect(),
        years: (2020..=now.year())
            .rev()
            .map(|year| Choice::new(year.to_string(), year.to_string()))
            .collect(),
        count: match found.next {
            Some(_) => format!("{} sur cette page", french::plural(shown, "demande", "demandes")),
            None => french::plural(shown, "demande", "demandes"),
        },
        pages: Pagination {
            first: (!is_first).then(|| address(None)),
            next: found.next.as_ref().map(|cursor| address(Some(cursor))),
        },
        rows: found.items.iter().map(|line| RequestRow::of(line, &delays, now)).collect(),
        past: filter.on.and_then(|day| AsOf::of(day, today, address_without(request, &["suite", "au"]))),
        filtered,
        may_create: may_create(page.actor()),
        is_house: page.actor().is_staff(),
    })
}

fn title(actor: &Actor) -> &'static str {
    if actor.expert().is_some() && !actor.is_staff() { "Mes visites" } else { "Agréments" }
}

/// Whether some role of this person opens drafts, whatever the structure.
pub(super) fn may_create(actor: &Actor) -> bool {
    rules(Permission::RequestCreate).iter().any(|rule| rule.role.is_some_and(|role| actor.has(role)))
}

/// The address of this list at a cursor: same filters.
fn address(request: &Request, cursor: Option<&Cursor>) -> String {
    let start = address_without(request, &["suite"]);
    match cursor {
        Some(cursor) => {
            let mark = if start.contains('?') { '&' } else { '?' };
            format!("{start}{mark}suite={}", cursor.encode())
        }
        None => start,
    }
}

/// The address of this list, some of what it asks left out.
fn address_without(request: &Request, names: &[&str]) -> String {
    let query = request.original_uri().query().unwrap_or_default();
    let left_out =
        |pair: &str| pair.is_empty() || names.contains(&pair.split('=').next().unwrap_or_default());
    let kept: Vec<&str> = query.split('&').filter(|pair| !left_out(pair)).collect();
    if kept.is_empty() { "/agrements".to_owned() } else { format!("/agrements?{}", kept.join("&")) }
}
