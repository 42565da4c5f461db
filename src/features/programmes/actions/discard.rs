//! Throws a draft away; the journal keeps what it said.

use entity::ids::ProgrammeId;

use super::super::events::ProgrammeEvent;
use super::super::{ProgrammeError, queries};
use super::{draft, store};
use crate::authz::Permission;
use crate::db::Tx;

/// Throws the draft away. The first sheet of a programme is not: nothing would be left of it.
///
/// # Errors
/// [`ProgrammeError::NoDraft`], [`ProgrammeError::OnlySheet`], [`ProgrammeError::Stale`], the refusal of the policy, what the
/// database answers.
pub async fn discard_draft(tx: &mut Tx, id: ProgrammeId, seen: Option<i32>) -> Result<(), ProgrammeError> {
    let draft = draft(tx, id, seen, Permission::ProgrammeEdit).await?;
    if queries::versions(tx.conn(), id).await?.len() == 1 {
        return Err(ProgrammeError::OnlySheet);
    }
    store::delete(tx, draft.version.id).await?;
    let event = ProgrammeEvent::DraftDiscarded {
        programme: draft.programme,
        version: draft.version,
        sheet: Box::new(draft.document),
    };
    tx.record(&draft.grant, &event).await?;
    Ok(())
}
