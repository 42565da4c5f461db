//! `/documents/{id}`: a file, to whoever may see the thing it belongs to.

use entity::document;
use entity::ids::{AgreementId, AgreementRequestId, DocumentId};
use poem::web::Path;
use poem::{Response, Result, handler};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::parts::Eyes;
use crate::authz::{self, Actor, Facts, Permission};
use crate::features::agreements::actions::decision;
use crate::features::agreements::actions::download::{self as taken, Paper};
use crate::features::agreements::whole::stays_inside;
use crate::features::agreements::{AgreementError, queries};
use crate::http::web::download::attachment;
use crate::http::web::{Page, WebError};

#[handler]
pub(super) async fn download(page: Page, Path(id): Path<Uuid>) -> Result<Response> {
    let paper = readable(&page, DocumentId(id)).await.map_err(WebError::from)?;
    let document = &paper.document;
    decision::open_letter(&page.app, page.actor(), document).await.map_err(WebError::from)?;
    let content = page.app.storage.get(&document.sha256).await;
    let content = content.map_err(AgreementError::from).map_err(WebError::from)?;
    taken::download(&page.app, page.actor(), &paper).await.map_err(WebError::from)?;
    Ok(attachment(&document.media_type, &document.download_name(), content))
}

/// The document, when this person may see its subject; otherwise it does not exist.
async fn readable(page: &Page, id: DocumentId) -> std::result::Result<Paper, AgreementError> {
    let conn = page.app.db.read();
    let found = document::Entity::find_by_id(id).one(conn).await?.ok_or(AgreementError::NotFound)?;
    let actor: &Actor = page.actor();
    if Eyes::of(actor) == Eyes::Structure && stays_inside(&found) {
        return Err(AgreementError::NotFound);
    }
    match found.subject_kind.as_str() {
        "agreement_request" => {
            let dossier = queries::request(conn, actor, AgreementRequestId(found.subject_id)).await?;
            Ok(Paper::of_request(found, &dossier))
        }
        "agreement" => {
            let right = queries::agreement(conn, actor, AgreementId(found.subject_id)).await?;
            let dossier = queries::request(conn, actor, right.request_id).await?;
            Ok(Paper::of_agreement(found, &right, &dossier))
        }
        "committee" if authz::may(actor, Permission::CommitteeView, &Facts::default()) => {
            Ok(Paper::of_committee(found))
        }
        _ => Err(AgreementError::NotFound),
    }
}
