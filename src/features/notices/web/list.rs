//! `/notifications`: what concerned the visitor lately, by mail or not.

use askama::Template;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;
use time::OffsetDateTime;

use super::super::queries::{self, Notice};
use super::super::{actions, labels};
use crate::db::{Cursor, PageRequest};
use crate::http::web::component::{Fact, Pagination, Status};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;

const ROWS: u64 = 25;

/// One notification.
#[derive(Clone, Debug)]
pub struct NoticeRow {
    /// Subject of the message.
    pub subject: String,
    /// Where it leads; empty when nowhere.
    pub href: String,
    /// Why the person receives it.
    pub reason: String,
    /// Its class.
    pub class: &'static str,
    /// How it reached the person.
    pub way: Status,
    /// When.
    pub at: OffsetDateTime,
    /// Whether it was read.
    pub is_read: bool,
}

/// `/notifications`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/notices/list.html")]
pub struct NotificationsPage {
    /// The shell.
    pub shell: Shell,
    /// The margin.
    pub margin: Vec<Fact>,
    /// The notifications, newest first.
    pub rows: Vec<NoticeRow>,
    /// Whether some are unread.
    pub some_unread: bool,
    /// Zone of the visitor.
    pub zone: String,
    /// The pages of the list.
    pub pages: Pagination,
}

/// What the address says.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    suite: Option<String>,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(wanted): Query<Wanted>) -> Result<Response> {
    let conn = page.app.db.read();
    let after = wanted.suite.as_deref().and_then(Cursor::decode);
    let later = after.is_some();
    let request = PageRequest { limit: ROWS, after };
    let found = queries::list(conn, page.actor(), &request, &page.app.config.public_url);
    let found = found.await.map_err(WebError::from)?;
    let unread = queries::unread(conn, page.actor()).await.map_err(WebError::from)?;
    let zone = queries::preferences(conn, page.actor()).await.map_err(WebError::from)?.applied.zone;
    let count = i64::try_from(unread).unwrap_or(i64::MAX);
    let context = NotificationsPage {
        shell: page.shell(labels::NOTIFICATIONS),
        margin: vec![Fact::new(labels::UNREAD, french::integer(count))],
        rows: found.items.into_iter().map(row).collect(),
        some_unread: unread > 0,
        zone,
        pages: Pagination {
            first: later.then(|| "/notifications".to_owned()),
            next: found.next.map(|cursor| format!("/notifications?suite={}", cursor.encode())),
        },
    };
    page.answer(&context)
}

fn row(notice: Notice) -> NoticeRow {
    NoticeRow {
        subject: notice.subject,
        href: notice.path.unwrap_or_default(),
        reason: notice.reason,
        class: labels::class(notice.class),
        way: labels::way(notice.way),
        at: notice.at,
        is_read: notice.is_read,
    }
}

/// Marks everything as read.
#[handler]
pub(super) async fn mark(page: Page, _form: FormData) -> Result<Response> {
    actions::mark_read(&page.app, page.actor()).await.map_err(WebError::from)?;
    Ok(flash::redirect("/notifications", &labels::all_read()))
}
