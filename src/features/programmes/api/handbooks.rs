//! `/api/v1/training-handbooks`.

use std::sync::Arc;

use entity::training_handbook::HandbookKind;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::multipart::Upload;
use poem_openapi::{ApiResponse, Multipart, OpenApi};
use uuid::Uuid;

use super::super::actions::{self, Kept};
use super::super::queries;
use super::super::shapes::{HandbookOut, HandbooksOut};
use super::super::{ProgrammeError, labels};
use crate::app::App;
use crate::authz::{Actor, Facts, Permission, allows};
use crate::error::Faults;
use crate::http::api::{ApiError, Caller, Content, Created, Tag};
use crate::storage::receive::receive;

/// What everybody is given before they enrol.
pub struct HandbooksApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// Every version.
#[derive(ApiResponse)]
enum Versions {
    /// The versions.
    #[oai(status = 200)]
    All(Json<HandbooksOut>),
}

/// A version to add.
#[derive(Debug, Multipart)]
struct HandbookForm {
    /// `welcome_booklet`, `house_rules` or `terms`.
    kind: String,
    /// First day on which it is in force.
    in_force_on: String,
    /// PDF, JPEG, PNG, ODT, DOCX or XLSX.
    file: Upload,
}

#[OpenApi(prefix_path = "/training-handbooks", tag = "Tag::Training")]
impl HandbooksApi {
    /// List the versions of the welcome booklet, of the house rules and of the terms
    ///
    /// By kind, the latest first.
    #[oai(path = "/", method = "get", operation_id = "training_handbook_list")]
    async fn list(&self, caller: Caller) -> Result<Versions, ApiError> {
        let found = queries::handbooks(self.app.db.read(), &caller.0).await?;
        let items = found.iter().map(|one| HandbookOut::from(&one.row)).collect();
        Ok(Versions::All(Json(HandbooksOut { items })))
    }

    /// Add a version
    ///
    /// In force from a day on. Sessions that are created later give it to their people.
    #[oai(path = "/", method = "post", operation_id = "training_handbook_add")]
    async fn add(&self, caller: Caller, form: HandbookForm) -> Result<Created<HandbookOut>, ApiError> {
        // asked again by the action: a file that nobody may add is not stored
        let allowed = allows(&caller.0, Permission::ProgrammePublish, &Facts::default());
        drop(allowed.map_err(ProgrammeError::from)?);
        let (kind, day) = asked(&form.kind, &form.in_force_on).map_err(ProgrammeError::Invalid)?;
        let name: String = form.file.file_name().unwrap_or_default().chars().take(200).collect();
        let bytes = form.file.into_vec().await.map_err(|_| ProgrammeError::unread())?;
        let kept = kept(&self.app, &caller.0, name, bytes).await?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::add_handbook(&mut tx, kind, day, &kept).await?;
        let path = format!("/training-handbooks/{}/file", row.id);
        let created = Created::new(HandbookOut::from(&row), &path, 1).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Download a version
    #[oai(path = "/:id/file", method = "get", operation_id = "training_handbook_file")]
    async fn file(&self, caller: Caller, id: Path<Uuid>) -> Result<Content, ApiError> {
        let found = queries::handbook(self.app.db.read(), &caller.0, id.0.into()).await?;
        let content = self.app.storage.get(&found.document.sha256).await.map_err(ProgrammeError::from)?;
        Ok(Content::of(&content, &found.document.download_name(), &found.document.sha256))
    }
}

/// The kind and the first day, or every fault.
pub(in super::super) fn asked(
    kind: &str,
    in_force_on: &str,
) -> Result<(HandbookKind, time::Date), Vec<crate::error::Fault>> {
    let mut faults = Faults::default();
    let kind = HandbookKind::from_word(kind.trim()).ok_or(labels::HANDBOOK_WANTED);
    let kind = faults.read("/kind", kind, |_| "missing");
    let day = faults.required_date("/in_force_on", in_force_on);
    faults.or(kind.zip(day))
}

/// Receives a file, before any transaction.
pub(in super::super) async fn kept(
    app: &Arc<App>,
    actor: &Actor,
    file_name: String,
    bytes: Vec<u8>,
) -> Result<Kept, ProgrammeError> {
    let file = receive(app, actor, &file_name, bytes).await?;
    let media_type = file.kind.media_type();
    Ok(Kept { file_name, sha256: file.sha256, size: file.size, media_type })
}
