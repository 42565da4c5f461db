//! It begins, it took place, the report is there.

use entity::ids::MissionId;
use entity::mission;

use super::{record, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::missions::dossier::{Dossier, locked_expert};
use crate::features::missions::events::What;
use crate::features::missions::input::reason as read_reason;
use crate::features::missions::standing::{self, Need};
use crate::features::missions::state::Step;
use crate::features::missions::{MissionError, labels};
use crate::rules::deadline::date_in_zone;

/// The mission begins; the program says it by itself at its hour.
///
/// # Errors
/// A mission of another day; a person who may not hold it any more, in words; the refusals of every act.
pub async fn start(tx: &mut Tx, id: MissionId, version: Option<i32>) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionCarry, &dossier.facts())?;
    dossier.check_version(version)?;
    dossier.next(Step::Start)?;
    let day = |at| date_in_zone(at, &dossier.mission.zone).ok();
    if day(tx.now()) < day(*dossier.mission.starts_at) {
        return Err(MissionError::fault("", "too-soon", labels::NOT_TODAY));
    }
    dossier.expert = locked_expert(tx, dossier.mission.expert_id).await?;
    let found = standing::of(tx.conn(), &Need::of(&dossier), &dossier.expert, tx.now()).await?;
    if !found.may_keep() {
        return Err(MissionError::NotEntitled(found.refusals));
    }
    let line = step(tx, &mut dossier, Step::Start, |_| {}).await?;
    record(tx, &grant, &dossier, line, What::Carried).await?;
    Ok(dossier.mission)
}

/// The mission took place.
///
/// # Errors
/// The refusals of every act.
pub async fn finish(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionCarry, &dossier.facts())?;
    dossier.check_version(version)?;
    let now = tx.instant();
    let line = step(tx, &mut dossier, Step::Finish, |mission| mission.done_at = Some(now)).await?;
    record(tx, &grant, &dossier, line, What::Carried).await?;
    Ok(dossier.mission)
}

/// The report of the mission.
///
/// # Errors
/// An empty report; the refusals of every act.
pub async fn report(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    text: &str,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionCarry, &dossier.facts())?;
    dossier.check_version(version)?;
    dossier.next(Step::Report)?;
    let text = read_reason("/report", text, labels::REPORT_WANTED)?;
    let now = tx.instant();
    let line = step(tx, &mut dossier, Step::Report, |mission| {
        mission.report = Some(text);
        mission.reported_at = Some(now);
    })
    .await?;
    record(tx, &grant, &dossier, line, What::Reported).await?;
    Ok(dossier.mission)
}
