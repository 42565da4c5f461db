//! What ties do by themselves: reminders of the yearly declaration; duties already given, weighed again.

use std::sync::Arc;
use std::time::Duration;

use super::events::RECHECK;
use super::{Holder, TieError, actions, queries, recheck};
use crate::app::App;
use crate::db::DueRun;
use crate::features::settings;
use crate::worker::{JobKind, Periodic, Work, WorkError};

/// The queued work; `run` asks every feature that gives duties, see [`work`].
#[must_use]
pub const fn recheck_job(run: fn(Arc<App>, serde_json::Value) -> Work) -> JobKind {
    JobKind { name: RECHECK, run }
}

/// Weighs again what these features gave.
pub fn work(app: Arc<App>, holders: &'static [Holder]) -> Work {
    Box::pin(async move { recheck(&app, holders).await.map(|_| ()).map_err(WorkError::from) })
}

/// Work done at intervals; `again` weighs again what was given.
#[must_use]
pub fn periodic(again: fn(Arc<App>) -> Work) -> Vec<Periodic> {
    vec![
        Periodic { name: "ties.declarations", every: Duration::from_hours(1), run: declarations },
        Periodic { name: RECHECK, every: Duration::from_mins(10), run: again },
    ]
}

fn declarations(app: Arc<App>) -> Work {
    Box::pin(async move { remind_all(&app).await.map(|_| ()).map_err(WorkError::from) })
}

/// Sends the reminder of the day to whoever holds an habilitation and has not declared. Says how many were sent.
///
/// # Errors
/// What the database answers, or the first failure once everybody was looked at; what was sent stays sent.
pub async fn remind_all(app: &Arc<App>) -> Result<usize, TieError> {
    let conn = app.db.read();
    let today = app.today();
    let rules = settings::declaration_rules(conn).await?;
    let Some(rank) = rules.reminder(today) else { return Ok(0) };
    let due_on = rules.due_on(today.year());
    let mut due = DueRun::of("ties.declarations");
    for expert in queries::undeclared(conn, today).await? {
        due.count(expert, actions::remind(app, expert, due_on, rank).await)?;
    }
    due.end()
}
