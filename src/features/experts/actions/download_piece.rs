//! Keeps who took the file of a piece of an expert.

use std::sync::Arc;

use entity::{document, expert};

use super::super::ExpertError;
use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::db::{Reading, record_reading};

/// Records that the file was taken, unless by the person whose piece it is.
///
/// # Errors
/// The refusal of the policy, what the database answers: the file is then not given.
pub async fn download_piece(
    app: &Arc<App>,
    actor: &Actor,
    expert: &expert::Model,
    document: &document::Model,
) -> Result<(), ExpertError> {
    if actor.expert() == Some(expert.id) {
        return Ok(());
    }
    let facts = Facts::of_expert(expert);
    let reading = Reading::Document { document, reference: &expert.number };
    Ok(record_reading(app, actor, (Permission::ExpertView, &facts), reading).await?)
}
