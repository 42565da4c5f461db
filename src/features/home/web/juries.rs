//! The juries to come, on the home page of each space: those that the person may see.

use time::{Date, Time};

use super::pages::JuryItem;
use crate::features::juries::queries::{self, Found};
use crate::features::juries::{labels, wording};
use crate::http::web::page::{Page, WebError};
use crate::rules::deadline::{add_days, instant};
use crate::rules::territory::PARIS;

/// Juries shown before the link to all of them.
const MOST: u64 = 5;
/// Days ahead that the team looks at.
pub(super) const MONTH_DAYS: i32 = 30;

/// The juries of today and of the days to come; of so many days when their number is given.
pub(super) async fn coming(page: &Page, today: Date, days: Option<i32>) -> Result<Vec<JuryItem>, WebError> {
    let midnight = |day| instant(day, Time::MIDNIGHT, PARIS).ok();
    let from = midnight(today).unwrap_or_else(|| page.app.now());
    let before = days.and_then(|days| midnight(add_days(today, days)));
    let found = queries::coming(page.app.db.read(), page.actor(), from, before, MOST).await?;
    Ok(found.iter().map(item).collect())
}

fn item(found: &Found) -> JuryItem {
    let session = &found.session;
    JuryItem {
        href: format!("/jurys/{}", session.number),
        number: session.number.clone(),
        when: wording::when(session),
        structure: found.structure_name.clone(),
        certification: found.certification.short_title.clone(),
        place: wording::place(session),
        president: found.president.clone().unwrap_or_default(),
        candidates: found.candidates,
        status: labels::state(session.state),
    }
}
