//! The files of a candidate.

use entity::candidate_piece::CandidatePieceKind;
use poem::http::header;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::api::stored;
use super::super::{CandidateError, Dossier, actions, labels, queries};
use super::acts::{found, settled};
use crate::authz::{Permission, allows};
use crate::http::web::address::disposition;
use crate::http::web::component::Link;
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::{FormData, Page, WebError};

/// Adds a piece.
#[handler]
pub(super) async fn add(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let dossier = Dossier::by_number(page.app.db.read(), page.actor(), &number).await?;
        // asked again by the action: a file that nobody may add is not stored
        let _allowed = allows(page.actor(), Permission::CandidateEdit, &dossier.facts())?;
        let kind = CandidatePieceKind::from_word(form.text("kind"))
            .ok_or_else(|| CandidateError::fault("/kind", "missing", labels::faults::KIND_WANTED))?;
        let wanted = || CandidateError::fault("/file", "missing", labels::faults::FILE_WANTED);
        let sent = form.file("file").ok_or_else(wanted)?;
        let name = sent.name.chars().take(200).collect();
        let piece = stored(&page.app, page.actor(), kind, name, sent.content.clone()).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::add_piece(&mut tx, dossier.candidate.id, &piece).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::piece_added())
    };
    let done = done.await;
    settled(&page, &number, "piece", &form, done).await
}

/// Takes a piece back, once that was confirmed.
#[handler]
pub(super) async fn remove(
    page: Page,
    Path((number, piece)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let confirmed = form.text("confirme") == "oui";
    let done = async {
        let id = found(&page, &number).await?;
        let pieces = queries::pieces(page.app.db.read(), id).await?;
        let known = pieces.into_iter().find(|one| one.id.0 == piece).ok_or(CandidateError::NotFound)?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::remove_piece(&mut tx, id, known.id).await?;
        if confirmed {
            tx.commit().await?;
        }
        Ok::<_, CandidateError>(known)
    };
    match done.await {
        Ok(known) if !confirmed => {
            let path = format!("/candidats/{number}");
            page.answer(&ConfirmationPage {
                shell: page.shell(labels::pieces::REMOVE_PIECE),
                intro: labels::pieces::remove_intro(&number),
                effects: labels::pieces::remove_effects(known.kind),
                warnings: Vec::new(),
                typed: Vec::new(),
                action: format!("{path}/pieces/{piece}/retirer"),
                keep: Link::new(labels::pieces::KEEP_PIECE, path),
                act: labels::pieces::REMOVE_ACT.to_owned(),
                danger: true,
            })
        }
        done => settled(&page, &number, "piece", &form, done.map(|_| labels::said::piece_removed())).await,
    }
}

/// A file, to whoever sees the candidate.
#[handler]
pub(super) async fn download(page: Page, Path((number, id)): Path<(String, Uuid)>) -> Result<Response> {
    let read = async {
        let conn = page.app.db.read();
        let dossier = Dossier::by_number(conn, page.actor(), &number).await?;
        let documents = queries::candidate_documents(conn, dossier.candidate.id).await?;
        let file = documents.into_iter().find(|row| row.id.0 == id).ok_or(CandidateError::NotFound)?;
        let content = page.app.storage.get(&file.sha256).await?;
        actions::download(&page.app, page.actor(), &dossier, &file).await?;
        Ok::<_, CandidateError>((file, content))
    };
    let (file, content) = read.await.map_err(WebError::from)?;
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, file.media_type.as_str())
        .header(header::CONTENT_DISPOSITION, disposition(&file.file_name))
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CACHE_CONTROL, "private, no-store")
        .body(content))
}
