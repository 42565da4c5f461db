//! Keeps who read the file of an expert.

use std::sync::Arc;

use entity::expert;

use super::super::ExpertError;
use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::db::{Reading, record_reading};

/// Records that the file was read, unless by its own expert.
///
/// # Errors
/// The refusal of the policy, what the database answers: the file is then not shown.
pub async fn view(app: &Arc<App>, actor: &Actor, expert: &expert::Model) -> Result<(), ExpertError> {
    if actor.expert() == Some(expert.id) {
        return Ok(());
    }
    let facts = Facts::of_expert(expert);
    let asked = (Permission::ExpertView, &facts);
    Ok(record_reading(app, actor, asked, Reading::ExpertFile(expert)).await?)
}
