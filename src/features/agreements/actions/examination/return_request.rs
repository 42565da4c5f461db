//! Sends the file back with the list of what is missing or not valid (row 4).

use entity::ids::AgreementRequestId;
use entity::{agreement_request, missing_piece, request_piece};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Fault;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::{PieceNote, What};
use crate::features::agreements::input::required;
use crate::features::agreements::state::Step;
use crate::features::agreements::{deadlines, pieces};
use crate::features::settings;
use crate::rules::deadline::add_days;

/// A piece asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedPiece {
    /// Its code.
    pub code: String,
    /// What is wrong, or what is missing.
    pub reason: String,
}

/// Returns the request; the structure has the delay of the settings to answer.
///
/// # Errors
/// No piece named; an unknown piece; a piece without a reason; the refusals of every act.
pub async fn return_request(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    asked: &[AskedPiece],
    message: &str,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestReturn, &dossier.facts())?;
    dossier.check_version(version)?;
    crate::features::agreements::state::TABLE.next(dossier.request.state, Step::Return)?;
    let notes = notes(asked)?;
    let delays = settings::agreement_delays(tx.conn()).await?;
    let due_on = add_days(dossier.today(tx.now()), i32::from(delays.complement_days));
    let due_at = dossier.end_of(due_on);
    let message = message.trim();
    let line = dossier
        .step(tx, Step::Return, |row| {
            row.return_reason = Set(Some(message.to_owned()));
            row.return_due_at = Set(Some(due_at.into()));
        })
        .await?;
    keep(tx, &dossier, &notes).await?;
    dossier.request = deadlines::plan(tx, &dossier, &delays).await?;
    record_step(tx, &grant, &dossier, line, What::Returned { pieces: &notes, due_at, message }).await?;
    Ok(dossier.request)
}

fn notes(asked: &[AskedPiece]) -> Result<Vec<PieceNote>, AgreementError> {
    let mut faults = Vec::new();
    let mut notes = Vec::new();
    for piece in asked {
        let pointer = format!("/pieces/{}", piece.code);
        let Some(kind) = pieces::kind(&piece.code) else {
            faults.push(Fault::new(pointer, "piece-unknown", "Cette pièce n’est pas dans la liste"));
            continue;
        };
        match required(&pointer, &piece.reason, "Dites à la structure ce qui manque") {
            Ok(reason) => notes.push((kind, reason)),
            Err(fault) => faults.push(fault),
        }
    }
    if asked.is_empty() {
        faults.push(Fault::new("/pieces", "pieces-missing", "Choisissez au moins une pièce à compléter"));
    }
    if faults.is_empty() { Ok(notes) } else { Err(AgreementError::Invalid(faults)) }
}

async fn keep(tx: &Tx, dossier: &Dossier, notes: &[PieceNote]) -> Result<(), AgreementError> {
    use request_piece::{Column, PieceState};
    let rows = notes.iter().map(|(kind, reason)| missing_piece::ActiveModel {
        id: Set(tx.new_id()),
        request_id: Set(dossier.request.id),
        code: Set(kind.code.clone()),
        reason: Set(reason.clone()),
        asked_at: Set(tx.instant()),
        answered_at: Set(None),
    });
    missing_piece::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    for (kind, reason) in notes {
        request_piece::Entity::update_many()
            .col_expr(Column::State, Expr::value(PieceState::Rejected))
            .col_expr(Column::Reason, Expr::value(reason.clone()))
            .filter(Column::RequestId.eq(dossier.request.id))
            .filter(Column::Code.eq(&kind.code))
            .exec(tx.conn())
            .await?;
    }
    Ok(())
}
