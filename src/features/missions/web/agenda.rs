//! `/agenda`: the missions that one holds, the visits that one makes and the meetings that one is invited to, month by month,
//! and the address under which a calendar reads them.

use askama::Template;
use poem::http::{StatusCode, header};
use poem::web::Path;
use poem::{Request, Response, Result, handler};
use time::{Date, OffsetDateTime};

use super::super::dossier::Dossier;
use super::super::{MissionError, actions, labels, queries, wording};
use super::labels as words;
use super::list::Item;
use crate::authz::{Facts, Permission, allows};
use crate::events::InvitationMethod;
use crate::features::meetings::queries::{Invited, invited_to};
use crate::features::{agreements, meetings};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::{french, ics};
use crate::rules::deadline;
use crate::rules::engagement::VISIT;
use crate::rules::territory::PARIS;

/// A month and what it holds.
#[derive(Clone, Debug)]
pub struct Month {
    /// "mars 2026".
    pub name: String,
    /// Its missions, its visits and its meetings, by date.
    pub items: Vec<Item>,
}

/// `/agenda`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/missions/agenda.html")]
pub struct AgendaPage {
    /// The shell.
    pub shell: Shell,
    /// The months that hold something.
    pub months: Vec<Month>,
    /// Since when the agenda has an address.
    pub since: Option<String>,
    /// The address, told once, just after it was made.
    pub address: Option<String>,
}

#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    answer(&page, None).await
}

async fn answer(page: &Page, address: Option<String>) -> Result<Response> {
    let own = page.actor().expert();
    let facts = Facts { expert: own, ..Facts::default() };
    let _allowed = allows(page.actor(), Permission::AgendaFeed, &facts).map_err(WebError::from)?;
    let own = own.ok_or(MissionError::NotFound).map_err(WebError::from)?;
    let (conn, now) = (page.app.db.read(), page.app.now());
    let held = queries::held_by(conn, own, now).await.map_err(WebError::from)?;
    let since = queries::feed_since(conn, own).await.map_err(WebError::from)?;
    let visits = agreements::queries::visits_of(conn, own, now - VISIT).await.map_err(WebError::from)?;
    let invited = invited_to(conn, own, now).await.map_err(WebError::from)?;
    let held = held.iter().filter(|one| *one.mission.ends_at >= now).filter_map(of_mission);
    let dated = held.chain(visits.iter().filter_map(of_visit)).chain(invited.iter().filter_map(of_meeting));
    let mut coming: Vec<Dated> = dated.collect();
    coming.sort_by_key(|one| one.at);
    page.answer(&AgendaPage {
        shell: page.shell(words::AGENDA),
        months: months(coming),
        since: since.map(|at| wording::local_day(at, PARIS)),
        address,
    })
}

/// An engagement, its instant and its day where it takes place.
struct Dated {
    at: OffsetDateTime,
    day: Date,
    item: Item,
}

fn of_mission(one: &Dossier) -> Option<Dated> {
    let mission = &one.mission;
    let place = match &one.structure {
        Some(structure) => format!("{}, {}", structure.name, mission.place),
        None => mission.place.clone(),
    };
    let item = Item {
        href: one.path(),
        number: mission.number.clone(),
        title: mission.title.clone(),
        when: wording::when(mission),
        place,
        status: labels::state(mission.state),
    };
    let day = deadline::date_in_zone(*mission.starts_at, &mission.zone).ok()?;
    Some(Dated { at: *mission.starts_at, day, item })
}

fn of_visit(one: &agreements::Dossier) -> Option<Dated> {
    let request = &one.request;
    let (at, zone) = (*request.visit_at?, request.visit_zone.as_deref()?);
    let item = Item {
        href: one.path(),
        number: one.reference().to_owned(),
        title: words::VISIT.to_owned(),
        when: agreements::wording::instant(at, zone),
        place: format!("{}, {}", one.structure.name, request.visit_place.as_deref().unwrap_or_default()),
        status: agreements::labels::state(request.state),
    };
    Some(Dated { at, day: deadline::date_in_zone(at, zone).ok()?, item })
}

fn of_meeting(one: &Invited) -> Option<Dated> {
    let (row, at) = (&one.meeting, *one.meeting.starts_at);
    let item = Item {
        href: format!("/reunions/{}", row.number),
        number: row.number.clone(),
        title: meetings::labels::title(row.kind).to_owned(),
        when: meetings::labels::when(at, one.zone()),
        place: meetings::labels::place(row),
        status: meetings::labels::answer(one.answer),
    };
    Some(Dated { at, day: deadline::date_in_zone(at, one.zone()).ok()?, item })
}

fn months(dated: Vec<Dated>) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for one in dated {
        let name = words::month(&french::date(one.day));
        match months.last_mut().filter(|month| month.name == name) {
            Some(month) => month.items.push(one.item),
            None => months.push(Month { name, items: vec![one.item] }),
        }
    }
    months
}

/// Makes the address. It is shown once, on the page that answers: only its hash is kept.
#[handler]
pub(super) async fn open(page: Page, _form: FormData) -> Result<Response> {
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let address = actions::open_feed(&mut tx).await?;
        tx.commit().await?;
        Ok::<_, MissionError>(address)
    };
    let address = done.await.map_err(WebError::from)?;
    answer(&page, Some(address)).await
}

/// Closes it.
#[handler]
pub(super) async fn close(page: Page, _form: FormData) -> Result<Response> {
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::close_feed(&mut tx).await?;
        Ok::<_, MissionError>(tx.commit().await?)
    };
    done.await.map_err(WebError::from)?;
    Ok(flash::redirect("/agenda", &words::feed_closed()))
}

/// The calendar itself, to whoever holds its address.
#[handler]
pub(super) async fn feed(page: PublicPage, request: &Request, Path(file): Path<String>) -> Result<Response> {
    let unknown = || poem::Error::from_status(StatusCode::NOT_FOUND);
    let token = file.strip_suffix(".ics").ok_or_else(unknown)?;
    let (conn, now) = (page.app.db.read(), page.app.now());
    let owner = queries::owner_of_feed(conn, token).await.map_err(WebError::from)?.ok_or_else(unknown)?;
    let held = queries::held_by(conn, owner, now).await.map_err(WebError::from)?;
    let visits = agreements::queries::visits_of(conn, owner, now - queries::BEHIND);
    let visits = visits.await.map_err(WebError::from)?;
    let invited = invited_to(conn, owner, now - queries::BEHIND).await.map_err(WebError::from)?;
    let missions = held.iter().map(|one| actions::invitation(one, InvitationMethod::Request));
    let visits = visits.iter().filter_map(agreements::actions::visit::in_calendar);
    let meetings =
        invited.iter().map(|one| meetings::invitation(&one.meeting, InvitationMethod::Request, &one.home));
    let dates: Vec<_> = missions.chain(visits).chain(meetings).collect();
    let text = ics::feed(words::FEED_NAME, &dates, now);
    let body = if request.method() == poem::http::Method::HEAD { String::new() } else { text };
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, "text/calendar; charset=utf-8")
        .header(header::CACHE_CONTROL, "private, no-cache")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(body))
}
