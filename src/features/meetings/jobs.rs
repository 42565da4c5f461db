//! Whoever was given something to do by a meeting is reminded of it some days before its date, once whatever the number of
//! processes.

use std::sync::Arc;
use std::time::Duration;

use entity::ids::MeetingActionId;
use entity::meeting_action::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{MeetingError, actions};
use crate::app::App;
use crate::authz::Actor;
use crate::db::DueRun;
use crate::features::settings;
use crate::rules::deadline::add_days;
use crate::worker::{Periodic, Work, WorkError};

const BATCH: u64 = 200;
const ACTOR: &str = "meetings.reminders";

/// Work done at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![Periodic { name: ACTOR, every: Duration::from_mins(30), run: reminders }]
}

fn reminders(app: Arc<App>) -> Work {
    Box::pin(async move { run(&app).await.map(|_| ()).map_err(WorkError::from) })
}

/// Sends the reminders that are due. Gives how many people were reminded.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, MeetingError> {
    let mut run = DueRun::of(ACTOR);
    for id in due(app).await? {
        run.count(id, remind(app, id).await)?;
    }
    run.end()
}

async fn remind(app: &Arc<App>, id: MeetingActionId) -> Result<bool, MeetingError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let reminded = actions::remind(&mut tx, id).await?;
    if reminded {
        tx.commit().await?;
    }
    Ok(reminded)
}

/// What is to be done soon by a guest who was not reminded. What is late is told to the team instead.
async fn due(app: &App) -> Result<Vec<MeetingActionId>, MeetingError> {
    let conn = app.db.read();
    let rules = settings::meeting_rules(conn).await?;
    let today = app.today();
    let rows = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::DoneOn.is_null())
        .filter(Column::RemindedAt.is_null())
        .filter(Column::OwnerId.is_not_null())
        .filter(Column::DueOn.gte(today))
        .filter(Column::DueOn.lte(add_days(today, rules.action_reminder_days.into())))
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::Id)
        .limit(BATCH)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows)
}
