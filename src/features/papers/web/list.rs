//! `/papiers`: the papers that the visitor may see.

use askama::Template;
use entity::training_document::{PaperKind, PaperState};
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::labels;
use super::super::queries::{self, Filter, Line};
use super::super::record::reference;
use crate::db::{Cursor, PageRequest};
use crate::http::web::address::with_query;
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::french;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

const ROWS: u64 = 25;

/// One paper.
#[derive(Clone, Debug)]
pub struct PaperRow {
    /// Its page.
    pub href: String,
    /// What people call it.
    pub number: String,
    /// What it is.
    pub kind: &'static str,
    /// Whom it is about, or who buys.
    pub name: String,
    /// When it was issued.
    pub day: String,
    /// Where it stands.
    pub status: Status,
}

impl PaperRow {
    /// The row of a line.
    #[must_use]
    pub fn of(line: &Line) -> Self {
        Self {
            href: format!("/sessions/{}/papiers/{}", line.session.number, line.paper.seq),
            number: reference(&line.session, line.paper.seq),
            kind: labels::kind(line.paper.kind),
            name: line.name.clone(),
            day: french::date(day_in_zone(*line.paper.issued_at, PARIS)),
            status: labels::standing(line.paper.state, line.signed),
        }
    }
}

/// `/papiers`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/papers/list.html")]
pub struct PapersPage {
    /// The shell.
    pub shell: Shell,
    /// The filters.
    pub form: FormState,
    /// States.
    pub states: Vec<Choice>,
    /// Kinds.
    pub kinds: Vec<Choice>,
    /// Whether something is filtered.
    pub filtered: bool,
    /// The papers, latest first.
    pub rows: Vec<PaperRow>,
    /// Where the list continues.
    pub pages: Pagination,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    etat: String,
    document: String,
    suite: String,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let first = wanted.after.is_none();
    let filter = Filter {
        state: PaperState::from_word(&asked.etat),
        kind: PaperKind::from_word(&asked.document),
        session: None,
    };
    let found =
        queries::list(page.app.db.read(), page.actor(), &filter, &wanted).await.map_err(WebError::from)?;
    let state = filter.state.map(PaperState::word).unwrap_or_default();
    let kind = filter.kind.map(PaperKind::word).unwrap_or_default();
    let address = |after: &str| {
        with_query("/papiers", &[("etat", state.as_str()), ("document", kind.as_str()), ("suite", after)])
    };
    let context = PapersPage {
        shell: page.shell(labels::PAPERS),
        form: FormState::filled([("etat", state.clone()), ("document", kind.clone())]),
        states: PaperState::all().map(|one| Choice::new(one.word(), labels::state(one).word)).collect(),
        kinds: PaperKind::all().map(|one| Choice::new(one.word(), labels::kind(one))).collect(),
        filtered: filter.state.is_some() || filter.kind.is_some(),
        rows: found.items.iter().map(PaperRow::of).collect(),
        pages: Pagination {
            first: (!first).then(|| address("")),
            next: found.next.as_ref().map(|cursor| address(&cursor.encode())),
        },
    };
    page.answer(&context)
}
