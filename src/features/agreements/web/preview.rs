//! « Relire le courrier »: the letter of a decision as it will leave, before anything is decided.
//!
//! The decision is taken in its transaction, as before its question; the letter is read there, the transaction is given
//! up, and only then is the letter typeset.

use poem::{Response, Result};

use crate::db::Tx;
use crate::features::agreements::Dossier;
use crate::features::agreements::documents::letter::Letter;
use crate::http::web::download::attachment;
use crate::http::web::{Page, WebError};
use crate::storage::content::FileKind;

/// Name of the button that asks for the letter.
pub(super) const PREVIEW: &str = "apercu";

/// The letter of the decision that a transaction holds and that is given up here.
pub(super) async fn answer(page: &Page, dossier: &Dossier, tx: Tx) -> Result<Response> {
    let letter = Letter::read(&page.app, tx.conn(), dossier.request.id).await;
    drop(tx);
    let letter = letter.map_err(WebError::from)?;
    let name = letter.file_name();
    let content = letter.typeset(&page.app).await.map_err(poem::error::InternalServerError)?;
    Ok(attachment(FileKind::Pdf.media_type(), &name, content))
}
