//! A support takes place, is reported, rated by the structure, closed.

use entity::ids::{NonconformityId, TeachingSupportId};
use entity::mission::MissionState;
use entity::{support_nonconformity, teaching_support};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{mission_of, record_step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::missions::actions as missions;
use crate::features::settings;
use crate::features::supports::dossier::Dossier;
use crate::features::supports::error::SupportError;
use crate::features::supports::events::What;
use crate::features::supports::input::{PerformInput, RateInput, ReportInput};
use crate::features::supports::labels;
use crate::features::supports::state::{Step, TABLE};
use crate::rules::deadline::add_days;

/// Records that the support took place; its mission is done with it, which the ledger of ties reads.
///
/// # Errors
/// Every fault of what was typed; a support before its hour; a mission that nobody accepted; the refusals of every act.
pub async fn perform(
    tx: &mut Tx,
    id: TeachingSupportId,
    seen: Option<i32>,
    input: &PerformInput,
) -> Result<teaching_support::Model, SupportError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::SupportPerform, &dossier.facts())?;
    dossier.check_version(seen)?;
    TABLE.next(dossier.support.state, Step::Perform)?;
    let faults = input.faults();
    if !faults.is_empty() {
        return Err(SupportError::Invalid(faults));
    }
    if dossier.support.starts_at.is_some_and(|at| *at > tx.now()) {
        return Err(SupportError::blocked("support-not-yet", labels::NOT_YET));
    }
    match mission_of(tx, &dossier).await? {
        Some(mission) if mission.state == MissionState::Accepted => {
            Box::pin(missions::start(tx, mission.id, None)).await?;
            Box::pin(missions::finish(tx, mission.id, None)).await?;
        }
        Some(mission) if mission.state == MissionState::InProgress => {
            Box::pin(missions::finish(tx, mission.id, None)).await?;
        }
        Some(mission) if mission.done_at.is_some() => {}
        _ => return Err(SupportError::blocked("support-not-accepted", labels::NOT_ACCEPTED)),
    }
    let delays = settings::life_delays(tx.conn()).await?;
    let until = dossier.end_of(add_days(dossier.today(tx.now()), delays.support_report_days.into()));
    let now = tx.instant();
    let line = dossier
        .step(tx, Step::Perform, |row| {
            row.performed_at = Some(now);
            row.minutes_given = Some(input.minutes);
            row.persons = Some(input.persons.trim().to_owned());
            row.deadline_at = Some(until.into());
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Performed).await?;
    Ok(dossier.support)
}

/// Files the report, with what the structure does next.
///
/// # Errors
/// Every fault of the report; the refusals of every act.
pub async fn report(
    tx: &mut Tx,
    id: TeachingSupportId,
    seen: Option<i32>,
    input: &ReportInput,
) -> Result<teaching_support::Model, SupportError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::SupportPerform, &dossier.facts())?;
    dossier.check_version(seen)?;
    let faults = input.faults();
    if !faults.is_empty() {
        return Err(SupportError::Invalid(faults));
    }
    let now = tx.instant();
    let line = dossier
        .step(tx, Step::Report, |row| {
            row.report = Some(input.report.trim().to_owned());
            row.actions = Some(input.actions.trim().to_owned());
            row.reported_at = Some(now);
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Reported).await?;
    Ok(dossier.support)
}

/// Keeps how satisfied the structure is; what it said before is replaced, and stays in the journal.
///
/// # Errors
/// A note that is none; the refusals of every act.
pub async fn rate(
    tx: &mut Tx,
    id: TeachingSupportId,
    input: &RateInput,
) -> Result<teaching_support::Model, SupportError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::SupportRate, &dossier.facts())?;
    let faults = input.faults();
    if !faults.is_empty() {
        return Err(SupportError::Invalid(faults));
    }
    let (now, words) = (tx.instant(), input.text.trim());
    let words = (!words.is_empty()).then(|| words.to_owned());
    let line = dossier
        .step(tx, Step::Rate, |row| {
            row.satisfaction = Some(input.satisfaction);
            row.satisfaction_text = words;
            row.satisfied_at = Some(now);
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Rated).await?;
    Ok(dossier.support)
}

/// Closes a support: the structure is asked how satisfied it is, and the gaps that it helps are told.
///
/// # Errors
/// The refusals of every act.
pub async fn close(
    tx: &mut Tx,
    id: TeachingSupportId,
    seen: Option<i32>,
) -> Result<teaching_support::Model, SupportError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::SupportClose, &dossier.facts())?;
    dossier.check_version(seen)?;
    let (by, now) = (tx.actor().account_id(), tx.instant());
    let line = dossier
        .step(tx, Step::Close, |row| {
            row.closed_by = by;
            row.closed_at = Some(now);
            row.survey_sent_at = Some(now);
        })
        .await?;
    let gaps: Vec<NonconformityId> = support_nonconformity::Entity::find()
        .select_only()
        .column(support_nonconformity::Column::NonconformityId)
        .filter(support_nonconformity::Column::SupportId.eq(id))
        .order_by_asc(support_nonconformity::Column::Id)
        .into_tuple()
        .all(tx.conn())
        .await?;
    record_step(tx, &grant, &dossier, line, What::Closed { gaps: &gaps }).await?;
    Ok(dossier.support)
}
