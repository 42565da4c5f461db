//! The documents of minutes, to whoever may read minutes.

use entity::ids::DocumentId;
use entity::jury_minutes::MinutesKind;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::load::{Book, Record};
use super::super::{MinutesError, actions, documents, labels, queries};
use crate::http::web::component::Link;
use crate::http::web::{Page, WebError, download as file};
use crate::render::french;
use crate::rules::deadline::day_in_zone;

/// The files of some minutes.
pub(super) fn links(record: &Record) -> Vec<Link> {
    let number = &record.content.session.number;
    let link = |row: &entity::document::Model| {
        let day = french::date(day_in_zone(*row.created_at, &record.content.session.zone));
        Link::new(format!("{}, {day}", row.title), format!("/jurys/{number}/pv/documents/{}", row.id))
    };
    record.documents.iter().map(link).collect()
}

/// The text of some minutes, to print: the signed one once it is typeset.
pub(super) fn printed(record: &Record) -> Option<Link> {
    let last =
        |kinds: [&str; 2]| record.documents.iter().rev().find(|row| kinds.contains(&row.kind.as_str()));
    let signed = last([documents::SIGNED, documents::NO_QUORUM_SIGNED]);
    let file = signed.or_else(|| last([documents::MINUTES, documents::NO_QUORUM]))?;
    let label = match record.row.kind {
        MinutesKind::NoQuorum => labels::PRINT_NO_QUORUM,
        MinutesKind::Minutes => labels::PRINT,
    };
    Some(Link::new(label, format!("/jurys/{}/pv/documents/{}", record.content.session.number, file.id)))
}

/// A document.
#[handler]
pub(super) async fn download(page: Page, Path((number, id)): Path<(String, Uuid)>) -> Result<Response> {
    let done = async {
        let book = Book::by_number(page.app.db.read(), page.actor(), &number).await?;
        let document = queries::document(&book, DocumentId(id))?;
        let content = page.app.storage.get(&document.sha256).await?;
        actions::download(&page.app, page.actor(), &book, &document).await?;
        Ok::<_, MinutesError>((document, content))
    };
    let (document, content) = done.await.map_err(WebError::from)?;
    Ok(file::attachment(&document.media_type, &document.file_name, content))
}
