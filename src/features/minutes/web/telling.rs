//! What is looked at before the results are told, on the page of the minutes and on that of the results; then what waits.

use entity::jury_session::JuryState;

use super::super::load::Book;
use super::super::readiness::{Readiness, readiness};
use super::super::{MinutesError, labels};
use crate::authz::{Permission, may};
use crate::http::web::Page;
use crate::http::web::component::{Check, CheckMark};
use crate::render::french;

/// What whoever tells the results looks at; nothing for others, nor while nothing is to be told and nothing waits.
pub(super) async fn looked_at(page: &Page, book: &Book) -> Result<Vec<Check>, MinutesError> {
    let state = book.whole.session.state;
    let tells = may(page.actor(), Permission::MinutesPublish, &book.facts(page.actor()));
    if !tells || !matches!(state, JuryState::Validated | JuryState::Closed) {
        return Ok(Vec::new());
    }
    let found = readiness(page.app.db.read(), &page.app, &book.whole).await?;
    Ok(if state == JuryState::Closed { waiting(&found).collect() } else { checks(&found, book) })
}

/// Title of what is looked at.
pub(super) const fn title(state: JuryState) -> &'static str {
    match state {
        JuryState::Closed => labels::results::WAITING,
        _ => labels::results::BEFORE_RESULTS,
    }
}

/// Everything: what is there, what blocks, what waits.
pub(super) fn checks(found: &Readiness, book: &Book) -> Vec<Check> {
    let good = |title: &str| line(CheckMark::Good, labels::KEPT, title);
    let mut checks = vec![good(labels::results::SIGNED_AND_CHECKED)];
    if let Some(day) = book.whole.session.delivered_on {
        checks.push(good(&labels::results::delivered_on(&french::date(day))));
    }
    if found.blocking.is_empty() {
        checks.push(good(labels::results::NONE_CONTRADICTS));
    }
    checks.extend(found.blocking.iter().map(|what| line(CheckMark::Bad, labels::results::BLOCKS, what)));
    if found.waiting.is_empty() {
        checks.push(good(labels::results::STATUSES_WHOLE));
    }
    checks.extend(waiting(found));
    checks
}

/// The certificates that wait.
fn waiting(found: &Readiness) -> impl Iterator<Item = Check> {
    found.waiting.iter().map(|what| Check {
        note: labels::results::RESULT_TOLD.to_owned(),
        ..line(CheckMark::Waiting, labels::results::WAITS, what)
    })
}

fn line(mark: CheckMark, word: &str, title: &str) -> Check {
    Check { mark, word: word.to_owned(), title: title.to_owned(), note: String::new(), action: None }
}
