//! Keeps the file of a piece of an expert: the CV itself, the diploma as it was scanned.

use entity::expert_piece;
use entity::ids::{ExpertId, ExpertPieceId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::super::events::ExpertEvent;
use super::super::queries::PIECE;
use super::super::{ExpertError, labels};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::storage::receive::{Attached, attach};

/// A file already checked and in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceFile {
    /// Name, as sent.
    pub file_name: String,
    /// SHA-256 of the content.
    pub sha256: Vec<u8>,
    /// Bytes.
    pub size: i64,
    /// What the content is.
    pub media_type: &'static str,
}

/// Keeps the file of a piece; it takes the place of the one that the piece had.
///
/// # Errors
/// A piece of somebody else, the refusal of the policy, what the database answers.
pub async fn file_piece(
    tx: &mut Tx,
    id: ExpertId,
    piece: ExpertPieceId,
    file: &PieceFile,
) -> Result<expert_piece::Model, ExpertError> {
    let opened = open(tx, id, None, Permission::ExpertPieceAdd).await?;
    let found = expert_piece::Entity::find_by_id(piece)
        .filter(expert_piece::Column::ExpertId.eq(id))
        .filter(expert_piece::Column::VoidedAt.is_null())
        .one(tx.conn())
        .await?;
    let piece = found.ok_or(ExpertError::NotFound)?;
    let attached = Attached {
        kind: "expert-piece",
        title: labels::piece(piece.code),
        file_name: &file.file_name,
        sha256: &file.sha256,
        size: file.size,
        media_type: file.media_type,
    };
    let document = attach(tx, (PIECE, piece.id.0), attached).await?;
    let filed = ExpertEvent::PieceFiled { expert: opened.expert, piece: piece.clone(), document };
    tx.record(&opened.grant, &filed).await?;
    Ok(piece)
}
