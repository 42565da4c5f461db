//! Opens the draft of the next version: a copy of the latest.

use entity::ids::ProgrammeId;
use entity::programme_version::{self, VersionState};

use super::super::events::ProgrammeEvent;
use super::super::{ProgrammeError, queries};
use super::{Opened, lock, store};
use crate::authz::Permission;
use crate::db::Tx;

/// Opens a draft. A programme has one at most. Codes that left the referential are not copied.
///
/// # Errors
/// [`ProgrammeError::DraftOpen`], the refusal of the policy, what the database answers.
pub async fn open_draft(tx: &mut Tx, id: ProgrammeId) -> Result<programme_version::Model, ProgrammeError> {
    let Opened { programme, grant } = lock(tx, id, Permission::ProgrammeEdit).await?;
    let known = queries::versions(tx.conn(), id).await?;
    if known.iter().any(|row| row.state == VersionState::Draft) {
        return Err(ProgrammeError::DraftOpen);
    }
    let latest = known.first().ok_or(ProgrammeError::NotFound)?;
    let documents = queries::documents(tx.conn(), std::slice::from_ref(latest)).await?;
    let mut sheet = documents.into_values().next().unwrap_or_default();
    let target = queries::target(tx.conn(), sheet.certification_version_id).await?;
    target.prune(&mut sheet);
    let version = store::new_version(tx, id, latest.number + 1, &sheet);
    store::insert(tx, version.clone(), &sheet, &target).await?;
    let event = ProgrammeEvent::DraftOpened { programme, version: version.clone() };
    tx.record(&grant, &event).await?;
    Ok(version)
}
