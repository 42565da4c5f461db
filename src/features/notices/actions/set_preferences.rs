//! Records what a person wishes of messages.

use entity::account;
use entity::ids::AccountId;
use entity::notice_preference::{self, Entity};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::super::NoticeError;
use super::super::events::NoticeEvent;
use super::super::input::TypedPreferences;
use crate::authz::{Facts, Permission};
use crate::db::Tx;

/// Records the wishes of one's own account. `seen` is the version that the person saw, 0 when nothing was recorded.
///
/// # Errors
/// Every fault, [`NoticeError::Stale`], the refusal of the policy, what the database answers.
pub async fn set_preferences(
    tx: &mut Tx,
    owner: AccountId,
    seen: Option<i32>,
    typed: &TypedPreferences,
) -> Result<notice_preference::Model, NoticeError> {
    let facts = Facts { account: Some(owner), ..Facts::default() };
    let grant = tx.authorize(Permission::AccountSelf, &facts)?;
    // The row of the account is the lock of its preferences, which may not be there yet.
    account::Entity::find_by_id(owner).lock_exclusive().one(tx.conn()).await?;
    let before = Entity::find_by_id(owner).one(tx.conn()).await?;
    let version = before.as_ref().map_or(0, |row| row.version);
    if seen.is_some_and(|seen| seen != version) {
        return Err(NoticeError::Stale);
    }
    let new = typed.read()?;
    let row = notice_preference::Model {
        account_id: owner,
        work: new.work.word().to_owned(),
        reminder: new.reminder.word().to_owned(),
        quiet_from: new.quiet_from.map(i32::from),
        quiet_until: new.quiet_until.map(i32::from),
        work_waits: new.work_waits,
        weekends: new.weekends,
        digest_at: new.digest_at.map(i32::from),
        zone: new.zone,
        version: version + 1,
    };
    let active = row.clone().into_active_model().reset_all();
    if before.is_some() {
        Entity::update(active).exec(tx.conn()).await?;
    } else {
        Entity::insert(active).exec_without_returning(tx.conn()).await?;
    }
    tx.record(&grant, &NoticeEvent::PreferencesChanged { before, after: row.clone() }).await?;
    Ok(row)
}
