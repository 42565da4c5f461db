//! The files of a meeting.

use poem::http::header;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::api::stored;
use super::super::documents::{self, Paper};
use super::super::state::{InvalidStep, Step};
use super::super::{MeetingError, actions, labels, queries};
use super::acts::{found, settled};
use crate::authz::{Facts, Permission, allows};
use crate::http::web::address::disposition;
use crate::http::web::{FormData, Page, WebError};

/// Attaches a file.
#[handler]
pub(super) async fn attach(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let id = found(&page, &number).await?;
        // asked again by the action: a file that nobody may attach is not stored
        let _allowed = allows(page.actor(), Permission::MeetingManage, &Facts::default())?;
        let wanted = || MeetingError::fault("/file", "missing", labels::FILE_WANTED);
        let sent = form.file("file").ok_or_else(wanted)?;
        let name = sent.name.chars().take(200).collect();
        let file = stored(&page.app, page.actor(), name, sent.content.clone()).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::attach(&mut tx, id, &file).await?;
        tx.commit().await?;
        Ok::<_, MeetingError>(labels::recorded())
    };
    let done = done.await;
    settled(&page, &number, "fichier", &form, done).await
}

/// Makes the document that the meeting calls for: the sheet before it, the minutes once they are published.
#[handler]
pub(super) async fn issue(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let whole = queries::by_number(page.app.db.read(), page.actor(), &number).await?;
        let state = whole.meeting.state;
        let paper = Paper::of(state).ok_or(InvalidStep { from: state, step: Step::Publish })?;
        documents::issue(&page.app, page.actor(), &whole, paper).await?;
        Ok::<_, MeetingError>(labels::issued())
    };
    let done = done.await;
    settled(&page, &number, "", &form, done).await
}

/// A file, to whoever sees the meeting.
#[handler]
pub(super) async fn download(page: Page, Path((number, id)): Path<(String, Uuid)>) -> Result<Response> {
    let read = async {
        let whole = queries::by_number(page.app.db.read(), page.actor(), &number).await?;
        let file = whole.documents.iter().find(|row| row.id.0 == id).ok_or(MeetingError::NotFound)?.clone();
        let content = page.app.storage.get(&file.sha256).await?;
        actions::download(&page.app, page.actor(), &whole, &file).await?;
        Ok::<_, MeetingError>((file, content))
    };
    let (file, content) = read.await.map_err(WebError::from)?;
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, file.media_type.as_str())
        .header(header::CONTENT_DISPOSITION, disposition(&file.download_name()))
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CACHE_CONTROL, "private, no-store")
        .body(content))
}
