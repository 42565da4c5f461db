//! The structure brings what proves that a reserve is done: a file and a note, that a manager then checks (A3).

use entity::ids::{AccountId, AgreementId, DocumentId, ReserveId};
use entity::reserve::{self, ReserveState};
use entity::{agreement, document};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QuerySelect};

use super::{locked, record};
use crate::authz::{Denied, Permission};
use crate::db::Tx;
use crate::events::DocumentRef;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::RightWhat;
use crate::features::agreements::input::required;
use crate::features::agreements::labels;
use crate::features::agreements::state::{RightStep, next_right};

/// A received file, already in the store, and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofInput {
    /// Name of the file, as sent.
    pub file_name: String,
    /// SHA-256 of its content.
    pub sha256: Vec<u8>,
    /// Its size, in bytes.
    pub size: i64,
    /// What it really is.
    pub media_type: &'static str,
    /// What the structure says of it.
    pub note: String,
}

/// Keeps the proof; another one takes its place, and the file of the former stays in the documents.
///
/// # Errors
/// A reserve that is closed already; no note; the refusals of every act.
pub async fn prove_reserve(
    tx: &mut Tx,
    id: AgreementId,
    reserve: ReserveId,
    input: ProofInput,
) -> Result<agreement::Model, AgreementError> {
    let (agreement, dossier) = locked(tx, id).await?;
    let grant = tx.authorize(Permission::AgreementProve, &dossier.facts())?;
    next_right(agreement.state, RightStep::LiftReserves)?;
    let note = required("/note", &input.note, "Dites en quelques mots ce que ce document prouve")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let found = reserve::Entity::find_by_id(reserve).lock_exclusive().one(tx.conn()).await?;
    let found = found.filter(|found| found.agreement_id == Some(id)).ok_or(AgreementError::NotFound)?;
    if found.state == ReserveState::Closed {
        return Err(AgreementError::blocked("reserve-already-closed", labels::RESERVE_LIFTED, Vec::new()));
    }
    let author = tx.actor().account_id().ok_or(Denied::Anonymous)?;
    let document = keep(tx, &dossier, &found, &input, author).await?;
    let mut row: reserve::ActiveModel = found.into();
    row.proof_document_id = Set(Some(document));
    row.proof_note = Set(Some(note));
    row.proof_at = Set(Some(tx.instant()));
    let proved = row.update(tx.conn()).await?;
    let line = ("agreement.proof_received", "AGREMENT_PROOF_RECEIVED");
    let document = DocumentRef { id: document, sha256: hex::encode(&input.sha256) };
    let what = RightWhat::ProofReceived { reserve: &proved, document };
    record(tx, &grant, &agreement, &dossier, line, (None, None), what).await?;
    Ok(agreement)
}

/// The file is one of the documents of the request, so that whoever sees the file of the structure sees it.
async fn keep(
    tx: &Tx,
    dossier: &Dossier,
    reserve: &reserve::Model,
    input: &ProofInput,
    author: AccountId,
) -> Result<DocumentId, AgreementError> {
    let id: DocumentId = tx.new_id();
    let row = document::ActiveModel {
        id: Set(id),
        sha256: Set(input.sha256.clone()),
        size: Set(input.size),
        media_type: Set(input.media_type.to_owned()),
        file_name: Set(input.file_name.clone()),
        kind: Set("reserve-proof".to_owned()),
        subject_kind: Set("agreement_request".to_owned()),
        subject_id: Set(dossier.request.id.0),
        title: Set(labels::proof(reserve.position)),
        generated: Set(false),
        template: Set(String::new()),
        created_by: Set(Some(author)),
        created_at: Set(tx.instant()),
    };
    document::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(id)
}
