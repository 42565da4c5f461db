//! Accepts a piece, or says why it must be replaced.

use entity::ids::{AgreementRequestId, RequestPieceId};
use entity::request_piece::{self, PieceState};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::agreements::actions::record_act;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::input::required;
use crate::features::agreements::state;
use crate::features::rights::actions::{NewRight, succeed, void};
use crate::features::rights::{self, Holder, RightKind, RightState, Source, SourceKind};
use crate::rules::right::Span;

/// Gives an opinion on a piece: none = accepted, a reason = to replace.
///
/// # Errors
/// A file that is not under examination; an empty reason; the refusals of every act.
pub async fn review_piece(
    tx: &mut Tx,
    id: AgreementRequestId,
    piece: RequestPieceId,
    rejected_for: Option<&str>,
) -> Result<request_piece::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestReview, &dossier.facts())?;
    state::examines_pieces(dossier.request.state)?;
    let reason = rejected_for
        .map(|reason| required("/reason", reason, "Dites à la structure ce qui ne va pas"))
        .transpose()
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let found = request_piece::Entity::find_by_id(piece).one(tx.conn()).await?;
    let found = found.filter(|piece| piece.request_id == id).ok_or(AgreementError::NotFound)?;
    let accepted = reason.is_none();
    let mut row: request_piece::ActiveModel = found.into();
    row.state = Set(if accepted { PieceState::Accepted } else { PieceState::Rejected });
    row.reason = Set(reason);
    row.reviewed_by = Set(tx.actor().account_id());
    row.reviewed_at = Set(Some(tx.instant()));
    let piece = row.update(tx.conn()).await?;
    // The request shows its pieces: whoever read it before must read it again.
    dossier.change(tx, |_| ()).await?;
    keep_right(tx, &grant, &dossier, &piece).await?;
    let what = What::PieceReviewed { code: &piece.code, accepted, reason: piece.reason.as_deref() };
    record_act(tx, &grant, &dossier, what).await?;
    Ok(piece)
}

/// An accepted piece with an end is a right of the structure; one that is not accepted any more gives none.
async fn keep_right(
    tx: &Tx,
    grant: &Grant,
    dossier: &Dossier,
    piece: &request_piece::Model,
) -> Result<(), AgreementError> {
    let source = Source::new(SourceKind::RequestPiece, piece.id);
    let known = rights::queries::of_source(tx.conn(), source).await?;
    let known: Vec<_> = known.into_iter().filter(|held| held.right.state != RightState::Void).collect();
    let ends_on = piece.valid_until.filter(|_| piece.state == PieceState::Accepted);
    let Some(ends_on) = ends_on else {
        for held in known {
            void(tx, grant, held.right.id).await?;
        }
        return Ok(());
    };
    if !known.is_empty() {
        return Ok(());
    }
    let (kind, scope) = match piece.code.as_str() {
        "P02" => (RightKind::StateConvention, rights::WHOLE),
        "P10" => (RightKind::Qualiopi, rights::WHOLE),
        "P12" => (RightKind::Insurance, rights::WHOLE),
        code => (RightKind::Piece, code),
    };
    let from = piece.proof_on.unwrap_or_else(|| dossier.today(tx.now())).min(ends_on);
    let new = NewRight {
        holder: Holder::structure(dossier.structure.id),
        kind,
        scope: scope.to_owned(),
        reference: format!("{} {}", dossier.reference(), piece.code),
        span: Span { from, until: Some(ends_on) },
        pending: false,
        source,
    };
    succeed(tx, grant, new).await?;
    Ok(())
}
