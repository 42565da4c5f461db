//! Throws a draft away; the journal keeps what it said.

use entity::ids::{CertificationId, CertificationVersionId};
use entity::referential;
use sea_orm::EntityTrait;

use super::super::super::CertificationError;
use super::super::super::events::CertificationEvent;
use super::{draft, store};
use crate::authz::Permission;
use crate::db::Tx;

/// Throws the draft away.
///
/// # Errors
/// [`CertificationError::NoDraft`], [`CertificationError::Stale`], the refusal of the policy, what the database
/// answers.
pub async fn discard_draft(
    tx: &mut Tx,
    certification: CertificationId,
    version: CertificationVersionId,
    seen: Option<i32>,
) -> Result<(), CertificationError> {
    let draft = draft(tx, certification, version, seen, Permission::ReferentialEdit).await?;
    store::delete(tx, draft.row.id).await?;
    referential::Entity::delete_by_id(draft.row.id).exec(tx.conn()).await?;
    let event = CertificationEvent::ReferentialDiscarded {
        certification: draft.certification,
        row: draft.row,
        document: Box::new(draft.document),
    };
    tx.record(&draft.grant, &event).await?;
    Ok(())
}
