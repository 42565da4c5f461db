//! Keeps what was typeset.

use entity::certificate;
use entity::certificate_batch;
use entity::ids::{CertificateBatchId, CertificateId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
};

use super::open;
use crate::authz::{Facts, Grant, Permission};
use crate::db::Tx;
use crate::events::DocumentRef;
use crate::features::certificates::documents::Typeset;
use crate::features::certificates::events::{BatchEvent, BatchWhat, CertificateEvent, What};
use crate::features::certificates::gather::Source;
use crate::features::certificates::state::{FILES, FileStep};
use crate::features::certificates::{CertificateError, queries};
use crate::storage::issued::{NewDocument, keep};

/// Most characters of a failure that are kept.
const LONGEST_FAILURE: usize = 500;

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

/// Keeps the documents of some certificates of a session and says how far it is; false when an earlier attempt finished.
///
/// # Errors
/// The refusals of every act.
pub async fn advance(
    tx: &mut Tx,
    id: CertificateBatchId,
    typeset: Vec<Typeset>,
) -> Result<bool, CertificateError> {
    let (mut batch, grant) = batch(tx, id).await?;
    let Ok(line) = FILES.next(batch.state, FileStep::Advance) else { return Ok(false) };
    let mut kept = Vec::new();
    for one in typeset {
        kept.extend(keep_all(tx, one.id, one.documents, true).await?);
    }
    batch.done = made(tx, id).await?;
    batch.state = line.to;
    batch.failure = None;
    save(tx, &grant, &batch, BatchWhat::Advanced(kept)).await?;
    Ok(true)
}

/// Keeps the archive of a session: its certificates are ready. False when an earlier attempt did.
///
/// # Errors
/// [`CertificateError::NotReady`] when the file of a certificate lacks: an archive is whole or is not; the refusals of every
/// act.
pub async fn finish(
    tx: &mut Tx,
    id: CertificateBatchId,
    archive: NewDocument,
) -> Result<bool, CertificateError> {
    let (mut batch, grant) = batch(tx, id).await?;
    let Ok(line) = FILES.next(batch.state, FileStep::Finish) else { return Ok(false) };
    batch.done = made(tx, id).await?;
    if batch.done < batch.total {
        return Err(CertificateError::NotReady);
    }
    let archive_id = archive.id;
    let reference = keep(tx, ("certificate_batch", id.0), archive).await?;
    if reference.is_some() {
        batch.archive_id = Some(archive_id);
    }
    batch.state = line.to;
    batch.failure = None;
    batch.ended_at = Some(tx.instant());
    save(tx, &grant, &batch, BatchWhat::Finished(reference)).await?;
    Ok(true)
}

/// Says that files could not be made, and why; false when an earlier attempt finished.
///
/// # Errors
/// The refusals of every act.
pub async fn fail(tx: &mut Tx, id: CertificateBatchId, why: &str) -> Result<bool, CertificateError> {
    let (mut batch, grant) = batch(tx, id).await?;
    let Ok(line) = FILES.next(batch.state, FileStep::Fail) else { return Ok(false) };
    batch.done = made(tx, id).await?;
    batch.state = line.to;
    batch.failure = Some(why.chars().take(LONGEST_FAILURE).collect());
    save(tx, &grant, &batch, BatchWhat::Failed).await?;
    Ok(true)
}

/// Has the files that lack made again, by somebody who may deliver.
///
/// # Errors
/// [`CertificateError::BatchNotFailed`], [`CertificateError::NotFound`], the refusals of every act.
pub async fn retry(
    tx: &mut Tx,
    id: CertificateBatchId,
) -> Result<certificate_batch::Model, CertificateError> {
    let found = certificate_batch::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let mut batch = found.ok_or(CertificateError::NotFound)?;
    let facts = Source::load(tx.conn(), batch.session_id).await?.facts();
    let grant = tx.authorize(Permission::CertificateIssue, &facts)?;
    let line = FILES.next(batch.state, FileStep::Retry);
    batch.state = line.map_err(|_| CertificateError::BatchNotFailed)?.to;
    batch.failure = None;
    save(tx, &grant, &batch, BatchWhat::Retried).await?;
    Ok(batch)
}

/// How many certificates of a batch have their file: counted, since work that was interrupted is done twice.
async fn made(tx: &Tx, id: CertificateBatchId) -> Result<i32, CertificateError> {
    let ready = certificate::Entity::find()
        .filter(certificate::Column::BatchId.eq(id))
        .filter(certificate::Column::DocumentId.is_not_null());
    Ok(i32::try_from(ready.count(tx.conn()).await?).unwrap_or(i32::MAX))
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
    batch: &certificate_batch::Model,
    what: BatchWhat,
) -> Result<(), CertificateError> {
    let update = certificate_batch::Entity::update(batch.clone().into_active_model().reset_all());
    update.exec(tx.conn()).await?;
    let session = queries::session_number(tx.conn(), batch.session_id).await?;
    tx.record(grant, &BatchEvent { batch, session: &session, what }).await?;
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
