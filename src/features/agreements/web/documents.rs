//! `/documents/{id}`: a file, to whoever may see the thing it belongs to.

use entity::document;
use entity::ids::{AgreementId, AgreementRequestId, DocumentId};
use poem::http::header;
use poem::web::Path;
use poem::{Response, Result, handler};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::parts::Eyes;
use super::traces::is_internal;
use crate::authz::Actor;
use crate::features::agreements::{AgreementError, queries};
use crate::http::web::{Page, WebError};

#[handler]
pub(super) async fn download(page: Page, Path(id): Path<Uuid>) -> Result<Response> {
    let document = readable(&page, DocumentId(id)).await.map_err(WebError::from)?;
    let content = page.app.storage.get(&document.sha256).await;
    let content = content.map_err(AgreementError::from).map_err(WebError::from)?;
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, document.media_type.as_str())
        .header(header::CONTENT_DISPOSITION, disposition(&document.file_name))
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CACHE_CONTROL, "private, no-store")
        .body(content))
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
        _ => return Err(AgreementError::NotFound),
    }
    if Eyes::of(actor) == Eyes::Structure && is_internal(&found) {
        return Err(AgreementError::NotFound);
    }
    Ok(found)
}

/// Always a download, with the name in plain letters and, for those who read it, as it was sent (RFC 6266).
fn disposition(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
    let plain: String = name.chars().map(safe).collect();
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    let encoded: String = name.bytes().map(encode).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_leaves_its_header() {
        let header = disposition("pièce \"1\"\r\n.pdf");
        assert_eq!(
            header,
            "attachment; filename=\"pi_ce__1___.pdf\"; filename*=UTF-8''pi%C3%A8ce%20%221%22%0D%0A.pdf"
        );
    }
}
