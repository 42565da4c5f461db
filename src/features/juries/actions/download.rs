//! Keeps who took a document of a session.

use std::sync::Arc;

use entity::document;

use super::super::JuryError;
use super::super::load::Whole;
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
    whole: &Whole,
    document: &document::Model,
) -> Result<(), JuryError> {
    let facts = whole.facts(actor);
    let reading = Reading::Document { document, reference: &whole.session.number };
    Ok(record_reading(app, actor, (Permission::JuryView, &facts), reading).await?)
}
