//! Habilitations whose last day is behind end by themselves, once whatever the number of processes. The alerts before
//! the end are those of the engine of rights.

use std::sync::Arc;
use std::time::Duration;

use entity::dated_right::{self, RightKind, RightState};
use entity::ids::HabilitationId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{ExpertError, actions};
use crate::app::App;
use crate::authz::Actor;
use crate::rules::deadline::add_days;
use crate::worker::{Periodic, Work, WorkError};

const BATCH: u64 = 200;
const ACTOR: &str = "experts.deadlines";

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
/// What the database answers; what was done before stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, ExpertError> {
    use dated_right::Column;
    let tomorrow = add_days(app.now().date(), 1);
    let over: Vec<Uuid> = dated_right::Entity::find()
        .select_only()
        .column(Column::SourceId)
        .distinct()
        .filter(Column::Kind.eq(RightKind::Habilitation))
        .filter(Column::State.eq(RightState::InForce))
        .filter(Column::EndsOn.lt(tomorrow))
        .order_by_asc(Column::SourceId)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let mut done = 0;
    for id in over {
        let mut tx = app.begin(Actor::system(ACTOR)).await?;
        if actions::habilitation::expire(&mut tx, HabilitationId(id)).await? {
            tx.commit().await?;
            done += 1;
        }
    }
    Ok(done)
}
