//! One's own profile: name, colours, shortcuts.

use entity::account;
use sea_orm::ActiveModelTrait;
use sea_orm::ActiveValue::{Set, Unchanged};
use serde_json::json;

use super::load::{self, oneself};
use crate::authz::Permission;
use crate::db::Tx;
use crate::events::diff;
use crate::features::accounts::error::AccountError;
use crate::features::accounts::events::{AccountEvent, What};
use crate::features::accounts::input::Profile;

/// Changes one's own profile. `version` is the one on screen.
///
/// # Errors
/// [`AccountError::Stale`].
pub async fn edit_profile(tx: &mut Tx, version: i32, profile: &Profile) -> Result<(), AccountError> {
    let account = load::own_account(tx).await?;
    let grant = tx.authorize(Permission::AccountSelf, &oneself(account.id))?;
    if account.version != version {
        return Err(AccountError::Stale);
    }
    let name = profile.name.as_str().to_owned();
    let row = account::ActiveModel {
        id: Unchanged(account.id),
        name: Set(name.clone()),
        theme: Set(profile.theme),
        shortcuts: Set(profile.shortcuts),
        version: Set(account.version + 1),
        ..Default::default()
    };
    row.update(tx.conn()).await?;
    let changes = diff::diff(
        &json!({ "theme": account.theme.word(), "shortcuts": account.shortcuts }),
        &json!({ "theme": profile.theme.word(), "shortcuts": profile.shortcuts }),
    );
    if account.name != name {
        let what = What::Renamed { before: account.name, after: name };
        tx.record(&grant, &AccountEvent { account: account.id, what }).await?;
    }
    tx.record(&grant, &AccountEvent { account: account.id, what: What::ProfileChanged { changes } }).await?;
    Ok(())
}
