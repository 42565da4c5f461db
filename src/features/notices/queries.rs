//! Reads of notifications: one's own, and nobody else's.

use std::collections::HashMap;

use entity::ids::{AccountId, NoticeId};
use entity::notice::{Column, Entity, NoticeWay};
use entity::{mail, notice, notice_preference};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use time::OffsetDateTime;

use super::NoticeError;
use crate::authz::{Actor, Facts, Permission, allows};
use crate::db::{self, Cursor, Page, PageRequest, keyset};
use crate::events::class_of;
use crate::rules::notices::{Class, Hours};
use crate::worker::mail::{Wishes, proposed, wishes};

/// A notification of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Key.
    pub id: NoticeId,
    /// Subject of the message.
    pub subject: String,
    /// Why the person receives it.
    pub reason: String,
    /// Its class.
    pub class: Class,
    /// How it reached the person.
    pub way: NoticeWay,
    /// When.
    pub at: OffsetDateTime,
    /// Where it leads; none when it leads nowhere.
    pub path: Option<String>,
    /// Whether it was read.
    pub is_read: bool,
}

/// The account of the actor, who may act on what is theirs.
pub(super) fn own(actor: &Actor) -> Result<AccountId, NoticeError> {
    let facts = Facts { account: actor.account_id(), ..Facts::default() };
    let _own = allows(actor, Permission::AccountSelf, &facts)?;
    actor.account_id().ok_or(NoticeError::NotFound)
}

/// What concerned the actor lately, newest first.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    page: &PageRequest,
    public_url: &str,
) -> Result<Page<Notice>, NoticeError> {
    let account = own(actor)?;
    let select = Entity::find().filter(Column::AccountId.eq(account));
    let none: Option<Column> = None;
    let rows = keyset(select, none, Column::Id, true, page).all(conn).await?;
    let page = Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 });
    let mails = mail::Entity::find()
        .filter(mail::Column::Id.is_in(page.items.iter().map(|row| row.mail_id)))
        .all(conn)
        .await?;
    let mails: HashMap<_, _> = mails.into_iter().map(|mail| (mail.id, mail)).collect();
    let whole = |row: notice::Model| {
        let mail = mails.get(&row.mail_id)?;
        Some(Notice {
            id: row.id,
            subject: mail.subject.clone(),
            reason: mail.reason.clone(),
            class: class_of(&mail.template),
            way: row.way,
            at: *row.at,
            path: leads_to(mail, public_url),
            is_read: row.read_at.is_some(),
        })
    };
    Ok(Page { items: page.items.into_iter().filter_map(whole).collect(), next: page.next })
}

/// How many notifications of the actor are unread.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn unread(conn: &impl ConnectionTrait, actor: &Actor) -> Result<u64, NoticeError> {
    let account = own(actor)?;
    let select = Entity::find().filter(Column::AccountId.eq(account)).filter(Column::ReadAt.is_null());
    Ok(select.count(conn).await?)
}

/// The page that a message leads to: the first whole address of its text that is ours.
#[must_use]
pub fn leads_to(mail: &mail::Model, public_url: &str) -> Option<String> {
    let base = public_url.trim_end_matches('/');
    let mut paths = mail.body_text.lines().filter_map(|line| line.trim().strip_prefix(base));
    paths
        .find(|path| {
            path.len() > 1 && path.starts_with('/') && !path.starts_with("//") && !path.contains(' ')
        })
        .map(str::to_owned)
}

/// What a message says first, after its greeting.
#[must_use]
pub fn says_first(text: &str) -> &str {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let title = lines.next().unwrap_or_default();
    let greeting = lines.next().unwrap_or(title);
    lines.next().unwrap_or(greeting)
}

/// What the actor wishes, and what the certifier proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// What is recorded; none until something is.
    pub row: Option<notice_preference::Model>,
    /// What applies.
    pub applied: Wishes,
    /// What the certifier proposes.
    pub proposed: Hours,
}

/// The wishes of the actor.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn preferences(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Own, NoticeError> {
    let account = own(actor)?;
    let row = notice_preference::Entity::find_by_id(account).one(conn).await?;
    let applied = wishes(conn, &[account]).await?.remove(&account).ok_or(NoticeError::NotFound)?;
    Ok(Own { row, applied, proposed: proposed(conn).await? })
}

/// Who has messages that wait for a digest, and since when the oldest waits.
///
/// # Errors
/// What the database answers.
pub(super) async fn waiting(
    conn: &impl ConnectionTrait,
) -> Result<Vec<(AccountId, OffsetDateTime)>, db::Error> {
    let held: Vec<(AccountId, entity::Instant)> = Entity::find()
        .filter(Column::Way.eq(NoticeWay::Digest))
        .filter(Column::DigestedAt.is_null())
        .select_only()
        .column(Column::AccountId)
        .column_as(Column::At.min(), "oldest")
        .group_by(Column::AccountId)
        .order_by_asc(Column::AccountId)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(held.into_iter().map(|(account, oldest)| (account, *oldest)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_first_what_follows_its_greeting() {
        let text = "Une échéance approche\n\nBonjour,\n\nLe droit prend fin.\n\nDroit : assurance\n";
        assert_eq!(says_first(text), "Le droit prend fin.");
        assert_eq!(says_first("Seul"), "Seul");
        assert_eq!(says_first(""), "");
    }
}
