//! It begins, it took place, the report is there, with files beside it.

use entity::ids::MissionId;
use entity::mission::{self, MissionState};

use super::expenses::NewReceipt;
use super::{record, record_act, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::missions::dossier::{Dossier, locked_expert};
use crate::features::missions::events::What;
use crate::features::missions::input::reason as read_reason;
use crate::features::missions::standing::{self, Need};
use crate::features::missions::state::{InvalidStep, Step};
use crate::features::missions::{MissionError, documents, labels, wording};
use crate::rules::deadline::date_in_zone;
use crate::storage::receive::{Attached, attach};

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
        return Err(MissionError::fault("", "too-soon", labels::faults::NOT_TODAY));
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
    let text = read_reason("/report", text, labels::faults::REPORT_WANTED)?;
    let now = tx.instant();
    let line = step(tx, &mut dossier, Step::Report, |mission| {
        mission.report = Some(text);
        mission.reported_at = Some(now);
    })
    .await?;
    record(tx, &grant, &dossier, line, What::Reported).await?;
    Ok(dossier.mission)
}

/// Refuses files beside the report of a mission that did not take place yet, or whose claim left.
///
/// # Errors
/// The state does not allow it.
pub fn report_receivable(from: MissionState) -> Result<(), MissionError> {
    if matches!(from, MissionState::Done | MissionState::ReportReceived) {
        return Ok(());
    }
    Err(InvalidStep { from, step: Step::Report }.into())
}

/// Keeps a file beside the report, already checked and in the store.
///
/// # Errors
/// A mission that did not take place yet, or whose claim left; the refusals of every act.
pub async fn add_report_file(tx: &mut Tx, id: MissionId, new: &NewReceipt) -> Result<(), MissionError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionCarry, &dossier.facts())?;
    report_receivable(dossier.mission.state)?;
    let file = Attached {
        kind: documents::REPORT_FILE,
        title: wording::document(documents::REPORT_FILE),
        file_name: &new.file_name,
        sha256: &new.sha256,
        size: new.size,
        media_type: new.media_type,
    };
    let document = attach(tx, ("mission", id.0), file).await?;
    let name = ("mission.report_file_received", "MIS_REPORT_FILE");
    record_act(tx, &grant, &dossier, name, What::ReceiptReceived { document }).await
}
