//! Keeps a document that the program typeset, once.

use entity::ids::AgreementRequestId;

use super::record_act;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::storage::issued::{About, NewDocument, keep};

/// Keeps the document about a thing, made by an act on a request; false when an earlier attempt did, and nothing is then left to commit.
///
/// # Errors
/// The refusals of every act.
pub async fn issue_document(
    tx: &mut Tx,
    id: AgreementRequestId,
    about: About,
    new: NewDocument,
) -> Result<bool, AgreementError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::DocumentIssue, &dossier.facts())?;
    let (kind, archival) = (new.kind.clone(), new.archival);
    let Some(document) = keep(tx, about, new).await? else { return Ok(false) };
    // The kind tells a draft from what it announces, which the template does not.
    let what = What::DocumentIssued { document, template: &kind, archival };
    record_act(tx, &grant, &dossier, what).await?;
    Ok(true)
}
