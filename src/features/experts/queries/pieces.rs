//! The files of the pieces of an expert. Another file may follow a first one: the last is the file of the piece, those
//! before it stay in the store and in the journal.

use std::collections::HashMap;

use entity::expert_piece::{self, PieceCode};
use entity::habilitation::Duty;
use entity::ids::{ExpertId, ExpertPieceId};
use entity::{document, expert};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::super::ExpertError;
use super::super::input::Status;
use super::habilitations::pieces;
use crate::features::settings;

/// What the documents of pieces are about.
pub(in crate::features::experts) const PIECE: &str = "expert_piece";

/// A piece that an application asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedPiece {
    /// What it is.
    pub code: PieceCode,
    /// Whether the expert has one that is good on the day.
    pub held: bool,
}

/// The pieces that an application to a duty asks of an expert, and those that they have on a day.
///
/// # Errors
/// What the database answers.
pub async fn asked_pieces(
    conn: &impl ConnectionTrait,
    duty: Duty,
    expert: &expert::Model,
    on: Date,
) -> Result<Vec<AskedPiece>, ExpertError> {
    let asked = settings::application_pieces(conn).await?.of(duty, expert.status == Status::Employee.word());
    let known = pieces(conn, expert.id).await?;
    let good = |piece: &expert_piece::Model| piece.valid_until.is_none_or(|until| until >= on);
    let held = |code: PieceCode| known.iter().any(|piece| piece.code == code && good(piece));
    Ok(asked.into_iter().map(|code| AskedPiece { code, held: held(code) }).collect())
}

/// The file of each of these pieces that has one.
///
/// # Errors
/// What the database answers.
pub async fn piece_files(
    conn: &impl ConnectionTrait,
    pieces: &[expert_piece::Model],
) -> Result<HashMap<ExpertPieceId, document::Model>, ExpertError> {
    use document::Column;
    let rows = document::Entity::find()
        .filter(Column::SubjectKind.eq(PIECE))
        .filter(Column::SubjectId.is_in(pieces.iter().map(|piece| piece.id.0)))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (ExpertPieceId(row.subject_id), row)).collect())
}

/// The file of one piece of an expert that the actor already sees.
///
/// # Errors
/// [`ExpertError::NotFound`] for the piece of somebody else and for one without a file, what the database answers.
pub async fn piece_file(
    conn: &impl ConnectionTrait,
    expert: ExpertId,
    id: ExpertPieceId,
) -> Result<document::Model, ExpertError> {
    let found = expert_piece::Entity::find_by_id(id)
        .filter(expert_piece::Column::ExpertId.eq(expert))
        .one(conn)
        .await?;
    let piece = found.ok_or(ExpertError::NotFound)?;
    let mut files = piece_files(conn, std::slice::from_ref(&piece)).await?;
    files.remove(&id).ok_or(ExpertError::NotFound)
}
