//! The structure brings what proves that a reserve is done: a file and a note, that a manager then checks (A3).

use entity::agreement;
use entity::ids::{AgreementId, ReserveId};
use entity::reserve::{self, ReserveState};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QuerySelect};

use super::{locked, record};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::RightWhat;
use crate::features::agreements::input::required;
use crate::features::agreements::labels;
use crate::features::agreements::state::right::takes_proofs;
use crate::storage::receive::{Attached, attach};

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
    takes_proofs(agreement.state)?;
    let note = required("/note", &input.note, "Dites en quelques mots ce que ce document prouve")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let found = reserve::Entity::find_by_id(reserve).lock_exclusive().one(tx.conn()).await?;
    let found = found.filter(|found| found.agreement_id == Some(id)).ok_or(AgreementError::NotFound)?;
    if found.state == ReserveState::Closed {
        return Err(AgreementError::blocked(
            "reserve-already-closed",
            labels::steps::RESERVE_LIFTED,
            Vec::new(),
        ));
    }
    let title = labels::pieces::proof(found.position);
    let file = Attached {
        kind: "reserve-proof",
        title: &title,
        file_name: &input.file_name,
        sha256: &input.sha256,
        size: input.size,
        media_type: input.media_type,
    };
    // One of the documents of the request, so that whoever sees the file of the structure sees it.
    let document = attach(tx, ("agreement_request", dossier.request.id.0), file).await?;
    let mut row: reserve::ActiveModel = found.into();
    row.proof_document_id = Set(Some(document.id));
    row.proof_note = Set(Some(note));
    row.proof_at = Set(Some(tx.instant()));
    let proved = row.update(tx.conn()).await?;
    let line = ("agreement.proof_received", "AGREMENT_PROOF_RECEIVED");
    let what = RightWhat::ProofReceived { reserve: &proved, document };
    record(tx, &grant, &agreement, &dossier, line, (None, None), what).await?;
    Ok(agreement)
}
