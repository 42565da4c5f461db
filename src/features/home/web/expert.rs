//! `/accueil` of an expert: the next engagement first, then what waits for an answer, what ends, and what is to be done.

use entity::ids::ExpertId;
use poem::{Response, Result};
use time::Date;

use super::home::{MOST_TASKS, day, greeting};
use super::pages::{EngagementItem, ExpertHomePage, RightItem};
use super::{juries, todo};
use crate::features::home::engagement::{Arranged, Awaited, Engagement, Kind, arranged, untold};
use crate::features::home::{labels, queries};
use crate::features::rights;
use crate::features::{agreements, meetings, missions};
use crate::http::web::component::Fact;
use crate::http::web::page::{Page, WebError};
use crate::rules::deadline::add_months;

/// Months ahead of which the end of a right is told.
const ENDING_MONTHS: i32 = 6;
/// Engagements shown after the next one.
const MOST_COMING: usize = 5;

/// The page.
pub(super) async fn answer(page: &Page, today: Date) -> Result<Response> {
    // Named beyond those shown: some may be told as engagements instead.
    let tasks = todo::waiting(page, MOST_TASKS + MOST_COMING + 1).await?;
    let (found, home, ending) = match page.actor().expert() {
        Some(own) => own_affairs(page, own, today).await?,
        None => (Arranged::default(), String::new(), Vec::new()),
    };
    let items = |some: &[Engagement]| some.iter().map(|one| item(one, &home)).collect::<Vec<_>>();
    let coming = &found.coming[..found.coming.len().min(MOST_COMING)];
    let told: Vec<&Engagement> = found.next.iter().chain(coming).collect();
    let sitting = match page.actor().expert() {
        Some(own) => Box::pin(juries::sitting(page, own)).await?,
        None => Vec::new(),
    };
    let summary = labels::summary_of_expert(todo::counts(&tasks, today), sitting.len());
    let every = tasks.len();
    let mut left = todo::grouped(page.actor(), &untold(tasks, &told), today, MOST_TASKS, false);
    if left.total > left.shown {
        // What the page that holds them all has.
        left.total = every;
    }
    page.answer(&ExpertHomePage {
        shell: page.shell(greeting(page)),
        day: day(today),
        summary,
        sitting,
        next: found.next.as_ref().map(|one| item(one, &home)),
        offers: items(&found.offers),
        reports: items(&found.reports),
        coming: items(coming),
        ending,
        todo: left,
        juries: Box::pin(juries::coming(page, today, None)).await?,
    })
}

/// The engagements of a person, the zone where they live, and their rights that end soon.
async fn own_affairs(
    page: &Page,
    own: ExpertId,
    today: Date,
) -> Result<(Arranged, String, Vec<RightItem>), WebError> {
    let conn = page.app.db.read();
    let (found, home) = queries::engagements(conn, page.actor(), own, page.app.now()).await?;
    let days = (add_months(today, ENDING_MONTHS) - today).whole_days();
    let days = i32::try_from(days).unwrap_or(i32::MAX);
    let mut ending = rights::queries::ending_within(conn, page.actor(), today, days).await?;
    let all = rights::queries::of_holder(conn, rights::Holder::expert(own)).await?;
    ending.retain(|held| held.right.holder_id == own.0 && held.last_day(&all) == held.right.ends_on);
    let rows: Vec<_> = ending.iter().map(|held| &held.right).collect();
    let mut names = rights::names::of(conn, &rows).await?;
    let line = |held: &rights::Held| {
        let ends_on = held.right.ends_on?;
        let name = names.remove(&held.right.id).unwrap_or_default();
        Some(RightItem { name, when: labels::right_ends(ends_on, today) })
    };
    let ending = ending.iter().filter_map(line).collect();
    Ok((arranged(found, page.app.now()), home, ending))
}

fn item(one: &Engagement, home: &str) -> EngagementItem {
    let when = match one.kind {
        Kind::Mission => missions::labels::refusals::when(one.starts_at, one.ends_at, &one.zone),
        Kind::Visit => agreements::wording::instant(one.starts_at, &one.zone),
        Kind::Meeting => meetings::labels::when(one.starts_at, &one.zone),
    };
    let mut facts = vec![
        Fact::new(labels::FACT_WHEN, labels::capitalised(&when)),
        Fact::new(labels::FACT_PLACE, &*one.place),
    ];
    if !one.with.is_empty() {
        facts.push(Fact::new(labels::FACT_WITH, one.with.join(", ")));
    }
    let before = match one.awaited {
        Awaited::Answer(Some(until)) => missions::wording::instant(until, home),
        _ => String::new(),
    };
    if !before.is_empty() {
        facts.push(Fact::new(labels::FACT_ANSWER, labels::before(&before)));
    }
    EngagementItem {
        href: match one.kind {
            Kind::Mission => format!("/missions/{}", one.reference),
            Kind::Visit => format!("/agrements/{}", one.reference),
            Kind::Meeting => format!("/reunions/{}", one.reference),
        },
        reference: one.reference.clone(),
        title: match one.kind {
            Kind::Mission | Kind::Meeting => one.title.clone(),
            Kind::Visit => labels::VISIT.to_owned(),
        },
        when,
        place: one.place.clone(),
        before,
        act: labels::engagement_act(one.kind, one.awaited),
        // Whether one comes to a meeting is said on its page: nothing else is to be read before.
        accept: (one.kind == Kind::Mission && matches!(one.awaited, Awaited::Answer(_)))
            .then(|| format!("/missions/{}/accepter", one.reference)),
        word: labels::awaited(one.kind, one.awaited),
        facts,
    }
}
