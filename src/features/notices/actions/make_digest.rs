//! Gathers what was held back for a person in one message.

use std::sync::Arc;

use entity::account::{self, AccountState};
use entity::ids::{AccountId, MailId};
use entity::mail;
use entity::notice::{Column, Entity, NoticeWay};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::super::NoticeError;
use super::super::events::{Item, NoticeEvent};
use super::super::queries::{leads_to, says_first};
use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::db::Tx;
use crate::events::{Applies, class_of};
use crate::render::french;
use crate::rules::deadline::day_in_zone;
use crate::rules::notices::Class;
use crate::worker::recipients;

/// Makes the digest of a person now; what has lost its object meanwhile is left out. Says how many messages it
/// holds; none makes no message.
///
/// The row of the account is locked: of two workers, the second finds nothing left to tell.
///
/// # Errors
/// What the database answers.
pub async fn make_digest(app: &Arc<App>, account: AccountId, zone: &str) -> Result<usize, NoticeError> {
    let mut tx = app.begin(Actor::system("notices.digests")).await?;
    let person = account::Entity::find_by_id(account).lock_exclusive().one(tx.conn()).await?;
    let held = held(&tx, account).await?;
    let receives = person.is_some_and(|person| person.state == AccountState::Active);
    let items = if receives { items(tx.conn(), &held, app).await? } else { Vec::new() };
    if items.is_empty() {
        // Nothing to tell is no act: what has lost its object is put aside without a line in the journal.
        drop(tx);
        tell(app.db.bookkeeping(), account, held, app.now().into()).await?;
        return Ok(0);
    }
    tell(tx.conn(), account, held, tx.instant()).await?;
    let grant = tx.authorize(Permission::NoticeDigest, &Facts::default())?;
    let count = items.len();
    let day = day_in_zone(tx.now(), zone);
    let link = app.url("/notifications");
    tx.record(&grant, &NoticeEvent::DigestMade { account, day: french::date(day), items, link }).await?;
    tx.commit().await?;
    Ok(count)
}

/// The messages held back for a person, oldest first.
async fn held(tx: &Tx, account: AccountId) -> Result<Vec<MailId>, DbErr> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(account))
        .filter(Column::Way.eq(NoticeWay::Digest))
        .filter(Column::DigestedAt.is_null())
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|row| row.mail_id).collect())
}

/// The lines of a digest: reminders first, whose date is near, then the others, oldest first.
async fn items(conn: &impl ConnectionTrait, held: &[MailId], app: &App) -> Result<Vec<Item>, DbErr> {
    let mut mails = mail::Entity::find()
        .filter(mail::Column::Id.is_in(held.iter().copied()))
        .order_by_asc(mail::Column::Id)
        .all(conn)
        .await?;
    mails.sort_by_key(|mail| class_of(&mail.template) != Class::Reminder);
    let mut items = Vec::new();
    for mail in &mails {
        let condition =
            mail.applies.clone().and_then(|stored| serde_json::from_value::<Applies>(stored).ok());
        let applies = match &condition {
            Some(condition) => recipients::still_applies(conn, condition).await?,
            None => true,
        };
        if applies {
            items.push(item(mail, app));
        }
    }
    Ok(items)
}

fn item(mail: &mail::Model, app: &App) -> Item {
    let path = leads_to(mail, &app.config.public_url).unwrap_or_else(|| "/notifications".to_owned());
    Item {
        mail: mail.id.0,
        subject: mail.subject.clone(),
        summary: says_first(&mail.body_text).to_owned(),
        link: app.url(&path),
    }
}

/// Remembers that these messages were told.
async fn tell(
    conn: &impl ConnectionTrait,
    account: AccountId,
    held: Vec<MailId>,
    at: entity::Instant,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::DigestedAt, Expr::value(at))
        .filter(Column::AccountId.eq(account))
        .filter(Column::MailId.is_in(held))
        .exec(conn)
        .await
        .map(|_| ())
}
