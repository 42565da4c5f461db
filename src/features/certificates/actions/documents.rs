//! Keeps what was typeset.

use entity::certificate;
use entity::certificate_batch::{self, BatchState};
use entity::ids::{CertificateBatchId, CertificateId};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

use super::open;
use crate::authz::{Facts, Grant, Permission};
use crate::db::Tx;
use crate::events::DocumentRef;
use crate::features::certificates::documents::Typeset;
use crate::features::certificates::events::{BatchEvent, BatchWhat, CertificateEvent, What};
use crate::features::certificates::{CertificateError, queries};
use crate::storage::issued::{NewDocument, keep};

/// Keeps the documents of one certificate, the first as its own when asked; false when an earlier attempt did.
///
/// # Errors
/// The refusals of every act.
pub async fn keep_alone(
    tx: &mut Tx,
    id: CertificateId,
    documents: Vec<NewDocument>,
    own: bool,
) -> Result<bool, CertificateError> {
    let (row, grant) = open(tx, id, None, Permission::DocumentIssue).await?;
    let kept = keep_all(tx, id, documents, own).await?;
    if kept.is_empty() {
        return Ok(false);
    }
    let what = What::DocumentsIssued(kept);
    tx.record(&grant, &CertificateEvent { certificate: &row, before: None, what }).await?;
    Ok(true)
}

/// Keeps the documents of some certificates of a session and says how far it is.
///
/// # Errors
/// The refusals of every act.
pub async fn advance(
    tx: &mut Tx,
    id: CertificateBatchId,
    typeset: Vec<Typeset>,
) -> Result<(), CertificateError> {
    let (mut batch, grant) = batch(tx, id).await?;
    let mut kept = Vec::new();
    for one in typeset {
        kept.extend(keep_all(tx, one.id, one.documents, true).await?);
        batch.done = (batch.done + 1).min(batch.total);
    }
    batch.state = BatchState::Running;
    save(tx, &grant, batch, BatchWhat::Advanced(kept)).await
}

/// Keeps the archive of a session: its certificates are ready.
///
/// # Errors
/// The refusals of every act.
pub async fn finish(
    tx: &mut Tx,
    id: CertificateBatchId,
    archive: Option<NewDocument>,
) -> Result<(), CertificateError> {
    let (mut batch, grant) = batch(tx, id).await?;
    let mut reference = None;
    if let Some(archive) = archive {
        let archive_id = archive.id;
        reference = keep(tx, ("certificate_batch", id.0), archive).await?;
        if reference.is_some() {
            batch.archive_id = Some(archive_id);
        }
    }
    batch.state = BatchState::Done;
    batch.ended_at = Some(tx.instant());
    save(tx, &grant, batch, BatchWhat::Finished(reference)).await
}

async fn batch(
    tx: &Tx,
    id: CertificateBatchId,
) -> Result<(certificate_batch::Model, Grant), CertificateError> {
    let grant = tx.authorize(Permission::DocumentIssue, &Facts::default())?;
    let found = certificate_batch::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    Ok((found.ok_or(CertificateError::NotFound)?, grant))
}

async fn save(
    tx: &mut Tx,
    grant: &Grant,
    batch: certificate_batch::Model,
    what: BatchWhat,
) -> Result<(), CertificateError> {
    let update = certificate_batch::Entity::update(batch.clone().into_active_model().reset_all());
    update.exec(tx.conn()).await?;
    let session = queries::session_number(tx.conn(), batch.session_id).await?;
    tx.record(grant, &BatchEvent { batch: &batch, session: &session, what }).await?;
    Ok(())
}

/// Keeps the documents of a certificate; its version does not move, since nothing that people act on changed.
async fn keep_all(
    tx: &Tx,
    id: CertificateId,
    documents: Vec<NewDocument>,
    own: bool,
) -> Result<Vec<DocumentRef>, CertificateError> {
    let mut kept = Vec::new();
    for (rank, document) in documents.into_iter().enumerate() {
        let Some(reference) = keep(tx, ("certificate", id.0), document).await? else { continue };
        if own && rank == 0 {
            certificate::Entity::update_many()
                .col_expr(certificate::Column::DocumentId, Expr::value(reference.id))
                .filter(certificate::Column::Id.eq(id))
                .exec(tx.conn())
                .await?;
        }
        kept.push(reference);
    }
    Ok(kept)
}
