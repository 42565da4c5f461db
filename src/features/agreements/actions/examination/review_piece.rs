//! Accepts a piece, or says why it must be replaced.

use entity::ids::{AgreementRequestId, RequestPieceId};
use entity::request_piece::{self, PieceState};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::actions::record_act;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::input::required;
use crate::features::agreements::state::{self, Step};

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
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestReview, &dossier.facts())?;
    state::next(dossier.request.state, Step::DeclareComplete)?;
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
    let what = What::PieceReviewed { code: &piece.code, accepted, reason: piece.reason.as_deref() };
    record_act(tx, &grant, &dossier, what).await?;
    Ok(piece)
}
