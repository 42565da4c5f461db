//! `/sessions/{number}/papiers`: the papers of a session, and what may be issued.

use askama::Template;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::queries::{self, Filter};
use super::super::state::OFFERED;
use super::super::{PaperError, labels};
use super::list::PaperRow;
use crate::authz::{Permission, may};
use crate::db::{Cursor, PageRequest};
use crate::features::enrolments::dossier::facts_of;
use crate::http::web::address::with_query;
use crate::http::web::component::{Link, Pagination};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};

const ROWS: u64 = 50;

/// `/sessions/{number}/papiers`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/papers/session.html")]
pub struct SessionPapersPage {
    /// The shell.
    pub shell: Shell,
    /// Number of the session.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// The papers, latest first.
    pub rows: Vec<PaperRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// What may be issued.
    pub issue: Vec<Link>,
    /// Whether the visitor may call people.
    pub may_issue: bool,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    suite: String,
}

/// The page.
#[handler]
pub(super) async fn show(
    page: Page,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let first = wanted.after.is_none();
    let read = async {
        let conn = page.app.db.read();
        let session = queries::session(conn, page.actor(), &number).await?;
        let filter = Filter { session: Some(session.id), ..Filter::default() };
        let found = queries::list(conn, page.actor(), &filter, &wanted).await?;
        Ok::<_, PaperError>((session, found))
    };
    let (session, found) = read.await.map_err(WebError::from)?;
    let may_issue = may(page.actor(), Permission::PaperIssue, &facts_of(&session));
    let path = format!("/sessions/{}/papiers", session.number);
    let offer = |kind: entity::training_document::PaperKind| {
        let address = with_query(&format!("{path}/etablir"), &[("document", &kind.word())]);
        Link::new(labels::kind(kind), address)
    };
    let context = SessionPapersPage {
        shell: page.shell(labels::OF_SESSION),
        number: session.number.clone(),
        title: session.title.clone(),
        rows: found.items.iter().map(PaperRow::of).collect(),
        pages: Pagination {
            first: (!first).then(|| path.clone()),
            next: found.next.as_ref().map(|cursor| with_query(&path, &[("suite", &cursor.encode())])),
        },
        issue: if may_issue { OFFERED.into_iter().map(offer).collect() } else { Vec::new() },
        may_issue,
    };
    page.answer(&context)
}
