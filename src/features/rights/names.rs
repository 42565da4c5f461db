//! What a right is called: a piece by its own name, anything else by its kind. One query at most, whatever the number of
//! rights.

use std::collections::HashMap;

use entity::dated_right::{self, RightKind, SourceKind};
use entity::expert_piece::{self, PieceCode};
use entity::ids::DatedRightId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::labels;
use crate::db;
use crate::rules::pieces;

/// The names of these rights, by key.
///
/// # Errors
/// What the database answers.
pub async fn of(
    conn: &impl ConnectionTrait,
    rights: &[&dated_right::Model],
) -> Result<HashMap<DatedRightId, String>, db::Error> {
    let noted = rights.iter().filter(|right| expert_piece_of(right) == Some(PieceCode::Other));
    let notes = notes(conn, noted.map(|right| right.source_id).collect()).await?;
    let named = |right: &&dated_right::Model| {
        let note = notes.get(&right.source_id).cloned();
        (right.id, note.unwrap_or_else(|| name(right).to_owned()))
    };
    Ok(rights.iter().map(named).collect())
}

/// The name that the row says by itself.
fn name(right: &dated_right::Model) -> &'static str {
    let kind = labels::kind(right.kind);
    if let Some(code) = expert_piece_of(right) {
        return labels::expert_piece(code);
    }
    if right.kind == RightKind::Piece && right.source_kind == SourceKind::RequestPiece {
        return pieces::kind(&right.scope).map_or(kind, |piece| piece.title.as_str());
    }
    kind
}

/// The piece of the file of an expert that a right stands for.
fn expert_piece_of(right: &dated_right::Model) -> Option<PieceCode> {
    if right.source_kind != SourceKind::ExpertPiece {
        return None;
    }
    match right.kind {
        RightKind::Insurance => Some(PieceCode::Insurance),
        RightKind::Piece => PieceCode::from_word(&right.scope),
        _ => None,
    }
}

/// What was written of the pieces that no code names.
async fn notes(conn: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>, db::Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = expert_piece::Entity::find().filter(expert_piece::Column::Id.is_in(ids)).all(conn).await?;
    let noted = rows.into_iter().filter(|row| !row.note.trim().is_empty());
    Ok(noted.map(|row| (row.id.0, row.note)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use entity::dated_right::{HolderKind, RightState};
    use time::macros::{date, datetime};

    fn right(kind: RightKind, source_kind: SourceKind, scope: &str) -> dated_right::Model {
        dated_right::Model {
            id: Uuid::nil().into(),
            holder_kind: HolderKind::Expert,
            holder_id: Uuid::nil(),
            kind,
            scope: scope.to_owned(),
            reference: String::new(),
            starts_on: date!(2025 - 01 - 01),
            ends_on: None,
            grace_until: None,
            state: RightState::InForce,
            source_kind,
            source_id: Uuid::nil(),
            alerted: None,
            created_at: datetime!(2025-01-01 00:00 UTC).into(),
            version: 1,
        }
    }

    #[test]
    fn a_piece_has_its_own_name_and_anything_else_that_of_its_kind() {
        for (kind, source, scope, expected) in [
            (RightKind::Piece, SourceKind::ExpertPiece, "vigilance", "Attestation de vigilance"),
            (RightKind::Insurance, SourceKind::ExpertPiece, "*", "Assurance professionnelle"),
            (RightKind::Piece, SourceKind::ExpertPiece, "P13", "Pièce à validité limitée"),
            (RightKind::Piece, SourceKind::RequestPiece, "P13", "Attestation de vigilance de l’Urssaf"),
            (RightKind::Piece, SourceKind::RequestPiece, "P99", "Pièce à validité limitée"),
            (RightKind::Insurance, SourceKind::RequestPiece, "*", "Assurance"),
            (RightKind::Habilitation, SourceKind::Habilitation, "epsp|*", "Habilitation"),
        ] {
            assert_eq!(name(&right(kind, source, scope)), expected, "{kind} {scope}");
        }
    }
}
