//! Takes a programme out of the catalogue, and prepares it again.

use entity::ids::ProgrammeId;
use entity::programme;

use super::super::ProgrammeError;
use super::super::events::ProgrammeEvent;
use super::super::state::{Step, TABLE};
use super::publish::supersede;
use super::{Opened, lock, save};
use crate::authz::Permission;
use crate::db::Tx;

/// Takes a programme out of the catalogue. Its sessions are not touched: whoever cancels them tells their people.
///
/// # Errors
/// [`ProgrammeError::Step`], [`ProgrammeError::Stale`], the refusal of the policy, what the database answers.
pub async fn retire(
    tx: &mut Tx,
    id: ProgrammeId,
    seen: Option<i32>,
) -> Result<programme::Model, ProgrammeError> {
    moved(tx, id, seen, Step::Retire).await
}

/// Prepares again what was retired: its sheet is read, completed and published anew.
///
/// # Errors
/// As [`retire`].
pub async fn restore(
    tx: &mut Tx,
    id: ProgrammeId,
    seen: Option<i32>,
) -> Result<programme::Model, ProgrammeError> {
    moved(tx, id, seen, Step::Restore).await
}

async fn moved(
    tx: &mut Tx,
    id: ProgrammeId,
    seen: Option<i32>,
    step: Step,
) -> Result<programme::Model, ProgrammeError> {
    let Opened { programme: before, grant } = lock(tx, id, Permission::ProgrammePublish).await?;
    if seen.is_some_and(|seen| seen != before.version) {
        return Err(ProgrammeError::Stale);
    }
    let line = TABLE.next(Some(before.state), step)?;
    let retires = step == Step::Retire;
    if retires {
        supersede(tx, id).await?;
    }
    let mut programme = before.clone();
    programme.state = line.to;
    programme.retired_on = retires.then(|| tx.app().today());
    save(tx, &mut programme).await?;
    let event = ProgrammeEvent::Moved { before: Box::new(before), programme: programme.clone(), step };
    tx.record(&grant, &event).await?;
    Ok(programme)
}
