//! Corrects the dates of a piece whose file stays: a new version of it, with the same content.

use entity::document;
use entity::ids::{AgreementRequestId, RequestPieceId};
use entity::request_piece::{self, PieceState};
use sea_orm::EntityTrait;

use super::add_piece::{Dates, add_version};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::queries::current_pieces;
use crate::features::agreements::{pieces, state};
use crate::storage::receive::Attached;

/// Gives other dates to the last version of a piece; a date left out stays as it is.
///
/// # Errors
/// A file that is in the hands of the certifier; a piece that was replaced meanwhile; one that was refused, whose file is
/// asked again; the refusals of every act.
pub async fn redate_piece(
    tx: &mut Tx,
    id: AgreementRequestId,
    piece: RequestPieceId,
    dates: Dates,
) -> Result<request_piece::Model, AgreementError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestEdit, &dossier.facts())?;
    state::TABLE.next(dossier.request.state, state::Step::Submit)?;
    let current = current_pieces(tx.conn(), id).await?;
    let last = current.into_iter().find(|one| one.id == piece).ok_or(AgreementError::Stale)?;
    if last.state == PieceState::Rejected {
        return Err(AgreementError::fault(
            "/file",
            "piece-refused",
            "Cette pièce est à remplacer\u{202f}: choisissez un nouveau fichier",
        ));
    }
    let kind = pieces::kind(&last.code).ok_or(AgreementError::NotFound)?;
    let kept = document::Entity::find_by_id(last.document_id).one(tx.conn()).await?;
    let kept = kept.ok_or(AgreementError::NotFound)?;
    let file = Attached {
        kind: &kept.kind,
        title: &kept.title,
        file_name: &kept.file_name,
        sha256: &kept.sha256,
        size: kept.size,
        media_type: &kept.media_type,
    };
    let dates = Dates {
        proof_on: dates.proof_on.or(last.proof_on),
        valid_until: dates.valid_until.or(last.valid_until),
    };
    add_version(tx, &grant, dossier, kind, (file, dates)).await
}
