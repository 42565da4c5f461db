//! Changes a draft, a part or the whole of it.

use entity::ids::{CertificationId, CertificationVersionId};
use entity::referential;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::super::CertificationError;
use super::super::super::events::CertificationEvent;
use super::super::super::queries::referential as queries;
use super::super::lock;
use super::{draft, open_draft, store};
use crate::authz::Permission;
use crate::db::Tx;
use crate::rules::referential::{Document, read};

/// Applies a change over the draft and writes it, if every value may be kept.
///
/// # Errors
/// Every fault, [`CertificationError::NoDraft`], [`CertificationError::Stale`], the refusal of the policy, what the
/// database answers.
pub async fn edit_draft(
    tx: &mut Tx,
    certification: CertificationId,
    version: CertificationVersionId,
    seen: Option<i32>,
    change: impl FnOnce(&mut Document),
) -> Result<referential::Model, CertificationError> {
    let draft = draft(tx, certification, version, seen, Permission::ReferentialEdit).await?;
    let mut typed = draft.document.clone();
    change(&mut typed);
    let after = read(&typed)?;
    store::delete(tx, draft.row.id).await?;
    store::insert(tx, draft.row.id, &after).await?;
    let mut row = draft.row;
    row.families = after.families.join("\n");
    row.version += 1;
    referential::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    let event = CertificationEvent::ReferentialChanged {
        certification: draft.certification,
        row: row.clone(),
        before: Box::new(draft.document),
        after: Box::new(after),
    };
    tx.record(&draft.grant, &event).await?;
    Ok(row)
}

/// Puts a whole referential in place of the draft, which is opened when there is none.
///
/// # Errors
/// As [`edit_draft`]; never [`CertificationError::NoDraft`].
pub async fn put_draft(
    tx: &mut Tx,
    certification: CertificationId,
    version: CertificationVersionId,
    seen: Option<i32>,
    document: Document,
) -> Result<referential::Model, CertificationError> {
    let _locked = lock(tx, certification, version, Permission::ReferentialEdit).await?;
    if queries::draft(tx.conn(), version).await?.is_none() {
        open_draft(tx, certification, version).await?;
    }
    edit_draft(tx, certification, version, seen, |typed| *typed = document).await
}
