//! What happened to an expert. Names and addresses are kept beside the journal.

mod habilitation;

pub use habilitation::{HabilitationEvent, What};

use entity::{expert, expert_piece};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::events::{DocumentRef, DomainEvent, Subject, diff};
use crate::rules::period::Period;
use crate::rules::typed_date::iso;

/// One event.
#[derive(Clone, Debug)]
pub enum ExpertEvent {
    /// Recorded for the first time.
    Created(expert::Model),
    /// Identity changed.
    Changed {
        /// Before.
        before: Box<expert::Model>,
        /// After.
        after: Box<expert::Model>,
    },
    /// An habilitation given elsewhere than through the path was recorded.
    Recorded {
        /// The expert.
        expert: expert::Model,
        /// The habilitation.
        habilitation: Box<entity::habilitation::Model>,
        /// Its days.
        period: Period,
    },
    /// A piece was recorded.
    PieceAdded {
        /// The expert.
        expert: expert::Model,
        /// The piece.
        piece: expert_piece::Model,
    },
    /// The file of a piece was received.
    PieceFiled {
        /// The expert.
        expert: expert::Model,
        /// The piece.
        piece: expert_piece::Model,
        /// The file.
        document: DocumentRef,
    },
    /// The last day of a piece was corrected.
    PieceCorrected {
        /// The expert.
        expert: expert::Model,
        /// The piece.
        piece: expert_piece::Model,
        /// Its last day before.
        before: Option<time::Date>,
        /// Why.
        reason: String,
    },
    /// A piece was taken back: it was recorded by mistake.
    PieceVoided {
        /// The expert.
        expert: expert::Model,
        /// The piece.
        piece: expert_piece::Model,
        /// Why.
        reason: String,
    },
    /// A file was imported; each person has their own events.
    Imported {
        /// Key of the import.
        id: Uuid,
        /// Name of the file.
        file_name: String,
        /// SHA-256 of the file.
        sha256: String,
        /// Lines recorded.
        written: usize,
        /// Lines refused.
        refused: usize,
    },
}

fn personal(row: &expert::Model) -> [(&'static str, &str); 5] {
    [
        ("family_name", &row.family_name),
        ("first_names", &row.first_names),
        ("email", &row.email),
        ("phone", row.phone.as_deref().unwrap_or_default()),
        ("employer", row.employer.as_deref().unwrap_or_default()),
    ]
}

fn situation(row: &expert::Model) -> Value {
    json!({
        "status": row.status,
        "department": row.department,
        "region": row.region,
        "zone": row.zone,
        "territories": row.territories,
        "travel_km": row.travel_km,
        "languages": row.languages,
    })
}

fn recorded(row: &entity::habilitation::Model, period: Period) -> Value {
    json!({
        "id": row.id,
        "duty": row.duty.word(),
        "state": row.state.word(),
        "starts_on": iso(period.from()),
        "ends_on": iso(period.until()),
        "certification_id": row.certification_id,
        "regions": row.regions,
    })
}

impl DomainEvent for ExpertEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created(_) => "expert.created",
            Self::Changed { .. } => "expert.changed",
            Self::Recorded { .. } => "habilitation.recorded",
            Self::PieceAdded { .. } => "expert.piece_added",
            Self::PieceFiled { .. } => "expert.piece_filed",
            Self::PieceCorrected { .. } => "expert.piece_corrected",
            Self::PieceVoided { .. } => "expert.piece_voided",
            Self::Imported { .. } => "experts.imported",
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Created(_) => "EXPERT_CREATED",
            Self::Changed { .. } => "EXPERT_CHANGED",
            Self::Recorded { .. } => "HAB_RECORDED",
            Self::PieceAdded { .. } => "EXPERT_PIECE_ADDED",
            Self::PieceFiled { .. } => "EXPERT_PIECE_FILED",
            Self::PieceCorrected { .. } => "EXPERT_PIECE_CORRECTED",
            Self::PieceVoided { .. } => "EXPERT_PIECE_VOIDED",
            Self::Imported { .. } => "EXPERTS_IMPORTED",
        }
    }

    fn subject(&self) -> Subject {
        let row = match self {
            Self::Changed { after, .. } => after.as_ref(),
            Self::Created(expert)
            | Self::Recorded { expert, .. }
            | Self::PieceAdded { expert, .. }
            | Self::PieceFiled { expert, .. }
            | Self::PieceCorrected { expert, .. }
            | Self::PieceVoided { expert, .. } => expert,
            Self::Imported { id, file_name, .. } => return Subject::new("import", *id, file_name.clone()),
        };
        Subject::new("expert", row.id, row.number.clone())
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Self::PieceCorrected { reason, .. } | Self::PieceVoided { reason, .. } => Some(reason),
            Self::Created(_)
            | Self::Changed { .. }
            | Self::Recorded { .. }
            | Self::PieceAdded { .. }
            | Self::PieceFiled { .. }
            | Self::Imported { .. } => None,
        }
    }

    fn payload(&self) -> Value {
        match self {
            Self::Created(row) => situation(row),
            Self::Changed { before, after } => {
                let touched =
                    personal(before).into_iter().zip(personal(after)).filter(|(old, new)| old != new);
                let touched: Vec<_> = touched.map(|(_, (field, _))| field).collect();
                json!({ "changed": diff::diff(&situation(before), &situation(after)), "person_changed": touched })
            }
            Self::Recorded { habilitation, period, .. } => {
                json!({ "habilitation": recorded(habilitation, *period) })
            }
            Self::PieceAdded { piece, .. } => json!({
                "piece_id": piece.id,
                "code": piece.code.word(),
                "proof_on": iso(piece.proof_on),
                "valid_until": piece.valid_until.map(iso),
            }),
            Self::PieceFiled { piece, .. } | Self::PieceVoided { piece, .. } => {
                json!({ "piece_id": piece.id, "code": piece.code.word() })
            }
            Self::PieceCorrected { piece, before, .. } => json!({
                "piece_id": piece.id,
                "code": piece.code.word(),
                "changed": {
                    "valid_until": { "before": before.map(iso), "after": piece.valid_until.map(iso) },
                },
            }),
            Self::Imported { file_name, sha256, written, refused, .. } => {
                json!({ "file": file_name, "sha256": sha256, "written": written, "refused": refused })
            }
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        let kept = |(field, value): (&'static str, &str)| (field, value.to_owned());
        match self {
            Self::Created(row) => {
                personal(row).into_iter().filter(|(_, value)| !value.is_empty()).map(kept).collect()
            }
            Self::Changed { before, after } => {
                let pairs = personal(before).into_iter().zip(personal(after));
                pairs.filter(|(old, new)| old != new).map(|(_, new)| kept(new)).collect()
            }
            Self::Recorded { .. }
            | Self::PieceAdded { .. }
            | Self::PieceFiled { .. }
            | Self::PieceCorrected { .. }
            | Self::PieceVoided { .. }
            | Self::Imported { .. } => Vec::new(),
        }
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match self {
            Self::PieceFiled { document, .. } => vec![document.clone()],
            Self::Created(_)
            | Self::Changed { .. }
            | Self::Recorded { .. }
            | Self::PieceAdded { .. }
            | Self::PieceCorrected { .. }
            | Self::PieceVoided { .. }
            | Self::Imported { .. } => Vec::new(),
        }
    }
}
