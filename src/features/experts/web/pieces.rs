//! The pieces of the page of an expert: recording one, sending its file, taking it.

use entity::expert;
use entity::expert_piece::PieceCode;
use entity::ids::ExpertPieceId;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::actions::{PieceCorrection, PieceFile, TypedPiece};
use super::super::api::pieces::stored;
use super::super::{ExpertError, actions, labels, queries};
use super::labels as words;
use super::show::{found, settled};
use crate::authz::{Facts, Permission, allows};
use crate::error::{ErrorKind, Fault};
use crate::http::web::sent::SentFile;
use crate::http::web::{FormData, Page, WebError, download as file};

/// Records a piece, with its file when the form holds one: both or neither.
#[handler]
pub(super) async fn add(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let expert = found(&page, &number).await?.expert;
        let _allowed = allows(page.actor(), Permission::ExpertPieceAdd, &Facts::of_expert(&expert))?;
        let code = PieceCode::from_word(form.text("code"));
        let typed = TypedPiece {
            code: code.unwrap_or(PieceCode::Cv),
            note: form.text("note").to_owned(),
            proof_on: form.text("proof_on").to_owned(),
            valid_until: form.text("valid_until").to_owned(),
        };
        let mut faults = typed.read(page.app.today()).err().unwrap_or_default();
        if code.is_none() {
            faults.insert(0, Fault::new("/code", "missing", labels::faults::PIECE_WANTED));
        }
        let file = match form.file("file") {
            None => None,
            Some(sent) => match received(&page, &expert, sent).await {
                Ok(file) => Some(file),
                // What else is wrong is told with it.
                Err(ExpertError::Content(refused)) if !faults.is_empty() => {
                    faults.push(Fault::new("/file", refused.code(), refused.message()));
                    None
                }
                Err(error) => return Err(error),
            },
        };
        if !faults.is_empty() {
            return Err(faults.into());
        }
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let piece = actions::add_piece(&mut tx, expert.id, &typed).await?;
        if let Some(file) = &file {
            actions::file_piece(&mut tx, expert.id, piece.id, file).await?;
        }
        Ok::<_, ExpertError>(tx.commit().await?)
    };
    let done = done.await;
    beside_the_file(&page, &number, "piece", &form, done).await
}

/// Sends the file of a piece that is recorded.
#[handler]
pub(super) async fn attach(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let expert = found(&page, &number).await?.expert;
        let piece = form.optional("piece_id").and_then(|id| id.parse::<Uuid>().ok()).map(ExpertPieceId);
        let sent = form.file("file");
        let mut faults = Vec::new();
        if piece.is_none() {
            faults.push(Fault::new("/piece_id", "missing", words::WHICH_PIECE));
        }
        if sent.is_none() {
            faults.push(Fault::new("/file", "missing", words::FILE_WANTED));
        }
        let (Some(piece), Some(sent)) = (piece, sent) else { return Err(faults.into()) };
        let file = received(&page, &expert, sent).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::file_piece(&mut tx, expert.id, piece, &file).await?;
        Ok::<_, ExpertError>(tx.commit().await?)
    };
    let done = done.await;
    beside_the_file(&page, &number, "fichier", &form, done).await
}

/// Corrects the last day of a piece, or takes it back, as the button says.
#[handler]
pub(super) async fn correct(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let expert = found(&page, &number).await?.expert.id;
        let piece = form.optional("piece_id").and_then(|id| id.parse::<Uuid>().ok()).map(ExpertPieceId);
        let missing = || vec![Fault::new("/piece_id", "missing", words::WHICH_PIECE)];
        let piece = piece.ok_or_else(missing)?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        if form.text("acte") == "annuler" {
            actions::void_piece(&mut tx, expert, piece, form.text("reason")).await?;
        } else {
            let typed = PieceCorrection {
                valid_until: form.text("valid_until").to_owned(),
                reason: form.text("reason").to_owned(),
            };
            actions::correct_piece(&mut tx, expert, piece, &typed).await?;
        }
        Ok::<_, ExpertError>(tx.commit().await?)
    };
    settled(&page, &number, "correction", &form, done.await).await
}

/// The file in the store. The action asks again whether it may be sent: a file that nobody may attach is not stored.
async fn received(page: &Page, expert: &expert::Model, sent: &SentFile) -> Result<PieceFile, ExpertError> {
    let _allowed = allows(page.actor(), Permission::ExpertPieceAdd, &Facts::of_expert(expert))?;
    stored(&page.app, page.actor(), &sent.name, sent.content.clone()).await
}

/// What follows a form with a file: what is refused of it is said beside its field, even while the antivirus is away.
async fn beside_the_file(
    page: &Page,
    number: &str,
    kind: &'static str,
    form: &FormData,
    done: Result<(), ExpertError>,
) -> Result<Response> {
    let (status, done) = match done {
        Err(ExpertError::Content(refused)) => {
            let away = refused.kind() == ErrorKind::Unavailable;
            let fault = Fault::new("/file", refused.code(), refused.message());
            (away.then_some(StatusCode::SERVICE_UNAVAILABLE), Err(ExpertError::from(vec![fault])))
        }
        done => (None, done),
    };
    let mut response = settled(page, number, kind, form, done).await?;
    if let Some(status) = status {
        response.set_status(status);
    }
    Ok(response)
}

/// The file of a piece, to whoever may see the file of the expert.
#[handler]
pub(super) async fn download(page: Page, Path((number, id)): Path<(String, Uuid)>) -> Result<Response> {
    let read = async {
        let expert = found(&page, &number).await?.expert;
        let document = queries::piece_file(page.app.db.read(), expert.id, ExpertPieceId(id)).await?;
        let content = page.app.storage.get(&document.sha256).await?;
        actions::download_piece(&page.app, page.actor(), &expert, &document).await?;
        Ok::<_, ExpertError>((document, content))
    };
    let (document, content) = read.await.map_err(WebError::from)?;
    Ok(file::attachment(&document.media_type, &document.file_name, content))
}
