//! The files of the pieces of an expert. Another file may follow a first one: the last is the file of the piece, those
//! before it stay in the store and in the journal.

use std::collections::HashMap;

use entity::ids::{ExpertId, ExpertPieceId};
use entity::{document, expert_piece};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::super::ExpertError;

/// What the documents of pieces are about.
pub(in crate::features::experts) const PIECE: &str = "expert_piece";

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
