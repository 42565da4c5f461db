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
use crate::features::agreements::whole::stays_inside;
use crate::features::agreements::{AgreementError, queries};
use crate::http::web::download::attachment;
use crate::http::web::{Page, WebError};

#[handler]
pub(super) async fn download(page: Page, Path(id): Path<Uuid>) -> Result<Response> {
    let document = readable(&page, DocumentId(id)).await.map_err(WebError::from)?;
    decision::open_letter(&page.app, page.actor(), &document).await.map_err(WebError::from)?;
    let content = page.app.storage.get(&document.sha256).await;
    let content = content.map_err(AgreementError::from).map_err(WebError::from)?;
    Ok(attachment(&document.media_type, &document.file_name, content))
}

/// The document, when this person may see its subject; otherwise it does not exist.
async fn readable(page: &Page, id: DocumentId) -> std::result::Result<document::Model, AgreementError> {
    let conn = page.app.db.read();
    let found = document::Entity::find_by_id(id).one(conn).await?.ok_or(AgreementError::NotFound)?;
    let actor: &Actor = page.actor();
    match found.subject_kind.as_str() {
        "agreement_request" => {
            drop(queries::request(conn, actor, AgreementRequestId(found.subject_id)).await?);
        }
        "agreement" => drop(queries::agreement(conn, actor, AgreementId(found.subject_id)).await?),
        "committee" if authz::may(actor, Permission::CommitteeView, &Facts::default()) => {}
        _ => return Err(AgreementError::NotFound),
    }
    if Eyes::of(actor) == Eyes::Structure && stays_inside(&found) {
        return Err(AgreementError::NotFound);
    }
    Ok(found)
}
