//! Takes a piece back: it leaves the file with all its versions, which are marked and kept.

use entity::ids::{AgreementRequestId, RequestPieceId};
use entity::{agreement_request, missing_piece, request_piece};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::touch;
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::agreements::actions::record_act;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::queries::situation;
use crate::features::agreements::{labels, pieces, state};
use crate::features::rights::actions::void;
use crate::features::rights::{self, RightState, Source, SourceKind};

/// Takes the piece back, named by its last version.
///
/// # Errors
/// A file that is in the hands of the certifier; a piece that was replaced meanwhile; after a submission, a piece that
/// the file needs or that an officer asked for; the refusals of every act.
pub async fn remove_piece(
    tx: &mut Tx,
    id: AgreementRequestId,
    piece: RequestPieceId,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestRemovePiece, &dossier.facts())?;
    state::TABLE.next(dossier.request.state, state::Step::Submit)?;
    let found = request_piece::Entity::find_by_id(piece).one(tx.conn()).await?;
    let found = found.filter(|piece| piece.request_id == id && piece.removed_at.is_none());
    let found = found.ok_or(AgreementError::NotFound)?;
    let versions = request_piece::Entity::find()
        .filter(request_piece::Column::RequestId.eq(id))
        .filter(request_piece::Column::Code.eq(&found.code))
        .filter(request_piece::Column::RemovedAt.is_null())
        .order_by_desc(request_piece::Column::Revision)
        .all(tx.conn())
        .await?;
    if versions.first().is_some_and(|last| last.id != found.id) {
        return Err(AgreementError::Stale);
    }
    check_not_needed(tx, &dossier, &found.code).await?;
    end_rights(tx, &grant, &versions).await?;
    request_piece::Entity::update_many()
        .col_expr(request_piece::Column::RemovedAt, Expr::value(tx.instant()))
        .filter(request_piece::Column::Id.is_in(versions.iter().map(|version| version.id)))
        .exec(tx.conn())
        .await?;
    touch(tx, &mut dossier).await?;
    let what = What::PieceRemoved { code: &found.code, revision: found.revision };
    record_act(tx, &grant, &dossier, what).await?;
    Ok(dossier.request)
}

async fn check_not_needed(tx: &Tx, dossier: &Dossier, code: &str) -> Result<(), AgreementError> {
    let kind = pieces::kind(code).ok_or(AgreementError::NotFound)?;
    let asked = missing_piece::Entity::find()
        .filter(missing_piece::Column::RequestId.eq(dossier.request.id))
        .filter(missing_piece::Column::Code.eq(code))
        .filter(missing_piece::Column::AnsweredAt.is_null())
        .one(tx.conn())
        .await?;
    let submitted = dossier.request.submitted_at.is_some();
    if kind.may_leave(situation(&dossier.request), submitted, asked.is_some()) {
        return Ok(());
    }
    Err(AgreementError::blocked("piece-needed", labels::pieces::piece_needed(kind), Vec::new()))
}

/// A piece that is not in the file any more gives no right.
async fn end_rights(tx: &Tx, grant: &Grant, versions: &[request_piece::Model]) -> Result<(), AgreementError> {
    for version in versions {
        let source = Source::new(SourceKind::RequestPiece, version.id);
        let known = rights::queries::of_source(tx.conn(), source).await?;
        for held in known.into_iter().filter(|held| held.right.state != RightState::Void) {
            void(tx, grant, held.right.id).await?;
        }
    }
    Ok(())
}
