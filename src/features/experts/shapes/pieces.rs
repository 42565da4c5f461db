//! What the API takes and answers about the pieces of an expert.

use entity::{document, expert_piece};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::super::actions::{PieceCorrection, TypedPiece};
use super::words::PieceWord;
use crate::http::api::ShortText;
use crate::rules::typed_date::iso;

/// A piece of an expert.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct PieceIn {
    /// What it is.
    pub code: PieceWord,
    /// A word about it.
    #[oai(default)]
    pub note: ShortText,
    /// Its date; today unless given.
    pub proof_on: Option<Date>,
    /// Its last day.
    pub valid_until: Option<Date>,
}

impl PieceIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedPiece {
        TypedPiece {
            code: self.code.into(),
            note: self.note.0,
            proof_on: self.proof_on.map(iso).unwrap_or_default(),
            valid_until: self.valid_until.map(iso).unwrap_or_default(),
        }
    }
}

/// Another last day for a piece.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, rename = "ExpertPieceCorrectionIn")]
pub struct PieceCorrectionIn {
    /// Its last day; none when it has none.
    pub valid_until: Option<Date>,
    /// Why it is corrected.
    pub reason: ShortText,
}

impl PieceCorrectionIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> PieceCorrection {
        PieceCorrection { valid_until: self.valid_until.map(iso).unwrap_or_default(), reason: self.reason.0 }
    }
}

/// Why a piece is taken back.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, rename = "ExpertPieceVoidIn")]
pub struct PieceVoidIn {
    /// The reason, kept in the journal.
    pub reason: ShortText,
}

/// A piece of an expert.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ExpertPieceOut")]
pub struct PieceOut {
    /// Key.
    pub id: Uuid,
    /// What it is.
    pub code: PieceWord,
    /// A word about it.
    pub note: String,
    /// Its date.
    pub proof_on: Date,
    /// Its last day.
    pub valid_until: Option<Date>,
    /// Its file, when one was received.
    pub file: Option<PieceFileOut>,
}

/// The file of a piece.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ExpertPieceFileOut")]
pub struct PieceFileOut {
    /// Key of the document.
    pub document_id: Uuid,
    /// Name of the file, as sent.
    pub file_name: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// When it was received.
    pub received_at: OffsetDateTime,
}

impl From<&document::Model> for PieceFileOut {
    fn from(row: &document::Model) -> Self {
        Self {
            document_id: row.id.0,
            file_name: row.file_name.clone(),
            size: row.size,
            sha256: hex::encode(&row.sha256),
            received_at: *row.created_at,
        }
    }
}

impl PieceOut {
    /// The shape of a piece, with its file.
    #[must_use]
    pub fn of(row: &expert_piece::Model, file: Option<&document::Model>) -> Self {
        Self {
            id: row.id.0,
            code: row.code.into(),
            note: row.note.clone(),
            proof_on: row.proof_on,
            valid_until: row.valid_until,
            file: file.map(Into::into),
        }
    }
}

/// The pieces of an expert.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ExpertPiecePage")]
pub struct PiecePage {
    /// The pieces, the latest first.
    pub items: Vec<PieceOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}
