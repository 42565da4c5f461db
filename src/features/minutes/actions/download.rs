//! Keeps who took a document of minutes.

use std::sync::Arc;

use entity::document;

use super::super::MinutesError;
use super::super::load::Book;
use crate::app::App;
use crate::authz::{Actor, Permission};
use crate::db::{Reading, record_reading};

/// Records that a document was taken.
///
/// # Errors
/// The refusal of the policy, what the database answers: the document is then not given.
pub async fn download(
    app: &Arc<App>,
    actor: &Actor,
    book: &Book,
    document: &document::Model,
) -> Result<(), MinutesError> {
    let facts = book.facts(actor);
    let reading = Reading::Document { document, reference: &book.whole.session.number };
    Ok(record_reading(app, actor, (Permission::MinutesView, &facts), reading).await?)
}
