//! Keeps a document that the program typeset, once for each version of the meeting.

use entity::ids::MeetingId;

use super::super::MeetingError;
use super::super::events::What;
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::storage::issued::{NewDocument, keep};

/// Keeps the document of a meeting that did not change meanwhile; false when it was kept before, and nothing is then
/// left to commit.
///
/// # Errors
/// [`MeetingError::Stale`], the refusal of the policy, what the database answers.
pub async fn issue_document(
    tx: &mut Tx,
    id: MeetingId,
    seen: i32,
    new: NewDocument,
) -> Result<bool, MeetingError> {
    let opened = open(tx, id, Some(seen), Permission::MeetingManage).await?;
    let (template, archival) = (new.template, new.archival);
    let Some(document) = keep(tx, ("meeting", id.0), new).await? else { return Ok(false) };
    opened.record(tx, What::DocumentIssued { document, template, archival }).await?;
    Ok(true)
}
