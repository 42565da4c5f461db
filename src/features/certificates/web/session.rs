//! `/certificats/jurys/{number}`: what a session gives, what lacks, and the delivery; then how far its files are.

use askama::Template;
use entity::certificate_batch::{self, BatchState};
use entity::jury_session::JuryState;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::gather::{Delivery, Source};
use super::super::{CertificateError, actions, labels, queries};
use crate::authz::{Permission, allows};
use crate::db::{Reading, record_reading};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, download, filters, flash};
use crate::rules::territory::PARIS;

/// Somebody of the session.
#[derive(Clone, Debug)]
pub struct ReadyRow {
    /// Number of the candidate.
    pub number: String,
    /// Their name.
    pub name: String,
    /// What is delivered.
    pub kind: &'static str,
    /// What lacks; empty when nothing does.
    pub lacking: String,
    /// The certificate, once delivered.
    pub delivered: String,
}

/// One delivery of the session and its files.
#[derive(Clone, Debug)]
pub struct BatchRow {
    /// Its key.
    pub id: Uuid,
    /// When it was delivered.
    pub at: OffsetDateTime,
    /// Files made.
    pub done: i32,
    /// Files to make.
    pub total: i32,
    /// Whether its archive is ready.
    pub archive: bool,
    /// Why files could not be made, as the program says it; empty when nothing failed.
    pub failure: String,
}

/// `/certificats/jurys/{number}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/certificates/session.html")]
pub struct SessionPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Number of the session.
    pub session: String,
    /// Whether its minutes are validated.
    pub validated: bool,
    /// Those to whom something is delivered.
    pub rows: Vec<ReadyRow>,
    /// Whether somebody is left to whom something may be delivered.
    pub left: bool,
    /// How many people lack something.
    pub incomplete: i64,
    /// Its deliveries, the last first.
    pub batches: Vec<BatchRow>,
    /// The zone of their hours.
    pub zone: &'static str,
    /// The form.
    pub form: FormState,
}

/// What the address of an archive says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    lot: String,
}

/// The delivery of this key, the last one when none is named.
async fn batch(
    page: &Page,
    source: &Source,
    named: &str,
) -> Result<certificate_batch::Model, CertificateError> {
    let batches = queries::batches(page.app.db.read(), source.session.id).await?;
    let wanted = |row: &certificate_batch::Model| named.is_empty() || row.id.to_string() == named;
    batches.into_iter().find(wanted).ok_or(CertificateError::NotFound)
}

fn batch_row(row: certificate_batch::Model) -> BatchRow {
    let failed = row.state == BatchState::Failed;
    BatchRow {
        id: row.id.0,
        at: *row.asked_at,
        done: row.done,
        total: row.total,
        archive: row.state == BatchState::Done && row.archive_id.is_some(),
        failure: row.failure.filter(|_| failed).unwrap_or_default(),
    }
}

/// The session, for who may deliver.
async fn source(page: &Page, number: &str) -> Result<Source, CertificateError> {
    let conn = page.app.db.read();
    let id = queries::session_of(conn, number).await?;
    let source = Source::load(conn, id).await?;
    let _allowed = allows(page.actor(), Permission::CertificateIssue, &source.facts())?;
    Ok(source)
}

async fn context(page: &Page, number: &str, form: FormState) -> Result<SessionPage, CertificateError> {
    let conn = page.app.db.read();
    let source = source(page, number).await?;
    let known = queries::of_session(conn, source.session.id).await?;
    let batches = queries::batches(conn, source.session.id).await?;
    let on = source.delivery_day(page.app.today());
    let rows = source.passages.iter().filter_map(|passage| {
        let kind = passage.kind()?;
        let delivery = Delivery { salt: [0; 16], number: String::new(), on, replaces: None };
        let lacking = source.content(&page.app.config, passage, kind, delivery).err().unwrap_or_default();
        let candidate = &passage.candidate;
        let delivered = known.iter().find(|row| row.passage_id == Some(passage.row.id));
        Some(ReadyRow {
            number: candidate.number.clone(),
            name: format!("{} {}", candidate.first_names.replace(['\n', ';'], ", "), candidate.birth_name),
            kind: labels::kind(kind),
            lacking: lacking.join(", "),
            delivered: delivered.map(|row| row.number.clone()).unwrap_or_default(),
        })
    });
    let rows: Vec<ReadyRow> = rows.collect();
    let summary = form.summary(labels::NOT_DONE);
    let waits = |row: &&ReadyRow| row.delivered.is_empty() && !row.lacking.is_empty();
    Ok(SessionPage {
        shell: page.shell(labels::ARCHIVE).with_errors(summary.is_some()),
        summary,
        session: source.session.number.clone(),
        validated: matches!(source.session.state, JuryState::Validated | JuryState::Closed),
        left: rows.iter().any(|row| row.delivered.is_empty() && row.lacking.is_empty()),
        incomplete: i64::try_from(rows.iter().filter(waits).count()).unwrap_or(i64::MAX),
        rows,
        batches: batches.into_iter().map(batch_row).collect(),
        zone: PARIS,
        form,
    })
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let context = context(&page, &number, FormState::default()).await.map_err(WebError::from)?;
    page.answer_with(StatusCode::OK, &context)
}

/// Delivers.
#[handler]
pub(super) async fn issue(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let source = source(&page, &number).await?;
        let key = actions::signing_key(&page.app).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let issued = actions::issue(&mut tx, &key, source.session.id).await?;
        tx.commit().await?;
        Ok::<_, CertificateError>((issued.certificates.len(), issued.lacking.len()))
    };
    match Box::pin(done).await {
        Ok((count, lacking)) => {
            Ok(flash::redirect(&format!("/certificats/jurys/{number}"), &labels::issued(count, lacking)))
        }
        Err(error) if error.kind() == ErrorKind::Conflict => {
            let mut errors = FieldErrors::of(&error);
            for missing in error.blocking() {
                errors.push("", missing);
            }
            let state = FormState::filled(form.fields()).with_errors(errors);
            let context = context(&page, &number, state).await.map_err(WebError::from)?;
            page.answer_with(StatusCode::UNPROCESSABLE_ENTITY, &context)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Has the files that lack made again.
#[handler]
pub(super) async fn resume(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let source = source(&page, &number).await?;
        let batch = batch(&page, &source, form.text("lot")).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::retry(&mut tx, batch.id).await?;
        Ok::<_, CertificateError>(tx.commit().await?)
    };
    Box::pin(done).await.map_err(WebError::from)?;
    Ok(flash::redirect(&format!("/certificats/jurys/{number}"), &labels::files_again()))
}

/// The files of the session, in one archive.
#[handler]
pub(super) async fn archive(
    page: Page,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let done = async {
        let source = source(&page, &number).await?;
        let batch = batch(&page, &source, &asked.lot).await?;
        let document = queries::archive(page.app.db.read(), &batch).await?;
        let content = page.app.storage.get(&document.sha256).await?;
        let reading = Reading::Document { document: &document, reference: &source.session.number };
        let facts = source.facts();
        record_reading(&page.app, page.actor(), (Permission::CertificateView, &facts), reading).await?;
        Ok::<_, CertificateError>((document, content))
    };
    let (document, content) = done.await.map_err(WebError::from)?;
    Ok(download::attachment(&document.media_type, &document.file_name, content))
}
