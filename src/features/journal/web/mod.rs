//! `/journal`: search, the state of the chain, its verification, its copy.

pub mod detail;
pub mod labels;
pub mod view;

use poem::web::Query;
use poem::{Body, Response, Result, Route, get, handler, post};
use time::macros::format_description;
use time::{Date, OffsetDateTime, Time};
use uuid::Uuid;

use super::api::{PATIENCE, file_name};
use super::labels::Family;
use super::queries::{self, Entry, Search};
use super::{JournalError, actions};
use crate::db::{Cursor, Page as Rows, PageRequest};
use crate::features::settings;
use crate::http::web::component::{Choice, Pagination};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::Flash;
use crate::http::web::{FormData, Page, WebError, flash};
use crate::rules::deadline;
use crate::rules::territory::PARIS;
use view::{Detail, JournalPage, OfflinePage, Panel, Row, grouped};

const PATH: &str = "/journal";
/// Acts on a page.
const SHOWN: u64 = 50;

/// Adds the pages of the journal.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/journal", get(list))
        .at("/journal/hors-ligne", get(offline))
        .at("/journal/verification", post(verify).get(back))
        .at("/journal/export", post(export).get(back))
}

/// The address that a message gives for a page that only acts.
#[handler]
fn back() -> Response {
    use poem::IntoResponse;
    poem::web::Redirect::see_other(PATH).into_response()
}

#[handler]
async fn list(page: Page, Query(typed): Query<Vec<(String, String)>>) -> Result<Response> {
    let asked = Asked::read(&typed);
    let conn = page.app.db.read();
    let mut request = PageRequest::first(SHOWN);
    request.after = asked.one("curseur").and_then(Cursor::decode);
    let found = queries::search(conn, page.actor(), &asked.search, &request).await.map_err(WebError::from)?;
    let rows = rows(&page, &asked, &found).await.map_err(WebError::from)?;
    let next = found.next.as_ref().map(|cursor| asked.href(&[("curseur", &cursor.encode())]));
    let shell = page.shell("Journal").with_errors(asked.form.has_errors());
    let context = JournalPage {
        shell,
        panel: panel(&page).await.map_err(WebError::from)?,
        form: asked.form.clone(),
        families: Family::ALL.iter().map(|family| Choice::new(family.word(), family.label())).collect(),
        author: asked.one("auteur").unwrap_or_default().to_owned(),
        subject: asked.search.subject_label.clone().unwrap_or_default(),
        note: labels::count(rows.len(), next.is_some() || request.after.is_some()),
        rows,
        pages: Pagination { first: request.after.is_some().then(|| asked.href(&[])), next },
    };
    page.answer(&context)
}

async fn panel(page: &Page) -> Result<Panel, JournalError> {
    let conn = page.app.db.read();
    let verified = queries::newest(conn, "journal.verified").await?;
    let verified = verified.as_ref().map(|(row, found)| (*row.at, found));
    let newest = super::newest_seal(conn).await?;
    let recipients = settings::head_recipients(conn).await?.len();
    Ok(Panel::new(verified, newest.as_ref(), recipients))
}

async fn rows(page: &Page, asked: &Asked, found: &Rows<Entry>) -> Result<Vec<Row>, JournalError> {
    let conn = page.app.db.read();
    let open = asked.one("ouvert").and_then(|id| Uuid::parse_str(id).ok());
    let mut rows = Vec::with_capacity(found.items.len());
    for entry in &found.items {
        let id = entry.event.id;
        let opened = open == Some(id.0);
        let cursor = ("curseur", asked.one("curseur").unwrap_or_default());
        let key = id.to_string();
        let href = if opened { asked.href(&[cursor]) } else { asked.href(&[cursor, ("ouvert", &key)]) };
        let author = |id: Uuid| format!("{PATH}?auteur={id}");
        let who = entry.event.actor_id.map(author).unwrap_or_default();
        let mut row = Row::new(entry, format!("{href}#acte-{id}"), who);
        if opened {
            let (entry, personal) = queries::one(conn, page.actor(), id).await?;
            let before = queries::leaf_before(conn, entry.seq).await?;
            row.detail = Some(Detail::new(&entry, &personal, before.as_deref()));
        }
        rows.push(row);
    }
    Ok(rows)
}

/// What the address asks for.
struct Asked {
    typed: Vec<(String, String)>,
    search: Search,
    form: FormState,
}

impl Asked {
    fn read(typed: &[(String, String)]) -> Self {
        let one = |name: &str| {
            let found = typed.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
            found.filter(|value| !value.is_empty() && !value.contains(char::is_control))
        };
        let mut errors = FieldErrors::default();
        let mut day = |name: &str, later: i32| match one(name).map(instant_of) {
            Some(None) => {
                errors.push(format!("/{name}"), labels::NOT_A_DAY);
                None
            }
            found => found.flatten().and_then(|date| start(date, later)),
        };
        let (from, mut until) = (day("du", 0), day("au", 1));
        if from.zip(until).is_some_and(|(from, until)| from >= until) {
            errors.push("/au", labels::ENDS_BEFORE);
            until = None;
        }
        let ticked: Vec<Family> = typed
            .iter()
            .filter(|(key, _)| key == "actes")
            .filter_map(|(_, word)| Family::from_word(word))
            .collect();
        let boxes = if ticked.is_empty() { Family::ALL.to_vec() } else { ticked.clone() };
        let fields = ["du", "au", "objet"].map(|name| (name, one(name).unwrap_or_default()));
        let values = fields.into_iter().chain(boxes.iter().map(|family| ("actes", family.word())));
        let search = Search {
            from,
            until,
            subject_label: one("objet").map(str::to_owned),
            families: if ticked.len() == Family::ALL.len() { Vec::new() } else { ticked },
            actor: one("auteur").and_then(|id| Uuid::parse_str(id).ok()),
            ..Search::default()
        };
        Self { typed: typed.to_vec(), search, form: FormState::filled(values).with_errors(errors) }
    }

    fn one(&self, name: &str) -> Option<&str> {
        self.typed.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The same search, elsewhere in the list.
    fn href(&self, more: &[(&str, &str)]) -> String {
        let kept = self
            .typed
            .iter()
            .filter(|(key, _)| ["du", "au", "objet", "actes", "auteur"].contains(&key.as_str()));
        let kept = kept.map(|(key, value)| (key.as_str(), value.as_str()));
        let pairs = kept.chain(more.iter().copied()).filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = pairs.map(|(key, value)| format!("{key}={}", encoded(value))).collect();
        if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{}", query.join("&")) }
    }
}

fn encoded(value: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    value.bytes().map(byte).collect()
}

fn instant_of(text: &str) -> Option<Date> {
    Date::parse(text, format_description!("[year]-[month]-[day]")).ok()
}

/// The first instant of a day in Paris, some days later.
fn start(date: Date, later: i32) -> Option<OffsetDateTime> {
    deadline::instant(deadline::add_days(date, later), Time::MIDNIGHT, PARIS).ok()
}

#[handler]
async fn verify(page: Page, _form: FormData) -> Result<Response> {
    let verification = actions::verify(&page.app, page.actor().clone(), None, |_| Vec::new());
    let outcome = tokio::time::timeout(PATIENCE, verification).await;
    let outcome = outcome.map_err(|_| JournalError::TooLong).flatten().map_err(WebError::from)?;
    let flash = match outcome.divergence() {
        None => Flash::done(labels::VERIFIED, labels::verified(outcome.report())),
        Some(divergence) => Flash::problem(labels::ALTERED, divergence.sentence()),
    };
    Ok(flash::redirect(PATH, &flash))
}

#[handler]
async fn export(page: Page, _form: FormData) -> Result<Response> {
    let export = actions::export(&page.app, page.actor().clone()).await.map_err(WebError::from)?;
    let name = file_name(export.header().tree_size);
    Ok(Response::builder()
        .content_type("application/jsonl")
        .header("content-disposition", name)
        .body(Body::from_bytes_stream(export.stream())))
}

#[handler]
async fn offline(page: Page) -> Result<Response> {
    queries::readable_by(page.actor()).map_err(WebError::from)?;
    let conn = page.app.db.read();
    let keys = queries::key_names(conn).await.map_err(WebError::from)?;
    let newest = super::newest_seal(conn).await.map_err(|error| WebError::from(JournalError::from(error)))?;
    let root = newest.map(|seal| grouped(&seal.root)).unwrap_or_default();
    page.answer(&OfflinePage { shell: page.shell(labels::OFFLINE), keys, root })
}
