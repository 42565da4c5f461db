//! `/intervenants/{number}/habilitations/{id}/documents/{document}`: a document of a file, to whoever may see the file.

use entity::ids::{DocumentId, HabilitationId};
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::ExpertError;
use super::super::actions::habilitation as acts;
use super::habilitation::found;
use crate::http::web::{Page, WebError, download as file};

#[handler]
pub(super) async fn download(
    page: Page,
    Path((number, habilitation, id)): Path<(String, Uuid, Uuid)>,
) -> Result<Response> {
    let read = async {
        let path = found(&page, &number, HabilitationId(habilitation)).await?;
        let document = path.document(DocumentId(id))?.clone();
        let content = page.app.storage.get(&document.sha256).await?;
        acts::download(&page.app, page.actor(), &path, &document).await?;
        Ok::<_, ExpertError>((document, content))
    };
    let (document, content) = read.await.map_err(WebError::from)?;
    Ok(file::attachment(&document.media_type, &document.download_name(), content))
}
