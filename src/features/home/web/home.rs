//! `/` and `/accueil`: each person arrives in their own space.

use entity::agreement::AgreementState;
use entity::agreement_request::RequestState;
use entity::jury_session::JuryState;
use poem::web::{Query, Redirect};
use poem::{IntoResponse, Response, Result, handler};
use serde::Deserialize;
use time::Date;

use super::pages::{EmptyHomePage, Marker, MarkerGroup, RequestItem, StaffPage, StructureHomePage};
use super::{activity, expert, juries, todo};
use crate::authz::{Permission, may_somewhere};
use crate::db::PageRequest;
use crate::features::agreements;
use crate::features::agreements::queries::RequestLine;
use crate::features::agreements::web::draft::points_left;
use crate::features::home::labels::{self, Counter};
use crate::features::home::paris_day;
use crate::features::home::queries::{self, Heads, Markers};
use crate::features::missions::web::{REPORTS, VACANT};
use crate::http::web::address;
use crate::http::web::component::Link;
use crate::http::web::layout::Space;
use crate::http::web::page::{Page, PublicPage, WebError, space};
use crate::render::french;
use crate::rules::deadline::day_in_zone;
use crate::rules::typed_date;

/// Tasks shown before the link to all of them.
pub(super) const MOST_TASKS: usize = 25;
/// Requests shown to a structure.
const MOST_REQUESTS: u64 = 20;

/// Where a visitor belongs.
#[handler]
pub(super) async fn root(page: PublicPage) -> Response {
    let place = if page.visitor.is_some() { "/accueil" } else { "/catalogue" };
    Redirect::see_other(place).into_response()
}

#[derive(Deserialize)]
pub(super) struct Asked {
    /// Day of the head counts.
    au: Option<String>,
}

#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let today = paris_day(page.app.now());
    match space(page.actor()) {
        Space::Certification | Space::Audit => staff(&page, today, asked.au.as_deref()).await,
        Space::Expert => expert::answer(&page, today).await,
        Space::Structure => structure(&page, today).await,
        Space::Trainee | Space::Public => {
            let (shell, day) = (page.shell(greeting(&page)), day(today));
            page.answer(&EmptyHomePage { shell, day })
        }
    }
}

async fn staff(page: &Page, today: Date, au: Option<&str>) -> Result<Response> {
    let conn = page.app.db.read();
    let on = au.and_then(typed_date::parse).unwrap_or(today);
    let works = space(page.actor()) == Space::Certification;
    let waiting = async { if works { todo::waiting(page, MOST_TASKS).await } else { Ok(Vec::new()) } };
    let margin = async {
        let markers = queries::markers(conn, page.actor(), today, page.app.now()).await?;
        Ok::<_, WebError>((markers, queries::heads(conn, page.actor(), on).await?))
    };
    let figures =
        async { queries::activity(conn, page.actor(), page.app.now()).await.map_err(WebError::from) };
    let sees_juries = may_somewhere(page.actor(), Permission::JuryView);
    let next = async {
        if sees_juries {
            Box::pin(juries::coming(page, today, Some(juries::MONTH_DAYS))).await
        } else {
            Ok(Vec::new())
        }
    };
    let (tasks, (markers, heads), figures, next) = tokio::try_join!(waiting, margin, figures, next)?;
    page.answer(&StaffPage {
        shell: page.shell(greeting(page)),
        day: day(today),
        summary: if works { todo::summary(&tasks, today) } else { String::new() },
        margin: vec![now(&markers), entitled(page, heads, on, today)],
        todo: works.then(|| todo::grouped(page.actor(), &tasks, today, MOST_TASKS, false)),
        activity: activity::table(page.actor(), &figures),
        juries: sees_juries.then_some(next),
        may_create: may_somewhere(page.actor(), Permission::RequestCreate),
    })
}

fn now(markers: &Markers) -> MarkerGroup {
    use RequestState as S;
    let requests: [(Counter, &[S]); 7] = [
        (Counter::Submitted, &[S::Submitted]),
        (Counter::Incomplete, &[S::Incomplete]),
        (Counter::Complete, &[S::Complete]),
        (Counter::Visits, &[S::VisitToSchedule, S::VisitScheduled, S::VisitDone, S::Adversarial]),
        (Counter::Opinions, &[S::OpinionGiven]),
        (Counter::Committee, &[S::InCommittee]),
        (Counter::Appeals, &[S::Appeal]),
    ];
    let mut counted: Vec<_> = requests
        .into_iter()
        .map(|(name, states)| {
            let words = states.iter().map(|state| state.word());
            marker(name, markers.requests_in(states), any_of("/agrements", "statut", words))
        })
        .collect();
    let rights: [(Counter, &[AgreementState]); 2] = [
        (Counter::Conventions, &[AgreementState::Pending]),
        (Counter::Agreed, &[AgreementState::Active, AgreementState::ActiveWithReserves]),
    ];
    counted.extend(rights.into_iter().map(|(name, states)| {
        let words = states.iter().map(|state| state.word());
        marker(name, markers.rights_in(states), any_of("/agrements/droits", "etat", words))
    }));
    let juries = [(Counter::JuriesAsked, JuryState::Requested), (Counter::MinutesToSign, JuryState::ToSign)];
    counted.extend(juries.into_iter().map(|(name, state)| {
        let word = state.word();
        marker(name, markers.juries_in(state), address::with_query("/jurys", &[("etat", word.as_str())]))
    }));
    let missions = [(Counter::Vacant, markers.vacant, VACANT), (Counter::Reports, markers.reports, REPORTS)];
    counted.extend(
        missions.into_iter().map(|(name, count, word)| {
            marker(name, count, address::with_query("/missions", &[("etat", word)]))
        }),
    );
    MarkerGroup { title: labels::NOW.to_owned(), markers: counted, more: None }
}

/// A list limited to any of these words, as its form says it: one parameter for each.
fn any_of(path: &str, name: &str, words: impl Iterator<Item = String>) -> String {
    let parameters: Vec<String> = words.map(|word| format!("{name}={word}")).collect();
    format!("{path}?{}", parameters.join("&"))
}

fn entitled(page: &Page, heads: Heads, on: Date, today: Date) -> MarkerGroup {
    let day = typed_date::iso(on);
    let network = may_somewhere(page.actor(), Permission::NetworkView);
    let more = network.then(|| Link::new(labels::NETWORK, format!("/intervenants/reseau?au={day}")));
    let list = |duty: &str| format!("/intervenants?fonction={duty}&au={day}");
    let markers = [
        (Counter::Mandataires, heads.mandataires, list("mandataire")),
        (Counter::Controleurs, heads.controleurs, list("controleur")),
        (Counter::Epsp, heads.epsp, list("epsp")),
        (Counter::People, heads.people, format!("/intervenants?au={day}")),
    ];
    let markers = markers
        .into_iter()
        .map(|(name, count, href)| marker(name, i64::try_from(count).unwrap_or(i64::MAX), href));
    let title = if on == today { labels::ENTITLED.to_owned() } else { labels::entitled_on(on) };
    MarkerGroup { title, markers: markers.collect(), more }
}

fn marker(name: Counter, count: i64, href: String) -> Marker {
    Marker { count: french::integer(count), label: labels::counter(name, count < 2), href }
}

async fn structure(page: &Page, today: Date) -> Result<Response> {
    let conn = page.app.db.read();
    let tasks = todo::waiting(page, MOST_TASKS).await?;
    let first = PageRequest::first(MOST_REQUESTS);
    let filter = agreements::queries::RequestFilter::default();
    let requests =
        agreements::queries::requests(conn, page.actor(), &filter, &first).await.map_err(WebError::from)?;
    let every = agreements::queries::RightFilter::default();
    let rights =
        agreements::queries::agreements(conn, page.actor(), &every, &first).await.map_err(WebError::from)?;
    let draft = requests.items.iter().find(|line| line.state == RequestState::Draft);
    let left = match draft {
        Some(line) => Some((line.id, Box::pin(points_left(page, line.id)).await.map_err(WebError::from)?)),
        None => None,
    };
    let request = |line: RequestLine| {
        let left = left.filter(|(id, _)| *id == line.id).map(|(_, count)| count);
        request_item(page, &line, left)
    };
    let right = |right: entity::agreement::Model| RequestItem {
        status: agreements::labels::right_state_on(&right, today),
        about: french::date_range(right.starts_on, right.ends_on),
        when: String::new(),
        act: None,
        reference: right.number,
    };
    page.answer(&StructureHomePage {
        shell: page.shell(greeting(page)),
        day: day(today),
        summary: todo::summary(&tasks, today),
        todo: todo::grouped(page.actor(), &tasks, today, MOST_TASKS, false),
        requests: requests.items.into_iter().map(request).collect(),
        rights: rights.items.into_iter().map(right).collect(),
        juries: Box::pin(juries::coming(page, today, None)).await?,
    })
}

/// A request as its structure sees it on its home page; of a draft, how many points are left when they were counted.
fn request_item(page: &Page, line: &RequestLine, left: Option<usize>) -> RequestItem {
    let path = format!("/agrements/{}", line.reference());
    let day = |at: entity::Instant| day_in_zone(*at, &line.zone);
    let appeal = line.appeal_until.filter(|until| **until >= page.app.now());
    let (when, act) = match (line.state, appeal) {
        (RequestState::Draft, _) => (
            line.touched_at.map(|at| labels::draft_saved(day(at), left)).unwrap_or_default(),
            Some(Link::new(labels::RESUME_DRAFT, format!("{path}/brouillon"))),
        ),
        (RequestState::Refused, Some(until)) => {
            (labels::appeal_until(day(until)), Some(Link::new(labels::APPEAL, path)))
        }
        (state, _) => {
            let expected = line.decision_expected_on.filter(|_| !agreements::state::is_decided(state));
            (expected.map(labels::decision_expected).unwrap_or_default(), None)
        }
    };
    RequestItem {
        reference: line.reference().to_owned(),
        about: agreements::labels::certification(line.certification()),
        when,
        act,
        status: agreements::labels::state(line.state),
    }
}

/// « Bonjour Camille »: the first of the names of the account.
pub(super) fn greeting(page: &Page) -> String {
    let name = page.visitor.account.name.split_whitespace().next().unwrap_or_default();
    format!("{} {name}", labels::HELLO).trim_end().to_owned()
}

pub(super) fn day(today: Date) -> String {
    labels::capitalised(&french::long_date(today))
}
