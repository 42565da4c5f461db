//! Gaps, the answers of the structure, their evidence and their check; photos; documents.

use std::sync::Arc;

use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use poem_openapi::types::multipart::Upload;
use poem_openapi::{Multipart, OpenApi};
use uuid::Uuid;

use super::super::actions;
use super::super::error::InspectionError;
use super::super::input::FileInput;
use super::super::queries;
use super::super::shapes::{ActionIn, InspectionOut, InsufficientListIn, VerifyIn, WhyIn};
use super::done;
use crate::app::App;
use crate::authz::{Actor, Permission, allows};
use crate::features::inspections::labels;
use crate::http::api::{ApiError, Caller, Content, Read, Tag};
use crate::rules::typed_date;
use crate::storage::receive::receive;

/// Gaps and what is done about them.
pub struct CorrectionsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A file that proves an answer, as `multipart/form-data`.
#[derive(Debug, Multipart)]
struct EvidenceFile {
    /// PDF, JPEG, PNG, ODT, DOCX or XLSX.
    file: Upload,
    /// What it proves.
    note: String,
    /// The day of what it proves, `2026-03-03`.
    #[oai(default)]
    proof_on: String,
}

/// A photo, as `multipart/form-data`.
#[derive(Debug, Multipart)]
struct PhotoFile {
    /// JPEG or PNG.
    file: Upload,
    /// Code of the criterion; empty for the whole inspection.
    #[oai(default)]
    criterion: String,
    /// What it shows.
    note: String,
}

#[OpenApi(prefix_path = "/inspections", tag = "Tag::Agreements")]
impl CorrectionsApi {
    /// Give up a gap
    ///
    /// For whoever inspected, once the structure was heard.
    #[oai(path = "/:id/gaps/:gap_id/drop", method = "post", operation_id = "inspection_gap_drop")]
    async fn drop_gap(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        gap_id: Path<Uuid>,
        body: Json<WhyIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::drop_gap(&mut tx, id.0.into(), gap_id.0.into(), &body.0.reason.0).await?;
        done(tx, id.0.into()).await
    }

    /// Write what is done about a gap
    ///
    /// A draft until everything is submitted.
    #[oai(path = "/:id/gaps/:gap_id/action", method = "put", operation_id = "inspection_gap_answer")]
    async fn write_action(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        gap_id: Path<Uuid>,
        body: Json<ActionIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::write_action(&mut tx, id.0.into(), gap_id.0.into(), &body.0.typed()).await?;
        done(tx, id.0.into()).await
    }

    /// Bring what proves an answer
    #[oai(path = "/:id/gaps/:gap_id/evidence", method = "post", operation_id = "inspection_evidence_add")]
    async fn add_evidence(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        gap_id: Path<Uuid>,
        upload: EvidenceFile,
    ) -> Result<Read<InspectionOut>, ApiError> {
        // Asked again by the act: a file that nobody may send is not stored.
        let dossier = queries::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        let _allowed = allows(&caller.0, Permission::InspectionAnswer, &dossier.facts())?;
        let on = typed_date::parse(&upload.proof_on);
        let file = self.stored(&caller.0, upload.file, upload.note).await?;
        let mut tx = self.app.begin(caller.0).await?;
        actions::add_evidence(&mut tx, id.0.into(), gap_id.0.into(), &FileInput { on, ..file }).await?;
        done(tx, id.0.into()).await
    }

    /// Take back a file
    #[oai(
        path = "/:id/evidence/:evidence_id/remove",
        method = "post",
        operation_id = "inspection_evidence_remove"
    )]
    async fn remove_evidence(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        evidence_id: Path<Uuid>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::remove_evidence(&mut tx, id.0.into(), evidence_id.0.into()).await?;
        done(tx, id.0.into()).await
    }

    /// Submit the answers
    ///
    /// One for each gap that waits, whole and proved.
    #[oai(path = "/:id/submit-actions", method = "post", operation_id = "inspection_submit_actions")]
    async fn submit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        actions::submit_actions(&mut tx, id.0.into(), seen).await?;
        done(tx, id.0.into()).await
    }

    /// Close a gap
    ///
    /// On what proves that it is put right.
    #[oai(path = "/:id/gaps/:gap_id/close", method = "post", operation_id = "inspection_gap_close")]
    async fn close_gap(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        gap_id: Path<Uuid>,
        body: Json<VerifyIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::close_gap(&mut tx, id.0.into(), gap_id.0.into(), &body.0.typed()).await?;
        done(tx, id.0.into()).await
    }

    /// Say which answers are not enough
    #[oai(path = "/:id/insufficient", method = "post", operation_id = "inspection_insufficient")]
    async fn insufficient(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<InsufficientListIn>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        actions::find_insufficient(&mut tx, id.0.into(), seen, &body.0.typed()).await?;
        done(tx, id.0.into()).await
    }

    /// Add a photo
    #[oai(path = "/:id/photos", method = "post", operation_id = "inspection_photo_add")]
    async fn add_photo(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        upload: PhotoFile,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let dossier = queries::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        let _allowed = allows(&caller.0, Permission::InspectionPerform, &dossier.facts())?;
        let criterion = upload.criterion;
        let file = self.stored(&caller.0, upload.file, upload.note).await?;
        let mut tx = self.app.begin(caller.0).await?;
        actions::add_photo(&mut tx, id.0.into(), &criterion, &file).await?;
        done(tx, id.0.into()).await
    }

    /// Take a photo away
    #[oai(path = "/:id/photos/:photo_id/remove", method = "post", operation_id = "inspection_photo_remove")]
    async fn remove_photo(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        photo_id: Path<Uuid>,
    ) -> Result<Read<InspectionOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::remove_photo(&mut tx, id.0.into(), photo_id.0.into()).await?;
        done(tx, id.0.into()).await
    }

    /// Download a document of an inspection
    #[oai(path = "/:id/documents/:document_id", method = "get", operation_id = "inspection_document")]
    async fn document(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        document_id: Path<Uuid>,
    ) -> Result<Content, ApiError> {
        let conn = self.app.db.read();
        let dossier = queries::get(conn, &caller.0, id.0.into()).await?;
        let file = queries::document(conn, &caller.0, &dossier, document_id.0.into()).await?;
        let content = self.app.storage.get(&file.sha256).await.map_err(InspectionError::from)?;
        actions::download(&self.app, &caller.0, &dossier, &file).await?;
        Ok(Content::of(&content, &file.download_name(), &file.sha256))
    }
}

impl CorrectionsApi {
    async fn stored(&self, actor: &Actor, file: Upload, note: String) -> Result<FileInput, InspectionError> {
        let file_name: String = file.file_name().unwrap_or_default().chars().take(200).collect();
        let unread = |_| InspectionError::fault("/file", "file-unreadable", labels::refusals::FILE_UNREAD);
        let content = file.into_vec().await.map_err(unread)?;
        stored(&self.app, actor, file_name, content, note).await
    }
}

/// Receives a file, before any transaction.
///
/// # Errors
/// A file that is refused, a store that does not answer.
pub(in crate::features::inspections) async fn stored(
    app: &Arc<App>,
    actor: &Actor,
    file_name: String,
    content: Vec<u8>,
    note: String,
) -> Result<FileInput, InspectionError> {
    let file = receive(app, actor, &file_name, content).await?;
    let media_type = file.kind.media_type();
    Ok(FileInput { file_name, sha256: file.sha256, size: file.size, media_type, note, on: None })
}
