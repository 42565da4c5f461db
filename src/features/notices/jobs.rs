//! The digests, each at the hour of its person.

use std::sync::Arc;
use std::time::Duration;

use super::{NoticeError, actions, queries};
use crate::app::App;
use crate::db::DueRun;
use crate::worker::mail::wishes;
use crate::worker::{Periodic, Work, WorkError};

/// Work done at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![Periodic { name: "notices.digests", every: Duration::from_mins(5), run: digests }]
}

fn digests(app: Arc<App>) -> Work {
    Box::pin(async move { make_all(&app).await.map(|_| ()).map_err(WorkError::from) })
}

/// Makes every digest whose hour has come. Says how many were made.
///
/// # Errors
/// What the database answers, or the first failure once everybody was looked at; what was made stays made.
pub async fn make_all(app: &Arc<App>) -> Result<usize, NoticeError> {
    let conn = app.db.read();
    let waiting = queries::waiting(conn).await?;
    let accounts: Vec<_> = waiting.iter().map(|(account, _)| *account).collect();
    let wishes = wishes(conn, &accounts).await?;
    let mut run = DueRun::of("notices.digests");
    for (account, oldest) in waiting {
        let Some(own) = wishes.get(&account) else { continue };
        let due = own.hours.digest_after(&own.zone, oldest).is_none_or(|at| at <= app.now());
        if due {
            let made = actions::make_digest(app, account, &own.zone).await;
            run.count(account, made.map(|told| told > 0))?;
        }
    }
    run.end()
}
