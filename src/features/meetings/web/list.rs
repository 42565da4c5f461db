//! `/reunions`: the meetings that the visitor may see.

use askama::Template;
use entity::meeting::MeetingKind;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::labels;
use super::super::queries::{self, Filter};
use crate::authz::{Facts, Permission, may};
use crate::db::{Cursor, PageRequest};
use crate::http::web::address::with_query;
use crate::http::web::component::{AsOf, Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::rules::typed_date;

const ROWS: u64 = 25;

/// One meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingRow {
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: String,
    /// What it is.
    pub title: &'static str,
    /// When, at the hour of the meeting.
    pub when: String,
    /// Video or on site.
    pub mode: &'static str,
    /// Where it stands.
    pub status: Status,
}

/// `/reunions`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/meetings/list.html")]
pub struct MeetingsPage {
    /// The shell.
    pub shell: Shell,
    /// Said when they are shown as they were on a day that is behind.
    pub past: Option<AsOf>,
    /// The filters.
    pub form: FormState,
    /// Kinds.
    pub kinds: Vec<Choice>,
    /// Whether something is filtered.
    pub filtered: bool,
    /// The meetings, latest first.
    pub rows: Vec<MeetingRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the visitor may plan one.
    pub may_manage: bool,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    metier: String,
    au: String,
    suite: String,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let first = wanted.after.is_none();
    let today = page.app.today();
    let on = typed_date::parse(&asked.au).filter(|day| *day < today);
    let filter = Filter { kind: MeetingKind::from_word(&asked.metier), on, ..Filter::default() };
    let found =
        queries::list(page.app.db.read(), page.actor(), &filter, &wanted).await.map_err(WebError::from)?;
    let kind = filter.kind.map(MeetingKind::word).unwrap_or_default();
    let day = on.map(typed_date::iso).unwrap_or_default();
    let address = |day: &str, after: &str| {
        with_query("/reunions", &[("metier", kind.as_str()), ("au", day), ("suite", after)])
    };
    let context = MeetingsPage {
        shell: page.shell(labels::MEETINGS),
        past: on.and_then(|day| AsOf::of(day, today, address("", ""))),
        form: FormState::filled([("metier", kind.clone()), ("au", day.clone())]),
        kinds: MeetingKind::all().map(|one| Choice::new(one.word(), labels::kind(one))).collect(),
        filtered: filter.kind.is_some() || on.is_some(),
        rows: found
            .items
            .iter()
            .map(|row| MeetingRow {
                href: format!("/reunions/{}", row.number),
                number: row.number.clone(),
                title: labels::title(row.kind),
                when: labels::when(*row.starts_at, &row.zone),
                mode: labels::mode(row.mode),
                status: labels::state(row.state),
            })
            .collect(),
        pages: Pagination {
            first: (!first).then(|| address(&day, "")),
            next: found.next.as_ref().map(|cursor| address(&day, &cursor.encode())),
        },
        may_manage: may(page.actor(), Permission::MeetingManage, &Facts::default()),
    };
    page.answer(&context)
}
