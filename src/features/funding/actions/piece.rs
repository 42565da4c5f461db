//! A piece was sent to the funder, or was recorded by mistake.

use entity::funding_piece;
use entity::ids::{FundingId, FundingPieceId};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::open;
use crate::db::Tx;
use crate::features::funding::events::{FundingEvent, What};
use crate::features::funding::input::TypedPiece;
use crate::features::funding::state::takes_pieces;
use crate::features::funding::{FundingError, Record, labels, queries};

/// Records a piece that was sent.
///
/// # Errors
/// Every fault, a file that is not of the enrolment, [`FundingError::Frozen`], [`FundingError::Stale`], the refusal of the policy, what the
/// database answers.
pub async fn send_piece(
    tx: &mut Tx,
    id: FundingId,
    seen: Option<i32>,
    typed: &TypedPiece,
) -> Result<Record, FundingError> {
    let (mut record, grant) = open(tx, id, seen).await?;
    if !takes_pieces(record.funding.state) {
        return Err(FundingError::Frozen);
    }
    let sent = typed.read(tx.app().today())?;
    if let Some(document) = sent.document {
        let known = queries::files(tx.conn(), &record.enrolment).await?;
        if !known.iter().any(|file| file.id == document) {
            return Err(FundingError::fault("/document_id", "unknown", labels::faults::FILE_WANTED));
        }
    }
    let piece = funding_piece::Model {
        id: tx.new_id(),
        funding_id: id,
        kind: sent.kind,
        note: sent.note,
        document_id: sent.document,
        sent_on: sent.sent_on,
        recorded_by: tx.actor().account_id(),
        recorded_at: tx.instant(),
        voided_at: None,
    };
    let insert = funding_piece::Entity::insert(piece.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    record.save(tx, |_| {}).await?;
    record.pieces.push(piece.clone());
    tx.record(&grant, &FundingEvent::of(&record, What::PieceSent(piece))).await?;
    Ok(record)
}

/// Takes back a piece that was recorded by mistake.
///
/// # Errors
/// [`FundingError::NotFound`], [`FundingError::Frozen`], [`FundingError::Stale`], the refusal of the policy, what the database
/// answers.
pub async fn void_piece(
    tx: &mut Tx,
    id: FundingId,
    seen: Option<i32>,
    piece: FundingPieceId,
) -> Result<Record, FundingError> {
    let (mut record, grant) = open(tx, id, seen).await?;
    let found = record.pieces.iter().find(|one| one.id == piece).cloned();
    let mut found = found.ok_or(FundingError::NotFound)?;
    if !takes_pieces(record.funding.state) {
        return Err(FundingError::Frozen);
    }
    found.voided_at = Some(tx.instant());
    let row = found.clone().into_active_model().reset_all();
    funding_piece::Entity::update(row).exec(tx.conn()).await?;
    record.save(tx, |_| {}).await?;
    record.pieces.retain(|one| one.id != piece);
    tx.record(&grant, &FundingEvent::of(&record, What::PieceVoided(found))).await?;
    Ok(record)
}
