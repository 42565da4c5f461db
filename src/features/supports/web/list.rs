//! `/appuis`: the teaching supports that the visitor may see.

use askama::Template;
use entity::teaching_support::SupportState;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::labels;
use super::super::queries::{self, Filter};
use super::labels as words;
use crate::authz::{Permission, may_somewhere};
use crate::db::{Cursor, PageRequest};
use crate::features::agreements::wording;
use crate::http::web::address::with_query;
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};

const ROWS: u64 = 25;

/// One support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportRow {
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: String,
    /// For whom.
    pub structure: String,
    /// Who wants it.
    pub origin: &'static str,
    /// When; empty while no date is fixed.
    pub when: String,
    /// Where it stands.
    pub status: Status,
}

/// `/appuis`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/supports/list.html")]
pub struct ListPage {
    /// The shell.
    pub shell: Shell,
    /// The filters.
    pub form: FormState,
    /// States.
    pub states: Vec<Choice>,
    /// Whether something is filtered.
    pub filtered: bool,
    /// The supports, newest first.
    pub rows: Vec<SupportRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the visitor may ask for one.
    pub may_ask: bool,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    etat: String,
    suite: String,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let conn = page.app.db.read();
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let first = wanted.after.is_none();
    let state = SupportState::from_word(&asked.etat);
    let filter = Filter { q: asked.q.clone(), state, structure: None };
    let found = queries::list(conn, page.actor(), &filter, &wanted).await.map_err(WebError::from)?;
    let names = queries::structures(conn, &found.items).await.map_err(WebError::from)?;
    let kept = state.map(SupportState::word).unwrap_or_default();
    let address = |after: &str| {
        with_query("/appuis", &[("q", asked.q.as_str()), ("etat", kept.as_str()), ("suite", after)])
    };
    let rows = found.items.iter().map(|row| SupportRow {
        href: format!("/appuis/{}", row.number),
        number: row.number.clone(),
        structure: names.get(&row.structure_id).cloned().unwrap_or_default(),
        origin: labels::origin(row.origin),
        when: row.starts_at.map(|at| wording::instant(*at, &row.zone)).unwrap_or_default(),
        status: labels::state(row.state),
    });
    let context = ListPage {
        shell: page.shell(words::LIST),
        form: FormState::filled([("q", asked.q.clone()), ("etat", kept.clone())]),
        states: SupportState::all().map(|one| Choice::new(one.word(), labels::state(one).word)).collect(),
        filtered: state.is_some() || !asked.q.is_empty(),
        rows: rows.collect(),
        pages: Pagination {
            first: (!first).then(|| address("")),
            next: found.next.as_ref().map(|cursor| address(&cursor.encode())),
        },
        may_ask: may_somewhere(page.actor(), Permission::SupportRequest)
            || page.actor().structures().next().is_some(),
    };
    page.answer(&context)
}
