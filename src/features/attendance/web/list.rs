//! `/mes-seances`: the half-days that the visitor teaches.

use askama::Template;
use poem::{Response, Result, handler};

use super::super::labels::{self, pages as words};
use super::super::{AttendanceError, queries};
use crate::features::enrolments::labels as words_of_enrolments;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::rules::deadline::add_days;

/// Days behind that are still shown: what was not countersigned is found there.
const BEHIND: i32 = 60;

/// A half-day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaughtRow {
    /// Its page.
    pub href: String,
    /// When it is.
    pub when: String,
    /// What the session is called.
    pub title: String,
    /// Where it is.
    pub place: String,
    /// Whether it is today.
    pub today: bool,
}

/// `/mes-seances`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/attendance/taught.html")]
pub struct TaughtPage {
    /// The shell.
    pub shell: Shell,
    /// The half-days, in their order.
    pub rows: Vec<TaughtRow>,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    let own = page.actor().expert().ok_or(AttendanceError::NotFound).map_err(WebError::from)?;
    let today = page.app.today();
    let found = queries::taught_by(page.app.db.read(), own, add_days(today, -BEHIND)).await;
    let found = found.map_err(WebError::from)?;
    let row = |(slot, session): &(entity::training_slot::Model, entity::training_session::Model)| TaughtRow {
        href: format!("/sessions/{}/emargement/{}", session.number, slot.id),
        when: labels::half_day(slot),
        title: session.title.clone(),
        place: words_of_enrolments::place(session),
        today: slot.day == today,
    };
    page.answer(&TaughtPage { shell: page.shell(words::TAUGHT), rows: found.iter().map(row).collect() })
}
