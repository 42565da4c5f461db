//! Keeps a document that the program typeset, once.

use entity::ids::JurySessionId;

use super::super::{JuryError, What};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::storage::issued::{NewDocument, keep};

/// Keeps the document; false when an earlier attempt did, and nothing is then left to commit.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn issue_document(tx: &mut Tx, id: JurySessionId, new: NewDocument) -> Result<bool, JuryError> {
    let opened = open(tx, id, None, Permission::DocumentIssue).await?;
    let (template, archival) = (new.template, new.archival);
    let Some(document) = keep(tx, ("jury_session", id.0), new).await? else { return Ok(false) };
    let what = What::DocumentIssued { document, template, archival };
    opened.record_act(tx, ("jury.document_issued", "JUR_DOCUMENT"), what).await?;
    Ok(true)
}
