//! Records a piece of an expert: CV, certificate, attestation. One with an end is a dated right.

use entity::expert_piece::{self, PieceCode};
use entity::ids::ExpertId;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use time::Date;

use super::super::ExpertError;
use super::super::events::ExpertEvent;
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::{Fault, Faults};
use crate::features::rights::actions::{NewRight, succeed};
use crate::features::rights::{self, Holder, RightKind, Source, SourceKind};
use crate::rules::line;
use crate::rules::period::Period;
use crate::rules::right::Span;

/// A piece, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedPiece {
    /// What it is.
    pub code: PieceCode,
    /// A word about it; may be empty.
    pub note: String,
    /// Its date; empty for today.
    pub proof_on: String,
    /// Its last day; empty when it has none.
    pub valid_until: String,
}

/// A piece that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    note: String,
    proof_on: Date,
    until: Option<Date>,
}

impl TypedPiece {
    /// The piece, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, today: Date) -> Result<Piece, Vec<Fault>> {
        let mut faults = Faults::default();
        let note = faults.read("/note", line::optional(&self.note, 200), |error| error.code());
        let proof_on = faults.optional_date("/proof_on", &self.proof_on);
        let until = faults.optional_date("/valid_until", &self.valid_until);
        if let Some(Some(day)) = proof_on
            && day > today
        {
            faults.push("/proof_on", "in-the-future", "Une pièce ne peut pas être datée de plus tard");
        }
        if let (Some(proof_on), Some(Some(until))) = (proof_on, until)
            && let Err(error) = Period::new(proof_on.unwrap_or(today), until)
        {
            faults.push("/valid_until", "dates-reversed", error.to_string());
        }
        let piece = note.zip(proof_on).zip(until);
        faults.or(piece.map(|((note, proof_on), until)| Piece {
            note,
            proof_on: proof_on.unwrap_or(today),
            until,
        }))
    }
}

/// Records a piece.
///
/// # Errors
/// Every fault, the refusal of the policy, what the database answers.
pub async fn add_piece(
    tx: &mut Tx,
    id: ExpertId,
    typed: &TypedPiece,
) -> Result<expert_piece::Model, ExpertError> {
    let opened = open(tx, id, None, Permission::ExpertPieceAdd).await?;
    let Piece { note, proof_on, until } = typed.read(tx.app().today())?;
    let row = expert_piece::Model {
        id: tx.new_id(),
        expert_id: id,
        code: typed.code,
        note,
        proof_on,
        valid_until: until,
        recorded_by: tx.actor().account_id(),
        recorded_at: tx.instant(),
        voided_at: None,
        void_reason: None,
    };
    let insert = expert_piece::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    if let Some(until) = until {
        let (kind, scope) = right_of(row.code);
        let new = NewRight {
            holder: Holder::expert(id),
            kind,
            scope,
            reference: opened.expert.number.clone(),
            span: Span { from: proof_on, until: Some(until) },
            pending: false,
            source: Source::new(SourceKind::ExpertPiece, row.id),
        };
        succeed(tx, &opened.grant, new).await?;
    }
    tx.record(&opened.grant, &ExpertEvent::PieceAdded { expert: opened.expert, piece: row.clone() }).await?;
    Ok(row)
}

/// The right that a piece of this nature gives, and its scope.
pub(super) fn right_of(code: PieceCode) -> (RightKind, String) {
    match code {
        PieceCode::Insurance => (RightKind::Insurance, rights::WHOLE.to_owned()),
        code => (RightKind::Piece, code.word()),
    }
}
