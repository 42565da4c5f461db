//! A receipt of an expense, kept with the mission.

use entity::document;
use entity::ids::{DocumentId, MissionId};
use entity::mission::MissionState;
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::super::record_act;
use crate::authz::Permission;
use crate::db::Tx;
use crate::events::DocumentRef;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::events::What;
use crate::features::missions::state::{InvalidStep, Step};
use crate::features::missions::{MissionError, documents, wording};

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
    let document: DocumentId = tx.new_id();
    let reference = DocumentRef { id: document, sha256: hex::encode(&new.sha256) };
    let row = document::ActiveModel {
        id: Set(document),
        sha256: Set(new.sha256),
        size: Set(new.size),
        media_type: Set(new.media_type.to_owned()),
        file_name: Set(new.file_name),
        kind: Set(documents::RECEIPT.to_owned()),
        subject_kind: Set("mission".to_owned()),
        subject_id: Set(id.0),
        title: Set(wording::document(documents::RECEIPT).to_owned()),
        generated: Set(false),
        template: Set(String::new()),
        created_by: Set(tx.actor().account_id()),
        created_at: Set(tx.instant()),
    };
    document::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    let name = ("mission.receipt_received", "MIS_RECEIPT");
    record_act(tx, &grant, &dossier, name, What::ReceiptReceived { document: reference }).await?;
    Ok(document)
}
