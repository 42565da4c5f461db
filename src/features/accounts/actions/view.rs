//! Keeps who read the account of somebody else.

use std::sync::Arc;

use entity::ids::AccountId;

use super::super::error::AccountError;
use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::db::{Reading, record_reading};

/// Records that an account was read, unless by its own person.
///
/// # Errors
/// The refusal of the policy, what the database answers: the account is then not shown.
pub async fn view(app: &Arc<App>, actor: &Actor, id: AccountId) -> Result<(), AccountError> {
    if actor.account_id() == Some(id) {
        return Ok(());
    }
    let facts = Facts { account: Some(id), ..Facts::default() };
    let asked = (Permission::AccountView, &facts);
    Ok(record_reading(app, actor, asked, Reading::Account(id)).await?)
}
