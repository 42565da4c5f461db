//! The juries to come, on the home page of each space: those that the person may see.

use entity::ids::ExpertId;
use entity::jury_session::JuryState;
use time::{Date, Duration, OffsetDateTime, Time};

use super::pages::{JuryItem, SittingItem};
use crate::features::home::labels as words;
use crate::features::juries::queries::{self, Found};
use crate::features::juries::web::day_page;
use crate::features::juries::{labels, wording};
use crate::http::web::component::Fact;
use crate::http::web::page::{Page, WebError};
use crate::rules::deadline::{add_days, day_in_zone, instant};
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

/// The juries of today in which somebody sits, by the clock of each place, until their members have signed.
pub(super) async fn sitting(page: &Page, own: ExpertId) -> Result<Vec<SittingItem>, WebError> {
    let (conn, now) = (page.app.db.read(), page.app.now());
    let (from, before) = (now - Duration::DAY, Some(now + Duration::DAY));
    let mut found = queries::coming(conn, page.actor(), from, before, MOST).await?;
    found.retain(|one| is_today(one, now));
    let ids: Vec<_> = found.iter().map(|one| one.session.id).collect();
    let seats = queries::accepted_by(conn, own, &ids).await?;
    Ok(found.iter().filter(|one| seats.contains(&one.session.id)).map(sits).collect())
}

fn is_today(found: &Found, now: OffsetDateTime) -> bool {
    use JuryState as S;
    let session = &found.session;
    let ahead = matches!(
        session.state,
        S::Planned | S::Confirmed | S::Summoned | S::Open | S::Deliberating | S::ToSign
    );
    let today = day_in_zone(now, &session.zone);
    ahead && session.starts_at.is_some_and(|at| day_in_zone(*at, &session.zone) == today)
}

fn sits(found: &Found) -> SittingItem {
    let session = &found.session;
    let page = format!("/jurys/{}", session.number);
    let (hours, clock) = wording::hours(session);
    let hours = words::sitting_hours(&hours, &clock);
    let mut facts = vec![Fact::new(words::FACT_WHEN, hours)];
    let place = wording::place(session);
    if !place.is_empty() {
        facts.push(Fact::new(words::FACT_PLACE, place));
    }
    facts.push(Fact::new(words::FACT_WITH, found.structure_name.clone()));
    let day = day_page(session.state).map(|name| format!("{page}/{name}")).unwrap_or_default();
    SittingItem {
        href: page,
        day,
        number: session.number.clone(),
        title: words::jury_of(&found.certification.short_title),
        facts,
    }
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
