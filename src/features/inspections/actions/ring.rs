//! Does what the deadlines of inspections say, once each, however many processes run: the row is locked and the alarm computed again
//! before anything is done.

use std::sync::Arc;

use entity::ids::InspectionId;
use entity::inspection;
use entity::nonconformity::NonconformityState;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Date;

use super::{move_gap, record, record_step};
use crate::app::App;
use crate::authz::{Actor, Grant, Permission};
use crate::db::{DueRun, Tx};
use crate::features::inspections::deadlines::{self, Alarm};
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::What;
use crate::features::inspections::queries;
use crate::features::inspections::state::Step;
use crate::features::inspections::state::gap::GapStep;
use crate::features::settings;
use crate::rules::life::LifeDelays;

/// Rows looked at in one run.
const BATCH: u64 = 200;
/// Who does it.
pub const ACTOR: &str = "inspections.deadlines";

/// Does everything that is due. Gives how many acts were done.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, InspectionError> {
    let now: entity::Instant = app.now().into();
    let ids: Vec<InspectionId> = inspection::Entity::find()
        .select_only()
        .column(inspection::Column::Id)
        .filter(inspection::Column::DeadlineAt.lte(now))
        .order_by_asc(inspection::Column::DeadlineAt)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let mut due = DueRun::of(ACTOR);
    for id in ids {
        due.count(id, ring(app, id).await)?;
    }
    due.end()
}

/// Rings the alarm of one inspection, if it is still due.
async fn ring(app: &Arc<App>, id: InspectionId) -> Result<bool, InspectionError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let mut dossier = Dossier::locked(&tx, id).await?;
    let grant = tx.authorize(Permission::InspectionDeadline, &dossier.facts())?;
    let delays = settings::life_delays(tx.conn()).await?;
    let gaps = queries::gaps(tx.conn(), id).await?;
    let zone = dossier.structure.zone.clone();
    let alarm = deadlines::next_alarm(&dossier.inspection, &gaps, &zone, &delays);
    let Some((_, alarm)) = alarm.filter(|(at, _)| *at <= tx.now()) else {
        drop(tx);
        look_again(app, &dossier.inspection, alarm.map(|(at, _)| at.into())).await?;
        return Ok(false);
    };
    match alarm {
        Alarm::Remind { due_on, count } => {
            remind(&mut tx, &grant, &mut dossier, (due_on, count), &delays).await?;
        }
        Alarm::FallOverdue { due_on } => fall(&mut tx, &grant, &mut dossier, due_on, &delays).await?,
    }
    tx.commit().await?;
    Ok(true)
}

/// Keeps the instant at which an inspection must be looked at again: no act, so no event.
async fn look_again(
    app: &App,
    row: &inspection::Model,
    at: Option<entity::Instant>,
) -> Result<(), InspectionError> {
    inspection::Entity::update_many()
        .col_expr(inspection::Column::DeadlineAt, Expr::value(at))
        .filter(inspection::Column::Id.eq(row.id))
        .filter(inspection::Column::Version.eq(row.version))
        .exec(app.db.bookkeeping())
        .await?;
    Ok(())
}

async fn remind(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &mut Dossier,
    (due_on, count): (Date, i32),
    delays: &LifeDelays,
) -> Result<(), InspectionError> {
    let gaps = queries::gaps(tx.conn(), dossier.inspection.id).await?;
    let zone = dossier.structure.zone.clone();
    dossier
        .change(tx, |row| {
            row.warned = count;
            row.deadline_at = deadlines::next_alarm(row, &gaps, &zone, delays).map(|(at, _)| at.into());
        })
        .await?;
    let told = ("inspection.actions_reminded", "CTL_ACTIONS_REMINDED");
    record(tx, grant, dossier, told, (None, None), What::Reminded { due_on, count }).await
}

/// Every gap whose day is behind is late, and so is the inspection.
async fn fall(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &mut Dossier,
    due_on: Date,
    delays: &LifeDelays,
) -> Result<(), InspectionError> {
    use NonconformityState as S;
    let id = dossier.inspection.id;
    let today = dossier.today(tx.now());
    let mut late = Vec::new();
    for gap in queries::gaps(tx.conn(), id).await? {
        let waits = matches!(gap.state, S::ActionsRequested | S::Insufficient);
        if waits && gap.due_on.is_some_and(|day| day < today) {
            late.push(move_gap(tx, gap, GapStep::FallOverdue, |_| ()).await?.id);
        }
    }
    let gaps = queries::gaps(tx.conn(), id).await?;
    let zone = dossier.structure.zone.clone();
    // Reminders of before the day that never left are not sent after it.
    let before = delays.action_warning_days.iter().filter(|days| **days >= 0).count();
    let warned = i32::try_from(before).unwrap_or_default().max(dossier.inspection.warned);
    let line = dossier
        .step(tx, Step::FallOverdue, |row| {
            row.warned = warned;
            row.deadline_at = deadlines::next_alarm(row, &gaps, &zone, delays).map(|(at, _)| at.into());
        })
        .await?;
    record_step(tx, grant, dossier, line, What::Overdue { due_on, gaps: &late }).await
}
