//! `/jurys/{number}/passages/{turn}/pieces/{piece}`: a piece of the file of a candidate, to whoever sits.

use entity::ids::CandidatePieceId;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::super::day::files;
use super::{BEGUN, Visit};
use crate::http::web::{Page, WebError, download as file};

/// A piece.
#[handler]
pub(super) async fn download(
    page: Page,
    Path((number, turn, piece)): Path<(String, String, Uuid)>,
) -> Result<Response> {
    let done = async {
        let visit = Visit::of(&page, &number, &BEGUN).await?;
        let one = visit.turn(&turn)?;
        files::open(&page.app, page.actor(), &visit.day, one, CandidatePieceId(piece)).await
    };
    let (document, content) = Box::pin(done).await.map_err(WebError::from)?;
    Ok(file::attachment(&document.media_type, &document.file_name, content))
}
