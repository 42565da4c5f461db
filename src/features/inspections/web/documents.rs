//! `/controles/{number}/documents/{id}`: a file of an inspection, to whoever may read it.

use entity::ids::DocumentId;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::error::InspectionError;
use super::super::{actions, queries};
use crate::http::web::{Page, WebError, download as file};

#[handler]
pub(super) async fn download(page: Page, Path((number, id)): Path<(String, Uuid)>) -> Result<Response> {
    let conn = page.app.db.read();
    let found = async {
        let dossier = queries::by_number(conn, page.actor(), &number).await?;
        let document = queries::document(conn, page.actor(), &dossier, DocumentId(id)).await?;
        let content = page.app.storage.get(&document.sha256).await?;
        actions::download(&page.app, page.actor(), &dossier, &document).await?;
        Ok::<_, InspectionError>((document, content))
    };
    let (document, content) = found.await.map_err(WebError::from)?;
    Ok(file::attachment(&document.media_type, &document.download_name(), content))
}
