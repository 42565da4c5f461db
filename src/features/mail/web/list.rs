//! `/courriels`: what waits for somebody first, then everything, newest first.

use askama::Template;
use entity::mail::MailState;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;
use time::OffsetDateTime;

use super::super::labels::{self, mail_status};
use super::super::queries::{self, Filter, MailLine};
use super::ZONE;
use crate::db::{Cursor, PageRequest};
use crate::http::web::component::{Pagination, Status};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};

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
    suite: String,
}

#[handler]
pub(super) async fn list(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let state = MailState::all().find(|state| labels::slug(*state) == asked.etat);
    let mut request = PageRequest::first(ROWS);
    request.after = Cursor::decode(&asked.suite);
    let start = request.after.is_none();
    let read = |state, request: PageRequest| {
        let (app, actor) = (page.app.clone(), page.actor().clone());
        async move {
            let filter = Filter { state, ..Filter::default() };
            queries::list(&app.db, &actor, &filter, &request).await.map_err(WebError::from)
        }
    };
    let found = read(state, request).await?;
    let failed = match (state, start) {
        (None, true) => read(Some(MailState::Failed), PageRequest::first(ROWS)).await?.items,
        _ => Vec::new(),
    };
    let next = found.next.as_ref().map(|cursor| address(state, Some(cursor)));
    page.answer(&MailsPage {
        shell: page.shell(labels::LIST),
        zone: ZONE,
        tabs: tabs(state),
        failed: failed.into_iter().map(MailRow::from).collect(),
        rows: found.items.into_iter().map(MailRow::from).collect(),
        pages: Pagination { first: (!start).then(|| address(state, None)), next },
    })
}

fn tabs(current: Option<MailState>) -> Vec<StateTab> {
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
        .map(|state| StateTab { label: label(state), href: address(state, None), current: state == current })
        .collect()
}

fn address(state: Option<MailState>, after: Option<&Cursor>) -> String {
    let state = state.map(|state| format!("etat={}", labels::slug(state)));
    let after = after.map(|cursor| format!("suite={}", cursor.encode()));
    let query: Vec<_> = state.into_iter().chain(after).collect();
    if query.is_empty() { "/courriels".to_owned() } else { format!("/courriels?{}", query.join("&")) }
}
