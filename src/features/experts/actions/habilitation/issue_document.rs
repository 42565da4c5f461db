//! Keeps a document that the program typeset, once.

use entity::ids::HabilitationId;

use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::experts::ExpertError;
use crate::features::experts::events::What;
use crate::storage::issued::{NewDocument, keep};

/// Keeps the document; false when an earlier attempt did, and nothing is then left to commit. The version of the file
/// does not grow: whoever reads it meanwhile may act on what they see.
///
/// # Errors
/// The refusals of every act.
pub async fn issue_document(tx: &mut Tx, id: HabilitationId, new: NewDocument) -> Result<bool, ExpertError> {
    let opened = open(tx, id, None, Permission::DocumentIssue).await?;
    let (template, archival) = (new.template, new.archival);
    let Some(document) = keep(tx, ("habilitation", id.0), new).await? else { return Ok(false) };
    let what = What::DocumentIssued { document, template, archival };
    opened.tell(tx, ("habilitation.document_issued", "HAB_DOCUMENT"), what).await?;
    Ok(true)
}
