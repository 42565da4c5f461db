//! Turns off a class of messages from the link of one of them.

use std::sync::Arc;

use entity::account::{self, AccountState};
use entity::notice_preference::{self, Entity};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::super::NoticeError;
use super::super::events::NoticeEvent;
use crate::app::App;
use crate::authz::{Actor, Facts, Permission, read_mail_link};
use crate::rules::notices::{Class, Wish};

/// Turns off the class that the token names, for its account. Doing it again changes nothing.
///
/// # Errors
/// [`NoticeError::NotFound`] for a token that we did not make, what the database answers.
pub async fn unsubscribe(app: &Arc<App>, token: &str) -> Result<Class, NoticeError> {
    let (account, class) = read_mail_link(app, token)?.ok_or(NoticeError::NotFound)?;
    let mut tx = app.begin(Actor::system("notices.unsubscribe")).await?;
    let known = account::Entity::find_by_id(account).lock_exclusive().one(tx.conn()).await?;
    known.filter(|known| known.state == AccountState::Active).ok_or(NoticeError::NotFound)?;
    let before = Entity::find_by_id(account).one(tx.conn()).await?;
    let known = before.is_some();
    let mut row = before.unwrap_or_else(|| notice_preference::Model {
        account_id: account,
        work: Wish::default().word().to_owned(),
        reminder: Wish::default().word().to_owned(),
        quiet_from: None,
        quiet_until: None,
        work_waits: None,
        weekends: None,
        digest_at: None,
        zone: None,
        version: 0,
    });
    let place = if class == Class::Reminder { &mut row.reminder } else { &mut row.work };
    if *place == Wish::Never.word() {
        return Ok(class);
    }
    let grant = tx.authorize(Permission::NoticeUnsubscribe, &Facts::default())?;
    Wish::Never.word().clone_into(place);
    row.version += 1;
    let active = row.into_active_model().reset_all();
    if known {
        Entity::update(active).exec(tx.conn()).await?;
    } else {
        Entity::insert(active).exec_without_returning(tx.conn()).await?;
    }
    tx.record(&grant, &NoticeEvent::Unsubscribed { account, class }).await?;
    tx.commit().await?;
    Ok(class)
}
