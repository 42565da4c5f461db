//! Keeps a document that the program typeset, once.

use entity::ids::CandidateId;

use super::super::CandidateError;
use super::super::dossier::Dossier;
use super::super::events::What;
use super::record_act;
use crate::authz::Permission;
use crate::db::Tx;
use crate::storage::issued::{NewDocument, keep};

/// Keeps the document; false when an earlier attempt did, and nothing is then left to commit.
///
/// # Errors
/// The refusals of every act.
pub async fn issue_document(tx: &mut Tx, id: CandidateId, new: NewDocument) -> Result<bool, CandidateError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::DocumentIssue, &dossier.facts())?;
    let (template, archival) = (new.template, new.archival);
    let Some(document) = keep(tx, ("candidate", id.0), new).await? else { return Ok(false) };
    let what = What::DocumentIssued { document, template, archival };
    record_act(tx, &grant, &dossier, ("candidate.document_issued", "CAND_DOCUMENT_ISSUED"), what).await?;
    Ok(true)
}
