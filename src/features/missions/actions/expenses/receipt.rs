//! A receipt of an expense, kept with the mission.

use entity::document;
use entity::ids::{DocumentId, MissionId};
use entity::mission::MissionState;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::record_act;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::events::What;
use crate::features::missions::state::{InvalidStep, Step};
use crate::features::missions::{MissionError, documents, wording};
use crate::storage::receive::{Attached, attach};

/// A received file, checked and already in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReceipt {
    /// Name of the file, as sent.
    pub file_name: String,
    /// SHA-256 of its content.
    pub sha256: Vec<u8>,
    /// Its size, in bytes.
    pub size: i64,
    /// What it really is.
    pub media_type: &'static str,
}

/// Refuses receipts of a mission that did not take place yet, or whose claim left.
///
/// # Errors
/// The state does not allow it.
pub fn receivable(from: MissionState) -> Result<(), MissionError> {
    use MissionState as S;
    if matches!(from, S::InProgress | S::Done | S::ReportReceived) {
        return Ok(());
    }
    Err(InvalidStep { from, step: Step::Claim }.into())
}

/// Keeps the receipt.
///
/// # Errors
/// A mission that did not take place yet, or whose claim left; the refusals of every act.
pub async fn add_receipt(tx: &mut Tx, id: MissionId, new: NewReceipt) -> Result<DocumentId, MissionError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionClaim, &dossier.facts())?;
    receivable(dossier.mission.state)?;
    let file = Attached {
        kind: documents::RECEIPT,
        title: wording::document(documents::RECEIPT),
        file_name: &new.file_name,
        sha256: &new.sha256,
        size: new.size,
        media_type: new.media_type,
    };
    let document = attach(tx, ("mission", id.0), file).await?;
    let kept = document.id;
    let name = ("mission.receipt_received", "MIS_RECEIPT");
    record_act(tx, &grant, &dossier, name, What::ReceiptReceived { document }).await?;
    Ok(kept)
}

/// Takes back a receipt that was sent twice or by mistake, before the claim leaves. Nothing is erased: it is kept apart and
/// shown no more.
///
/// # Errors
/// No such receipt of the mission; a claim that left; the refusals of every act.
pub async fn withdraw_receipt(
    tx: &mut Tx,
    id: MissionId,
    receipt: DocumentId,
) -> Result<MissionId, MissionError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionClaim, &dossier.facts())?;
    receivable(dossier.mission.state)?;
    let found = document::Entity::find_by_id(receipt)
        .filter(document::Column::SubjectKind.eq("mission"))
        .filter(document::Column::SubjectId.eq(id.0))
        .filter(document::Column::Kind.eq(documents::RECEIPT))
        .one(tx.conn())
        .await?;
    let mut row = found.ok_or(MissionError::NotFound)?;
    documents::WITHDRAWN.clone_into(&mut row.kind);
    wording::document(documents::WITHDRAWN).clone_into(&mut row.title);
    document::Entity::update(row.into_active_model().reset_all()).exec(tx.conn()).await?;
    let name = ("mission.receipt_withdrawn", "MIS_RECEIPT_WITHDRAWN");
    record_act(tx, &grant, &dossier, name, What::ReceiptWithdrawn { document: receipt }).await?;
    Ok(id)
}
