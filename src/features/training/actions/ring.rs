//! Does what time says, once each, however many processes run: the row is locked and the alarm computed again before anything
//! is done.

use std::sync::Arc;

use entity::ids::TrainingSessionId;
use entity::training_session::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::super::TrainingError;
use super::super::deadlines::{self, Alarm};
use super::super::load::Whole;
use super::super::state::Step;
use super::advance;
use crate::app::App;
use crate::authz::Actor;
use crate::db::DueRun;

/// Rows looked at in one run.
const BATCH: u64 = 200;
const ACTOR: &str = "training.deadlines";

/// Does everything that is due. Gives how many acts were done.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, TrainingError> {
    let now: entity::Instant = app.now().into();
    let ids: Vec<TrainingSessionId> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::DeadlineAt.lte(now))
        .order_by_asc(Column::DeadlineAt)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let mut due = DueRun::of(ACTOR);
    for id in ids {
        due.count(id, Box::pin(ring(app, id)).await)?;
    }
    due.end()
}

/// Rings the alarm of one session, if it is still due.
async fn ring(app: &Arc<App>, id: TrainingSessionId) -> Result<bool, TrainingError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let whole = Whole::locked(&tx, id).await?;
    let Some((_, alarm)) = deadlines::next_alarm(&whole.session).filter(|(at, _)| *at <= tx.now()) else {
        return Ok(false);
    };
    let step = match alarm {
        Alarm::Start => Step::Start,
        Alarm::Finish => Step::Finish,
    };
    Box::pin(advance(&mut tx, id, step)).await?;
    tx.commit().await?;
    Ok(true)
}
