//! What attendance does by itself: it calls those who come to sign, on the morning of each day, and reminds those who teach
//! to countersign. Once each, whatever the number of processes: the half-day is locked and looked at again.

use std::sync::Arc;
use std::time::Duration;

use entity::ids::TrainingSlotId;
use entity::training_session::SessionState;
use entity::{Instant, attendance, attendance_call, training_session, training_slot, training_trainer};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use time::OffsetDateTime;

use super::{AttendanceError, actions};
use crate::app::App;
use crate::authz::Actor;
use crate::db::DueRun;
use crate::features::settings;
use crate::worker::{Periodic, Work, WorkError};

const BATCH: u64 = 200;
const ACTOR: &str = "attendance.deadlines";
/// Longer than any half-day lasts: none of those that are signed now began before.
const LONGEST: time::Duration = time::Duration::days(1);
/// How long a half-day that nobody countersigned is looked at.
const LOOKED_AT: time::Duration = time::Duration::days(60);

/// Work done at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![Periodic { name: ACTOR, every: Duration::from_mins(5), run: deadlines }]
}

fn deadlines(app: Arc<App>) -> Work {
    Box::pin(async move { Box::pin(run(&app)).await.map(|_| ()).map_err(WorkError::from) })
}

/// Calls and reminds. Gives how many acts were done.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, AttendanceError> {
    let mut due = DueRun::of(ACTOR);
    for id in to_call(app).await? {
        due.count(id, called(app, id).await)?;
    }
    for id in to_remind(app).await? {
        due.count(id, reminded(app, id).await)?;
    }
    due.end()
}

async fn called(app: &Arc<App>, id: TrainingSlotId) -> Result<bool, AttendanceError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let done = actions::call(&mut tx, id).await?;
    if done {
        tx.commit().await?;
    }
    Ok(done)
}

async fn reminded(app: &Arc<App>, id: TrainingSlotId) -> Result<bool, AttendanceError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let done = actions::remind(&mut tx, id).await?;
    if done {
        tx.commit().await?;
    }
    Ok(done)
}

/// The half-days that are being signed and whose people were not called.
async fn to_call(app: &App) -> Result<Vec<TrainingSlotId>, AttendanceError> {
    let rules = settings::attendance_rules(app.db.read()).await?;
    let now = app.now();
    let soon = now + time::Duration::minutes(rules.opens_minutes.into());
    let window = Condition::all()
        .add(training_slot::Column::StartsAt.gt(Instant::from(now - LONGEST)))
        .add(training_slot::Column::StartsAt.lte(Instant::from(soon)))
        .add(training_slot::Column::EndsAt.gt(Instant::from(now)));
    due(app, window, attendance_call::Column::CalledAt).await
}

/// The half-days that ended some days ago and that nobody was reminded of.
async fn to_remind(app: &App) -> Result<Vec<TrainingSlotId>, AttendanceError> {
    let rules = settings::attendance_rules(app.db.read()).await?;
    let now: OffsetDateTime = app.now();
    let late = now - time::Duration::days(rules.countersign_days.into());
    let unsigned = training_trainer::Entity::find()
        .select_only()
        .column(training_trainer::Column::SlotId)
        .filter(training_trainer::Column::SignedAt.is_null())
        .filter(training_trainer::Column::RemovedAt.is_null());
    let waiting = attendance::Entity::find()
        .select_only()
        .column(attendance::Column::SlotId)
        .filter(attendance::Column::CountersignedAt.is_null());
    let window = Condition::all()
        .add(training_slot::Column::StartsAt.gt(Instant::from(now - LOOKED_AT)))
        .add(training_slot::Column::EndsAt.lte(Instant::from(late)))
        .add(
            Condition::any()
                .add(training_slot::Column::Id.in_subquery(unsigned.into_query()))
                .add(training_slot::Column::Id.in_subquery(waiting.into_query())),
        );
    due(app, window, attendance_call::Column::RemindedAt).await
}

async fn due(
    app: &App,
    window: Condition,
    sent: attendance_call::Column,
) -> Result<Vec<TrainingSlotId>, AttendanceError> {
    let done = attendance_call::Entity::find()
        .select_only()
        .column(attendance_call::Column::SlotId)
        .filter(sent.is_not_null());
    let states = [SessionState::Confirmed, SessionState::InProgress, SessionState::Ended];
    let held = training_session::Entity::find()
        .select_only()
        .column(training_session::Column::Id)
        .filter(training_session::Column::State.is_in(states));
    let rows = training_slot::Entity::find()
        .select_only()
        .column(training_slot::Column::Id)
        .filter(window)
        .filter(training_slot::Column::SessionId.in_subquery(held.into_query()))
        .filter(training_slot::Column::DroppedAt.is_null())
        .filter(training_slot::Column::Id.not_in_subquery(done.into_query()))
        .order_by_asc(training_slot::Column::StartsAt)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    Ok(rows)
}
