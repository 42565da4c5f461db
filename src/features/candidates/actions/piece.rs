//! Adds a piece, or takes one back: what was sent is marked and kept, never overwritten.

use entity::candidate_piece::{self, CandidatePieceKind};
use entity::ids::{CandidateId, CandidatePieceId};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::dossier::Dossier;
use super::super::events::What;
use super::super::state::{InvalidStep, Step, is_in_hands, is_over};
use super::super::{CandidateError, labels};
use super::{check_own_change, open, record_act, save};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::storage::receive::{Attached, attach};

/// A file already checked and in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceInput {
    /// What it is.
    pub kind: CandidatePieceKind,
    /// Its name.
    pub file_name: String,
    /// SHA-256 of its content.
    pub sha256: Vec<u8>,
    /// Bytes.
    pub size: i64,
    /// What it really is.
    pub media_type: &'static str,
}

/// Adds a piece to a file that is not over.
///
/// # Errors
/// [`CandidateError::WithCertifier`] for a structure once the file is handed in, a file that is over, the refusal of the
/// policy, what the database answers.
pub async fn add_piece(tx: &mut Tx, id: CandidateId, piece: &PieceInput) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = open(tx, id, None, Permission::CandidateEdit).await?;
    check_own_change(tx, &dossier)?;
    if is_over(dossier.state()) {
        return Err(InvalidStep { from: Some(dossier.state()), step: Step::SubmitFile }.into());
    }
    keep(tx, &grant, &mut dossier, piece).await?;
    Ok(dossier)
}

/// Keeps a piece of a file that is locked, and records it.
pub(super) async fn keep(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &mut Dossier,
    piece: &PieceInput,
) -> Result<(), CandidateError> {
    let kind = format!("candidate:{}", piece.kind);
    let file = Attached {
        kind: &kind,
        title: labels::pieces::piece(piece.kind),
        file_name: &piece.file_name,
        sha256: &piece.sha256,
        size: piece.size,
        media_type: piece.media_type,
    };
    let id = dossier.candidate.id;
    let document = attach(tx, ("candidate", id.0), file).await?;
    let row = candidate_piece::Model {
        id: tx.new_id(),
        candidate_id: id,
        kind: piece.kind,
        document_id: document.id,
        file_name: piece.file_name.clone(),
        added_by: tx.actor().account_id(),
        added_at: tx.instant(),
        removed_at: None,
    };
    let insert = candidate_piece::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    save(tx, dossier, |_| {}).await?;
    let what = What::PieceAdded { kind: piece.kind, document };
    record_act(tx, grant, dossier, ("candidate.piece_added", "CAND_PIECE_ADDED"), what).await
}

/// Takes a piece back, while the file is not frozen: what the jury reads stays what was handed in.
///
/// # Errors
/// No such piece; a file that is frozen; [`CandidateError::WithCertifier`] for a structure once the file is handed in; the
/// refusal of the policy, what the database answers.
pub async fn remove_piece(
    tx: &mut Tx,
    id: CandidateId,
    piece: CandidatePieceId,
) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = open(tx, id, None, Permission::CandidateEdit).await?;
    check_own_change(tx, &dossier)?;
    if !is_in_hands(dossier.state()) {
        return Err(InvalidStep { from: Some(dossier.state()), step: Step::SubmitFile }.into());
    }
    let found = candidate_piece::Entity::find_by_id(piece).one(tx.conn()).await?;
    let found = found.filter(|found| found.candidate_id == id && found.removed_at.is_none());
    let mut found = found.ok_or(CandidateError::NotFound)?;
    found.removed_at = Some(tx.instant());
    let kind = found.kind;
    candidate_piece::Entity::update(found.into_active_model().reset_all()).exec(tx.conn()).await?;
    save(tx, &mut dossier, |_| {}).await?;
    let what = What::PieceRemoved { kind };
    record_act(tx, &grant, &dossier, ("candidate.piece_removed", "CAND_PIECE_REMOVED"), what).await?;
    Ok(dossier)
}
