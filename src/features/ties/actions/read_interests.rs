//! Keeps who read what an expert declared.

use std::sync::Arc;

use entity::expert;

use super::super::{TieError, queries};
use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::db::{Reading, record_reading};

/// Records that the declared interests of an expert were read: not by their own expert, nor by those who are only told
/// that the declaration was made.
///
/// # Errors
/// What the database answers: the interests are then not shown.
pub async fn read_interests(app: &Arc<App>, actor: &Actor, expert: &expert::Model) -> Result<(), TieError> {
    if actor.expert() == Some(expert.id) || !queries::told(actor, Some(expert)) {
        return Ok(());
    }
    let facts = Facts::of_expert(expert);
    let asked = (Permission::InterestView, &facts);
    Ok(record_reading(app, actor, asked, Reading::Interests(expert)).await?)
}
