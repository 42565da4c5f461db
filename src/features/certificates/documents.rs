//! The files of certificates, typeset after the commit that made them due: those of a session by chunks, two at a time, then
//! gathered in one archive; one certificate alone when it takes the place of another, or for a duplicate.
//!
//! A chunk is committed as soon as it is typeset: work that stops goes on from there. A certificate that cannot be typeset
//! holds back the archive and nothing else: the batch is then failed, with its reason, until the work is done again.

use std::io::{Cursor, Write};
use std::sync::Arc;

use entity::certificate::{self, CertificateKind};
use entity::certificate_batch::BatchState;
use entity::ids::{CertificateBatchId, CertificateId};
use futures_util::{StreamExt, stream};
use qrcode::QrCode;
use qrcode::render::svg;
use serde::Deserialize;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::content::{Content, Unit};
use super::{CertificateError, actions, labels, queries};
use crate::app::App;
use crate::authz::Actor;
use crate::events::Job;
use crate::features::agreements::documents::facts::{issuer, siret_of};
use crate::features::agreements::documents::texts::texts;
use crate::render::{french, seal};
use crate::rules::typed_date;
use crate::storage::issued::{self, Draft, NewDocument};
use crate::worker::WorkError;

/// Name of the work that typesets one certificate.
pub const JOB: &str = "certificates.issue_document";
/// Name of the work that typesets those of a session.
pub const BATCH_JOB: &str = "certificates.issue_batch";
/// The certificate or the attestation: the document that a certificate points to.
pub const MAIN: &str = "certificate";
/// Its annex.
pub const SUPPLEMENT: &str = "certificate-supplement";
/// A duplicate of it.
pub const DUPLICATE: &str = "certificate-duplicate";
/// The archive of a session.
pub const ARCHIVE: &str = "certificates-archive";

const BLOCS: &str = "blocs-attestation";
const ACTOR: &str = "certificates.documents";
/// Certificates typeset between two commits.
const CHUNK: usize = 20;
/// Certificates in hand at the same time: more than the two that are typeset together, so that a third one is drawn while
/// the store keeps another.
const AT_ONCE: usize = 4;

#[derive(Clone, Copy, Debug, Deserialize)]
struct Order {
    certificate_id: CertificateId,
    duplicate: bool,
    version: i32,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct BatchOrder {
    batch_id: CertificateBatchId,
}

/// The documents of one certificate.
#[derive(Clone, Debug)]
pub struct Typeset {
    /// The certificate.
    pub id: CertificateId,
    /// Its documents, the main one first.
    pub documents: Vec<NewDocument>,
}

/// The work that typesets a certificate, or a duplicate of it.
#[must_use]
pub fn order(row: &certificate::Model, duplicate: bool) -> Job {
    let payload = json!({ "certificate_id": row.id, "duplicate": duplicate, "version": row.version });
    let mut job = Job::now(JOB, payload);
    job.dedupe = Some(format!("certificate:{}:{duplicate}:{}", row.id, row.version));
    job
}

/// The work that typesets the certificates of a session.
#[must_use]
pub fn batch_order(id: CertificateBatchId) -> Job {
    let mut job = Job::now(BATCH_JOB, json!({ "batch_id": id }));
    job.dedupe = Some(format!("certificate-batch:{id}"));
    job
}

/// The same after a failure, asked by somebody: beside what tries again by itself later.
#[must_use]
pub fn batch_order_again(id: CertificateBatchId) -> Job {
    Job::now(BATCH_JOB, json!({ "batch_id": id }))
}

/// Typesets one certificate. Doing it twice gives one document.
///
/// # Errors
/// [`WorkError::Retry`] when something was away, [`WorkError::GiveUp`] when trying again would fail the same way.
pub async fn issue(app: &Arc<App>, payload: Value) -> Result<(), WorkError> {
    let order: Order = read(payload)?;
    let row = queries::by_id(app.db.read(), order.certificate_id).await?;
    let documents = if order.duplicate {
        let content = Content::read(&row.content).map_err(CertificateError::from)?;
        let mark = format!("duplicata-{}", order.version);
        vec![main(app, &row, &content, Some(&mark)).await?]
    } else {
        typeset(app, row.clone()).await?.documents
    };
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    if actions::keep_alone(&mut tx, row.id, documents, !order.duplicate).await? {
        tx.commit().await?;
    }
    Ok(())
}

/// Typesets the certificates of a session and their archive.
///
/// # Errors
/// As [`issue`].
pub async fn issue_batch(app: &Arc<App>, payload: Value) -> Result<(), WorkError> {
    let BatchOrder { batch_id } = read(payload)?;
    let Err(error) = Box::pin(make(app, batch_id)).await else { return Ok(()) };
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    if actions::fail(&mut tx, batch_id, &error.to_string()).await? {
        tx.commit().await?;
    }
    Err(error)
}

/// Makes the files of a session that lack, then their archive.
async fn make(app: &Arc<App>, batch_id: CertificateBatchId) -> Result<(), WorkError> {
    let batch = queries::batch(app.db.read(), batch_id).await?;
    if batch.state == BatchState::Done {
        return Ok(());
    }
    let rows = queries::of_batch(app.db.read(), batch_id).await?;
    let waiting: Vec<_> = rows.into_iter().filter(|row| row.document_id.is_none()).collect();
    let mut failure = None;
    for chunk in waiting.chunks(CHUNK) {
        let each = stream::iter(chunk.to_vec()).map(|row| typeset(app, row)).buffered(AT_ONCE);
        let mut done = Vec::with_capacity(chunk.len());
        for one in each.collect::<Vec<_>>().await {
            match one {
                Ok(typeset) => done.push(typeset),
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        if done.is_empty() {
            continue;
        }
        let mut tx = app.begin(Actor::system(ACTOR)).await?;
        if !actions::advance(&mut tx, batch_id, done).await? {
            return Ok(());
        }
        tx.commit().await?;
    }
    if let Some(error) = failure {
        return Err(error);
    }
    let session = queries::session_number(app.db.read(), batch.session_id).await?;
    let archive = archive(app, batch_id, &session).await?;
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    if actions::finish(&mut tx, batch_id, archive).await? {
        tx.commit().await?;
    }
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(payload: Value) -> Result<T, WorkError> {
    serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))
}

async fn typeset(app: &Arc<App>, row: certificate::Model) -> Result<Typeset, WorkError> {
    let content = Content::read(&row.content).map_err(CertificateError::from)?;
    let mut documents = vec![main(app, &row, &content, None).await?];
    if row.kind == CertificateKind::Full && !content.skills.is_empty() {
        documents.push(supplement(app, &row, &content).await?);
    }
    Ok(Typeset { id: row.id, documents })
}

async fn main(
    app: &App,
    row: &certificate::Model,
    content: &Content,
    duplicate: Option<&str>,
) -> Result<NewDocument, WorkError> {
    let template = if row.kind == CertificateKind::Full { MAIN } else { BLOCS };
    let title = if duplicate.is_some() { labels::DUPLICATE } else { labels::document(row.kind) };
    let mut data = facts(app, row, content);
    if let Some(object) = data.as_object_mut() {
        object.insert("duplicate".to_owned(), json!(duplicate.is_some()));
        object.insert("acquired".to_owned(), units(&content.acquired));
        if row.kind == CertificateKind::Blocs {
            object.insert("remaining".to_owned(), units(&content.remaining));
            object.insert("valid_until".to_owned(), json!(content.valid_until.as_deref().map(day)));
        }
    }
    let kind = if duplicate.is_some() { DUPLICATE } else { MAIN };
    let version = duplicate.unwrap_or("1");
    let draft = draft(app, row, (kind, template, title), data, version);
    Ok(issued::typeset(app, draft).await?)
}

async fn supplement(
    app: &App,
    row: &certificate::Model,
    content: &Content,
) -> Result<NewDocument, WorkError> {
    let mut data = facts(app, row, content);
    if let Some(object) = data.as_object_mut() {
        object.insert("acquired".to_owned(), units(&content.acquired));
        object.insert("skills".to_owned(), units(&content.skills));
    }
    let draft = draft(app, row, (SUPPLEMENT, SUPPLEMENT, labels::SUPPLEMENT), data, "1");
    Ok(issued::typeset(app, draft).await?)
}

fn draft<'a>(
    app: &App,
    row: &'a certificate::Model,
    (kind, template, title): (&'a str, &'static str, &'a str),
    data: Value,
    version: &str,
) -> Draft<'a> {
    let digest = fingerprint(row);
    Draft {
        kind,
        template,
        title,
        reference: &row.number,
        file_name: issued::file_name(title, &row.number, version),
        data,
        files: vec![
            ("qr.svg", square(&page(app, &row.number))),
            ("certificate.svg", seal::svg_in_ink(&digest).into_bytes()),
        ],
        at: *row.created_at,
    }
}

/// The fingerprint of the content, from which the seal is drawn on paper as on screen.
#[must_use]
pub fn fingerprint(row: &certificate::Model) -> [u8; 32] {
    row.content_hash.as_slice().try_into().unwrap_or_default()
}

/// The public address of a certificate.
#[must_use]
pub fn page(app: &App, number: &str) -> String {
    app.url(&format!("/verifier/{number}"))
}

/// The square code of an address; nothing for an address that no code holds, and the template then refuses.
fn square(address: &str) -> Vec<u8> {
    let code = QrCode::new(address).ok();
    let drawn = code.map(|code| code.render::<svg::Color<'_>>().quiet_zone(false).build().into_bytes());
    drawn.unwrap_or_default()
}

/// A stored day, in French.
#[must_use]
pub fn day(iso: &str) -> String {
    typed_date::parse(iso).map_or_else(|| iso.to_owned(), french::date)
}

fn units(units: &[Unit]) -> Value {
    units.iter().map(|unit| json!({ "code": unit.code, "title": unit.title })).collect()
}

/// The facts that every document of a certificate shares.
fn facts(app: &App, row: &certificate::Model, content: &Content) -> Value {
    let digest = fingerprint(row);
    let registration = content.certification.registration.as_ref().map(|entry| {
        json!({
            "register": entry.register,
            "number": entry.number,
            "level": entry.level,
            "since": day(&entry.since),
            "until": entry.until.as_deref().map(day),
        })
    });
    json!({
        "issuer": issuer(&app.config),
        "number": content.number,
        "replaces": content.replaces,
        "holder": {
            "name": content.holder.name(),
            "usual_name": content.holder.usual_name,
            "birth_date": content.holder.birth_date,
            "birthplace": content.holder.birthplace,
        },
        "certification": {
            "title": content.certification.title,
            "version": content.certification.version,
            "registration": registration,
        },
        "certifier": {
            "name": content.certifier.name,
            "siret": siret_of(&content.certifier.siret),
            "branch": content.certifier.branch,
            "joint_body": texts().joint_body,
        },
        "jury": { "number": content.jury, "on": day(&content.decided_on), "place": content.place },
        "delivered_on": day(&content.delivered_on),
        "signatory": { "name": content.signatory.name, "role": content.signatory.role },
        "page": page(app, &content.number),
        "seal": {
            "fingerprint": seal::fingerprint_groups(&hex::encode(digest)),
            "alt": seal::alternative_text(&digest),
        },
    })
}

/// The main documents of a session in one archive.
async fn archive(app: &App, batch: CertificateBatchId, session: &str) -> Result<NewDocument, WorkError> {
    let documents = queries::documents_of_batch(app.db.read(), batch).await?;
    let mut files = Vec::with_capacity(documents.len());
    for document in documents {
        let content = app.storage.get(&document.sha256).await.map_err(CertificateError::from)?;
        files.push((document.file_name, content));
    }
    let zipped = tokio::task::spawn_blocking(move || zipped(&files)).await;
    let bytes = zipped.map_err(|error| WorkError::Retry(error.to_string()))?;
    let bytes = bytes.map_err(|error| WorkError::GiveUp(error.to_string()))?;
    let name = issued::file_name(labels::ARCHIVE, session, 1).replace(".pdf", ".zip");
    let kept = issued::keep_archive(app, (ARCHIVE, labels::ARCHIVE), name, bytes, app.now()).await;
    Ok(kept.map_err(CertificateError::from)?)
}

/// PDF files are compressed already: they are stored as they are.
fn zipped(files: &[(String, bytes::Bytes)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in files {
        archive.start_file(name.as_str(), options)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}
