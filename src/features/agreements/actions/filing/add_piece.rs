//! Adds a piece, or a new version of one: the former is kept, never overwritten.

use entity::ids::AgreementRequestId;
use entity::request_piece;
use entity::request_piece::PieceState;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::touch;
use crate::authz::{Denied, Grant, Permission};
use crate::db::Tx;
use crate::features::agreements::actions::record_act;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::pieces::{self, PieceKind};
use crate::features::agreements::state;
use crate::storage::receive::{Attached, attach};

/// A received file, already in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceInput {
    /// P01 to P17.
    pub code: String,
    /// Name of the file, as sent.
    pub file_name: String,
    /// SHA-256 of its content.
    pub sha256: Vec<u8>,
    /// Its size, in bytes.
    pub size: i64,
    /// What it really is.
    pub media_type: &'static str,
    /// Date of the proof.
    pub proof_on: Option<Date>,
    /// End of its validity.
    pub valid_until: Option<Date>,
}

/// The dates of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// Date of the proof.
    pub proof_on: Option<Date>,
    /// End of its validity.
    pub valid_until: Option<Date>,
}

/// Adds the piece: before a submission, or when a committee waits for it.
///
/// # Errors
/// An unknown code; a request that can no longer be changed; the refusals of every act.
pub async fn add_piece(
    tx: &mut Tx,
    id: AgreementRequestId,
    input: PieceInput,
) -> Result<request_piece::Model, AgreementError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestEdit, &dossier.facts())?;
    state::takes_pieces(dossier.request.state)?;
    let kind = pieces::kind(&input.code).filter(|kind| kind.code != pieces::FORM).ok_or_else(|| {
        AgreementError::fault(
            "/code",
            "piece-unknown",
            "Cette pièce n’est pas dans la liste des pièces du dossier",
        )
    })?;
    let piece = format!("piece:{}", kind.code);
    let file = Attached {
        kind: &piece,
        title: &kind.title,
        file_name: &input.file_name,
        sha256: &input.sha256,
        size: input.size,
        media_type: input.media_type,
    };
    let dates = Dates { proof_on: input.proof_on, valid_until: input.valid_until };
    add_version(tx, &grant, dossier, kind, (file, dates)).await
}

/// Keeps a version of a piece after those that are there.
pub(super) async fn add_version(
    tx: &mut Tx,
    grant: &Grant,
    mut dossier: Dossier,
    kind: &PieceKind,
    (file, dates): (Attached<'_>, Dates),
) -> Result<request_piece::Model, AgreementError> {
    let id = dossier.request.id;
    let author = tx.actor().account_id().ok_or(Denied::Anonymous)?;
    let document = attach(tx, ("agreement_request", id.0), file).await?;
    let last = request_piece::Entity::find()
        .filter(request_piece::Column::RequestId.eq(id))
        .filter(request_piece::Column::Code.eq(&kind.code))
        .order_by_desc(request_piece::Column::Revision)
        .one(tx.conn())
        .await?;
    let revision = last.map_or(1, |last| last.revision + 1);
    let row = request_piece::ActiveModel {
        id: Set(tx.new_id()),
        request_id: Set(id),
        code: Set(kind.code.clone()),
        revision: Set(revision),
        document_id: Set(document.id),
        proof_on: Set(dates.proof_on),
        valid_until: Set(dates.valid_until),
        state: Set(PieceState::Received),
        reason: Set(None),
        reviewed_by: Set(None),
        reviewed_at: Set(None),
        created_by: Set(author),
        created_at: Set(tx.instant()),
        removed_at: Set(None),
    };
    let piece = row.insert(tx.conn()).await?;
    touch(tx, &mut dossier).await?;
    let what = What::PieceReceived { code: &kind.code, revision, document };
    record_act(tx, grant, &dossier, what).await?;
    Ok(piece)
}
