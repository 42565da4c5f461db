//! The structure is told of the date of an inspection, and of another one (C4, C5).

use entity::ids::InspectionId;
use entity::inspection;
use time::Duration;

use super::record_step;
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::What;
use crate::features::inspections::input::{NotifyInput, PostponeInput, text};
use crate::features::inspections::labels;
use crate::features::inspections::state::{Step, TABLE, is_unannounced};
use crate::features::missions::actions::follow_dates;
use crate::features::settings;
use crate::rules::deadline::{add_days, day_in_zone};

/// Tells the structure of the date.
///
/// # Errors
/// An unannounced inspection; nobody in charge; every fault of what was typed, a date too near among them; the refusals of every act.
pub async fn notify(
    tx: &mut Tx,
    id: InspectionId,
    seen: Option<i32>,
    input: &NotifyInput,
) -> Result<inspection::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionNotify, &dossier.facts())?;
    dossier.check_version(seen)?;
    TABLE.next(dossier.inspection.state, Step::Notify)?;
    if is_unannounced(dossier.inspection.origin) {
        let detail = labels::refusals::UNANNOUNCED;
        return Err(InspectionError::blocked("inspection-unannounced", detail, Vec::new()));
    }
    if dossier.inspection.controller_id.is_none() {
        let detail = labels::refusals::NOBODY;
        return Err(InspectionError::blocked("inspection-unassigned", detail, Vec::new()));
    }
    let delays = settings::life_delays(tx.conn()).await?;
    let today = dossier.today(tx.now());
    let mut faults = input.faults(today);
    let day = day_in_zone(input.starts_at, &dossier.structure.zone);
    if day < add_days(today, delays.notice_days.into()) {
        let message = labels::refusals::too_near(delays.notice_days);
        faults.push(crate::error::Fault::new("/starts_at", "date-too-near", message));
    }
    if !faults.is_empty() {
        return Err(InspectionError::Invalid(faults));
    }
    let now = tx.instant();
    let ends_at = input.starts_at + Duration::minutes(input.minutes);
    let line = dossier
        .step(tx, Step::Notify, |row| {
            row.starts_at = Some(input.starts_at.into());
            row.first_starts_at = row.first_starts_at.or(row.starts_at);
            row.ends_at = Some(ends_at.into());
            row.place = input.place.trim().to_owned();
            row.accepted_by = Some(input.accepted_by.trim().to_owned());
            row.accepted_on = Some(input.accepted_on);
            row.pieces_asked = input.pieces.trim().to_owned();
            row.sample_rule = input.sample_rule.trim().to_owned();
            row.notified_at = Some(now);
        })
        .await?;
    move_mission(tx, &grant, &dossier, labels::mission::DATE_TOLD).await?;
    record_step(tx, &grant, &dossier, line, What::Notified).await?;
    Ok(dossier.inspection)
}

/// The half-days of whoever makes it follow its date.
async fn move_mission(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    reason: &str,
) -> Result<(), InspectionError> {
    let row = &dossier.inspection;
    let dates = row.starts_at.zip(row.ends_at).map(|(start, end)| (*start, *end));
    if let Some((mission, dates)) = row.mission_id.zip(dates) {
        Box::pin(follow_dates(tx, grant, mission, dates, reason)).await?;
    }
    Ok(())
}

/// Moves the inspection; the structure may do it once.
///
/// # Errors
/// The second time that the structure moves it; no reason; a date too near, or too far from the one announced first; the refusals of every
/// act.
pub async fn postpone(
    tx: &mut Tx,
    id: InspectionId,
    seen: Option<i32>,
    input: &PostponeInput,
) -> Result<inspection::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionPostpone, &dossier.facts())?;
    dossier.check_version(seen)?;
    TABLE.next(dossier.inspection.state, Step::Postpone)?;
    let by_structure = grant.role() == "structure";
    if by_structure && dossier.inspection.moved_by_structure {
        let detail = labels::refusals::MOVED_ONCE;
        return Err(InspectionError::blocked("inspection-moved-once", detail, Vec::new()));
    }
    let delays = settings::life_delays(tx.conn()).await?;
    let zone = dossier.structure.zone.clone();
    let day = day_in_zone(input.starts_at, &zone);
    let announced = dossier.inspection.first_starts_at.or(dossier.inspection.starts_at);
    let announced = announced.map_or(day, |at| day_in_zone(*at, &zone));
    let reason = text("/reason", &input.reason, "Dites pourquoi la date change");
    let mut faults: Vec<_> = reason.into_iter().collect();
    if !delays.may_move_to(announced, day, dossier.today(tx.now())) {
        let message = labels::refusals::not_then(delays.notice_days, delays.postpone_days);
        faults.push(crate::error::Fault::new("/starts_at", "date-not-possible", message));
    }
    if !faults.is_empty() {
        return Err(InspectionError::Invalid(faults));
    }
    let before = dossier.inspection.starts_at.map(|at| *at);
    let length = dossier.inspection.ends_at.zip(dossier.inspection.starts_at);
    let length = length.map_or(Duration::hours(3), |(end, start)| *end - *start);
    let line = dossier
        .step(tx, Step::Postpone, |row| {
            row.starts_at = Some(input.starts_at.into());
            row.ends_at = Some((input.starts_at + length).into());
            row.sequence += 1;
            row.moved_by_structure |= by_structure;
        })
        .await?;
    let reason = input.reason.trim();
    move_mission(tx, &grant, &dossier, reason).await?;
    record_step(tx, &grant, &dossier, line, What::Moved { before, reason }).await?;
    Ok(dossier.inspection)
}
