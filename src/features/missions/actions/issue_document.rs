//! Keeps a document that the program typeset, once.

use entity::ids::MissionId;

use super::record_act;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::missions::MissionError;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::events::What;
use crate::storage::issued::{NewDocument, keep};

/// Keeps the document; false when an earlier attempt did, and nothing is then left to commit.
///
/// # Errors
/// The refusals of every act.
pub async fn issue_document(tx: &mut Tx, id: MissionId, new: NewDocument) -> Result<bool, MissionError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::DocumentIssue, &dossier.facts())?;
    let (template, archival) = (new.template, new.archival);
    let Some(document) = keep(tx, ("mission", id.0), new).await? else { return Ok(false) };
    let what = What::DocumentIssued { document, template, archival };
    record_act(tx, &grant, &dossier, ("mission.document_issued", "MIS_DOCUMENT"), what).await?;
    Ok(true)
}
