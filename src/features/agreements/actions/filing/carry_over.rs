//! A renewal begins with what the last request granted said: its sites, its texts and its pieces that are still good.

use std::collections::HashMap;

use entity::agreement_request::{self, RequestState};
use entity::ids::{AccountId, CertificationId, SiteId, StructureId};
use entity::request_piece::{self, PieceState};
use entity::{certification_version, document, request_site, site};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use time::Date;

use crate::db::Tx;
use crate::events::DocumentRef;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::pieces::{self, Received};
use crate::features::agreements::queries::situation;

/// What came with a renewal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Carried {
    /// Number of the request that it comes from; none for a first request.
    pub(crate) from: Option<String>,
    /// How many sites.
    pub(crate) sites: usize,
    /// Codes of the pieces.
    pub(crate) pieces: Vec<String>,
    /// Their documents.
    pub(crate) documents: Vec<DocumentRef>,
}

/// The last request of a structure that was granted for a certification.
///
/// # Errors
/// What the database answers.
pub(super) async fn last_granted(
    conn: &impl ConnectionTrait,
    structure: StructureId,
    certification: CertificationId,
) -> Result<Option<agreement_request::Model>, AgreementError> {
    use agreement_request::Column;
    let versions = certification_version::Entity::find()
        .select_only()
        .column(certification_version::Column::Id)
        .filter(certification_version::Column::CertificationId.eq(certification))
        .into_query();
    let found = agreement_request::Entity::find()
        .filter(Column::StructureId.eq(structure))
        .filter(Column::CertificationVersionId.in_subquery(versions))
        .filter(Column::State.is_in([RequestState::Granted, RequestState::GrantedWithReserves]))
        .order_by_desc(Column::Id)
        .one(conn)
        .await?;
    Ok(found)
}

/// Copies the sites still open and the pieces still good into a new request. The content of a piece is shared, its row
/// and its document are those of the new request, which whoever examines it may open.
///
/// # Errors
/// What the database answers.
pub(super) async fn copy(
    tx: &Tx,
    former: &agreement_request::Model,
    request: &agreement_request::Model,
    author: AccountId,
    today: Date,
) -> Result<Carried, AgreementError> {
    let mut carried = Carried { from: former.number.clone(), ..Carried::default() };
    for site in open_sites(tx, former, today).await? {
        let row =
            request_site::Model { id: tx.new_id(), request_id: request.id, site_id: site, visited: false };
        let insert = request_site::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
        carried.sites += 1;
    }
    let good = good_pieces(tx, former, request, today).await?;
    let contents = document::Entity::find()
        .filter(document::Column::Id.is_in(good.iter().map(|piece| piece.document_id)))
        .all(tx.conn())
        .await?;
    let contents: HashMap<_, _> = contents.into_iter().map(|content| (content.id, content)).collect();
    for piece in good {
        let Some(content) = contents.get(&piece.document_id) else { continue };
        let copied = document::Model {
            id: tx.new_id(),
            subject_id: request.id.0,
            created_by: Some(author),
            created_at: tx.instant(),
            ..content.clone()
        };
        carried.documents.push(DocumentRef { id: copied.id, sha256: hex::encode(&copied.sha256) });
        carried.pieces.push(piece.code.clone());
        let row = request_piece::Model {
            id: tx.new_id(),
            request_id: request.id,
            revision: 1,
            document_id: copied.id,
            state: PieceState::Received,
            reason: None,
            reviewed_by: None,
            reviewed_at: None,
            created_by: author,
            created_at: tx.instant(),
            ..piece
        };
        let insert = document::Entity::insert(copied.into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
        let insert = request_piece::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
    }
    Ok(carried)
}

/// The sites of a request that are not closed since.
async fn open_sites(
    tx: &Tx,
    former: &agreement_request::Model,
    today: Date,
) -> Result<Vec<SiteId>, AgreementError> {
    let rows = request_site::Entity::find()
        .filter(request_site::Column::RequestId.eq(former.id))
        .order_by_asc(request_site::Column::Id)
        .all(tx.conn())
        .await?;
    let sites = site::Entity::find()
        .filter(site::Column::Id.is_in(rows.iter().map(|row| row.site_id)))
        .order_by_asc(site::Column::Id)
        .all(tx.conn())
        .await?;
    let open = sites.into_iter().filter(|site| site.closed_on.is_none_or(|closed| closed > today));
    Ok(open.map(|site| site.id).collect())
}

/// The last version of each piece accepted or received, when it would be good for the new request today.
async fn good_pieces(
    tx: &Tx,
    former: &agreement_request::Model,
    request: &agreement_request::Model,
    today: Date,
) -> Result<Vec<request_piece::Model>, AgreementError> {
    use request_piece::Column;
    let rows = request_piece::Entity::find()
        .filter(Column::RequestId.eq(former.id))
        .filter(Column::RemovedAt.is_null())
        .order_by_asc(Column::Code)
        .order_by_desc(Column::Revision)
        .all(tx.conn())
        .await?;
    let mut last: Vec<request_piece::Model> = Vec::new();
    for row in rows {
        if last.last().is_none_or(|known| known.code != row.code) {
            last.push(row);
        }
    }
    let good = |piece: &request_piece::Model| {
        let received =
            Received { code: &piece.code, proof_on: piece.proof_on, valid_until: piece.valid_until };
        let lacks = pieces::lacks(situation(request), &[received], today);
        piece.state != PieceState::Rejected && lacks.iter().all(|(kind, _)| kind.code != piece.code)
    };
    last.retain(good);
    Ok(last)
}
