//! What experts do by themselves: the documents after the acts, typeset once. Habilitations whose last day is behind end by themselves, once whatever the number of processes. The alerts before
//! the end are those of the engine of rights.

use std::sync::Arc;
use std::time::Duration;

use entity::dated_right::{self, RightKind, RightState};
use entity::habilitation::{self, HabilitationState};
use entity::ids::HabilitationId;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde_json::Value;
use uuid::Uuid;

use super::{ExpertError, actions, documents};
use crate::app::App;
use crate::authz::Actor;
use crate::db::DueRun;
use crate::rules::deadline::add_days;
use crate::worker::{JobKind, Periodic, Work, WorkError};

const BATCH: u64 = 200;
const ACTOR: &str = "experts.deadlines";

/// Queued work.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind { name: documents::JOB, run: issue }]
}

fn issue(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { documents::issue(&app, payload).await })
}

/// Work done at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![Periodic { name: ACTOR, every: Duration::from_mins(5), run: deadlines }]
}

fn deadlines(app: Arc<App>) -> Work {
    Box::pin(async move { run(&app).await.map(|_| ()).map_err(WorkError::from) })
}

/// Ends what is over. Gives how many habilitations ended.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, ExpertError> {
    let mut due = DueRun::of(ACTOR);
    for id in over(app).await? {
        due.count(id, expire(app, id).await)?;
    }
    due.end()
}

async fn expire(app: &Arc<App>, id: HabilitationId) -> Result<bool, ExpertError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let expired = actions::habilitation::expire(&mut tx, id).await?;
    if expired {
        tx.commit().await?;
    }
    Ok(expired)
}

/// Active habilitations none of whose rights runs any more, wherever the expert is. A renewed one keeps the right of
/// its former period, in force and past: it is left out, or such files would in time fill every batch.
///
/// # Errors
/// What the database answers.
pub async fn over(app: &App) -> Result<Vec<HabilitationId>, ExpertError> {
    use dated_right::Column;
    let tomorrow = add_days(app.now().date(), 1);
    let of_habilitations = || {
        dated_right::Entity::find()
            .select_only()
            .column(Column::SourceId)
            .filter(Column::Kind.eq(RightKind::Habilitation))
            .filter(Column::State.eq(RightState::InForce))
    };
    let runs = Condition::any().add(Column::EndsOn.is_null()).add(Column::EndsOn.gte(tomorrow));
    let active = habilitation::Entity::find()
        .select_only()
        .column(habilitation::Column::Id)
        .filter(habilitation::Column::State.eq(HabilitationState::Active));
    let over: Vec<Uuid> = of_habilitations()
        .distinct()
        .filter(Column::EndsOn.lt(tomorrow))
        .filter(Column::SourceId.in_subquery(active.into_query()))
        .filter(Column::SourceId.not_in_subquery(of_habilitations().filter(runs).into_query()))
        .order_by_asc(Column::SourceId)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    Ok(over.into_iter().map(HabilitationId).collect())
}
