//! `/courriels`: what waits for somebody first, then everything, newest first.

use askama::Template;
use entity::mail::MailState;
use poem::web::{Query, Redirect};
use poem::{IntoResponse, Response, Result, handler};
use serde::Deserialize;
use time::OffsetDateTime;

use super::super::labels::{self, mail_status};
use super::super::queries::{self, Filter, MailLine};
use super::ZONE;
use crate::db::{Cursor, PageRequest};
use crate::http::web::address::with_query;
use crate::http::web::component::{Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters};

const ROWS: u64 = 25;

/// One mail of the list.
#[derive(Clone, Debug)]
pub struct MailRow {
    /// Address of its page.
    pub href: String,
    /// Subject.
    pub subject: String,
    /// Who it is for.
    pub recipient: &'static str,
    /// What it is about.
    pub object: String,
    /// Where it is.
    pub status: Status,
    /// Why it is not sent, or what the relay said; may be empty.
    pub answer: String,
    /// When it was sent, or else made.
    pub at: OffsetDateTime,
}

impl From<MailLine> for MailRow {
    fn from(line: MailLine) -> Self {
        let waits = matches!(line.state, MailState::Failed | MailState::Pending);
        Self {
            href: format!("/courriels/{}", line.id),
            subject: line.subject,
            recipient: labels::recipient(&line.recipient),
            object: labels::object(&line.subject_kind, &line.object),
            status: mail_status(line.state),
            answer: line.answer.filter(|_| waits).unwrap_or_default(),
            at: *line.sent_at.unwrap_or(line.created_at),
        }
    }
}

/// One way to narrow the list.
#[derive(Clone, Debug)]
pub struct StateTab {
    /// Its words.
    pub label: &'static str,
    /// Its address.
    pub href: String,
    /// Whether the list shows it.
    pub current: bool,
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/mail/list.html")]
pub struct MailsPage {
    /// The shell.
    pub shell: Shell,
    /// Zone of the hours.
    pub zone: &'static str,
    /// The number, the key or the address looked for: `pour`.
    pub form: FormState,
    /// Whether one is.
    pub filtered: bool,
    /// The states.
    pub tabs: Vec<StateTab>,
    /// Failed mails, shown above the whole list.
    pub failed: Vec<MailRow>,
    /// The mails asked.
    pub rows: Vec<MailRow>,
    /// Where the list continues.
    pub pages: Pagination,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    etat: String,
    pour: String,
    suite: String,
}

/// The list; whose mails it shows is said by a number or a key, since addresses stay out of those of pages.
#[handler]
pub(super) async fn list(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let word = asked.pour.trim();
    if word.contains('@') {
        return looked_for(&page, word).await;
    }
    let address = match word {
        "" => None,
        word => {
            let found = queries::address_of(&page.app.db, page.actor(), word).await;
            Some(found.map_err(WebError::from)?.unwrap_or_else(|| word.to_owned()))
        }
    };
    shown(&page, &asked, word, address).await
}

/// Looks for the mails of an address, which comes in the body of the form.
#[handler]
pub(super) async fn look(page: Page, form: FormData) -> Result<Response> {
    looked_for(&page, form.text("pour").trim()).await
}

/// Leads to the list of whoever has an address; shows at once that of an address that nobody known has.
async fn looked_for(page: &Page, typed: &str) -> Result<Response> {
    if typed.is_empty() || !typed.contains('@') {
        return Ok(Redirect::see_other(address(None, typed, None)).into_response());
    }
    match queries::word_of(&page.app.db, page.actor(), typed).await.map_err(WebError::from)? {
        Some(word) => Ok(Redirect::see_other(address(None, &word, None)).into_response()),
        None => shown(page, &Asked::default(), typed, Some(typed.to_owned())).await,
    }
}

async fn shown(page: &Page, asked: &Asked, typed: &str, to: Option<String>) -> Result<Response> {
    let state = MailState::all().find(|state| labels::slug(*state) == asked.etat);
    // An address that no word stands for is shown on one page: nothing leads further without writing it.
    let alone = typed.contains('@');
    let mut request = PageRequest::first(if alone { PageRequest::MOST } else { ROWS });
    request.after = Cursor::decode(&asked.suite);
    let start = request.after.is_none();
    let read = |state, request: PageRequest| {
        let (app, actor) = (page.app.clone(), page.actor().clone());
        let filter = Filter { state, address: to.clone(), ..Filter::default() };
        async move { queries::list(&app.db, &actor, &filter, &request).await.map_err(WebError::from) }
    };
    let found = read(state, request).await?;
    let failed = match (state, start) {
        (None, true) => read(Some(MailState::Failed), PageRequest::first(ROWS)).await?.items,
        _ => Vec::new(),
    };
    let next = found.next.as_ref().filter(|_| !alone).map(|cursor| address(state, typed, Some(cursor)));
    page.answer(&MailsPage {
        shell: page.shell(labels::LIST),
        zone: ZONE,
        form: FormState::filled([("pour", typed.to_owned())]),
        filtered: !typed.is_empty(),
        tabs: if alone { Vec::new() } else { tabs(state, typed) },
        failed: failed.into_iter().map(MailRow::from).collect(),
        rows: found.items.into_iter().map(MailRow::from).collect(),
        pages: Pagination { first: (!start).then(|| address(state, typed, None)), next },
    })
}

fn tabs(current: Option<MailState>, to: &str) -> Vec<StateTab> {
    let states = [
        None,
        Some(MailState::Failed),
        Some(MailState::Pending),
        Some(MailState::Sent),
        Some(MailState::Skipped),
    ];
    let label = |state: Option<MailState>| state.map_or(labels::EVERY_STATE, |state| mail_status(state).word);
    states
        .into_iter()
        .map(|state| StateTab {
            label: label(state),
            href: address(state, to, None),
            current: state == current,
        })
        .collect()
}

fn address(state: Option<MailState>, to: &str, after: Option<&Cursor>) -> String {
    let state = state.map(labels::slug).unwrap_or_default();
    let after = after.map(Cursor::encode).unwrap_or_default();
    with_query("/courriels", &[("etat", state), ("pour", to), ("suite", &after)])
}
