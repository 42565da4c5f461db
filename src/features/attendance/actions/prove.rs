//! Keeps or takes back what proves that somebody followed a sequence (D. 6313-3-1 and -2).

use entity::attendance_proof;
use entity::ids::{AttendanceId, AttendanceProofId};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::{Attachment, locked_line};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::attendance::AttendanceError;
use crate::features::attendance::events::{AttendanceEvent, What};
use crate::features::attendance::input::NewProof;
use crate::features::attendance::labels;
use crate::storage::receive::{self, Attached};

/// Keeps a proof, with its file when there is one.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn prove(
    tx: &mut Tx,
    id: AttendanceId,
    new: NewProof,
    file: Option<&Attachment>,
) -> Result<attendance_proof::Model, AttendanceError> {
    let (line, dossier, room) = locked_line(tx, id).await?;
    let grant = tx.authorize(Permission::AttendanceRecord, &room.facts(tx.actor()))?;
    let document = match file {
        Some(file) => {
            let paper = Attached {
                kind: "attendance_proof",
                title: labels::proof_kind(new.kind),
                file_name: &file.file_name,
                sha256: &file.sha256,
                size: file.size,
                media_type: file.media_type,
            };
            Some(receive::attach(tx, ("enrolment", dossier.enrolment.id.0), paper).await?)
        }
        None => None,
    };
    let proof = attendance_proof::Model {
        id: tx.new_id(),
        attendance_id: line.id,
        kind: new.kind,
        document_id: document.as_ref().map(|kept| kept.id),
        note: new.note,
        dated_on: new.dated_on,
        recorded_by: tx.actor().account_id(),
        recorded_at: tx.instant(),
        voided_at: None,
    };
    let row = proof.clone().into_active_model().reset_all();
    attendance_proof::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    let event = AttendanceEvent {
        session: room.session,
        slot: Some(room.slot),
        enrolment: Some(dossier.enrolment),
        what: What::Proved { proof: proof.clone(), document },
    };
    tx.record(&grant, &event).await?;
    Ok(proof)
}

/// Takes a proof back; it stays in the history.
///
/// # Errors
/// [`AttendanceError::NotFound`], the refusal of the policy, what the database answers.
pub async fn void_proof(tx: &mut Tx, id: AttendanceProofId) -> Result<(), AttendanceError> {
    let seen = attendance_proof::Entity::find_by_id(id).one(tx.conn()).await?;
    let seen = seen.ok_or(AttendanceError::NotFound)?;
    let (_, dossier, room) = locked_line(tx, seen.attendance_id).await?;
    let grant = tx.authorize(Permission::AttendanceRecord, &room.facts(tx.actor()))?;
    let row = attendance_proof::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let stands = row.filter(|row| row.voided_at.is_none());
    let mut row = stands.ok_or(AttendanceError::NotFound)?;
    row.voided_at = Some(tx.instant());
    attendance_proof::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    let event = AttendanceEvent {
        session: room.session,
        slot: Some(room.slot),
        enrolment: Some(dossier.enrolment),
        what: What::ProofVoided(row),
    };
    tx.record(&grant, &event).await?;
    Ok(())
}
