//! Gathers what was held back for a person in one message.

use std::sync::Arc;

use entity::account::{self, AccountState};
use entity::ids::{AccountId, MailId};
use entity::mail;
use entity::notice::{self, Column, Entity, NoticeWay};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::super::NoticeError;
use super::super::events::{Item, NoticeEvent};
use super::super::queries::leads_to;
use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::events::Applies;
use crate::render::french;
use crate::rules::deadline::date_in_zone;
use crate::worker::recipients;

/// Makes the digest of a person now; what has lost its object meanwhile is left out. Says how many messages it
/// holds; none makes no message.
///
/// # Errors
/// What the database answers.
pub async fn make_digest(app: &Arc<App>, account: AccountId, zone: &str) -> Result<usize, NoticeError> {
    let mut tx = app.begin(Actor::system("notices.digests")).await?;
    let person = account::Entity::find_by_id(account).lock_exclusive().one(tx.conn()).await?;
    let held = Entity::find()
        .filter(Column::AccountId.eq(account))
        .filter(Column::Way.eq(NoticeWay::Digest))
        .filter(Column::DigestedAt.is_null())
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?;
    let ids: Vec<MailId> = held.iter().map(|row: &notice::Model| row.mail_id).collect();
    let mails = mail::Entity::find()
        .filter(mail::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(mail::Column::Id)
        .all(tx.conn())
        .await?;
    let mut items = Vec::new();
    for mail in &mails {
        let condition =
            mail.applies.clone().and_then(|stored| serde_json::from_value::<Applies>(stored).ok());
        let applies = match &condition {
            Some(condition) => recipients::still_applies(tx.conn(), condition).await?,
            None => true,
        };
        if applies {
            items.push(item(mail, &app.config.public_url));
        }
    }
    let active = person.is_some_and(|person| person.state == AccountState::Active);
    if !active {
        items.clear();
    }
    let done = Expr::value(tx.instant());
    let told = Entity::update_many()
        .col_expr(Column::DigestedAt, done)
        .filter(Column::AccountId.eq(account))
        .filter(Column::MailId.is_in(ids))
        .filter(Column::Way.eq(NoticeWay::Digest));
    let count = items.len();
    if items.is_empty() {
        drop(tx);
        told.exec(app.db.bookkeeping()).await?;
        return Ok(0);
    }
    told.exec(tx.conn()).await?;
    let grant = tx.authorize(Permission::NoticeDigest, &Facts::default())?;
    let day = date_in_zone(tx.now(), zone).unwrap_or_else(|_| tx.now().date());
    let link = format!("{}/notifications", app.config.public_url.trim_end_matches('/'));
    let event = NoticeEvent::DigestMade { account, day: french::date(day), items, link };
    tx.record(&grant, &event).await?;
    tx.commit().await?;
    Ok(count)
}

fn item(mail: &mail::Model, public_url: &str) -> Item {
    let base = public_url.trim_end_matches('/');
    let first = mail.body_text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let path = leads_to(mail, public_url).unwrap_or_else(|| "/notifications".to_owned());
    Item {
        mail: mail.id.0,
        subject: mail.subject.clone(),
        summary: first.to_owned(),
        link: format!("{base}{path}"),
    }
}
