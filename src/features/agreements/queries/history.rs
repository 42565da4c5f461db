//! The history of a file: acts of the request and of its right, newest first, and the mails they sent.

use std::collections::HashMap;

use entity::ids::{AccountId, AgreementId, AgreementRequestId, ExpertId, MailId};
use entity::{Instant, account, audit_event, expert, mail};
use sea_orm::prelude::Json;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::LETTER_RECORDED;

/// Acts shown at most; the journal holds them all.
const MOST: u64 = 200;

/// One act, with the name of who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The line of the journal.
    pub event: audit_event::Model,
    /// Name of the account; none for the program.
    pub who: Option<String>,
    /// Name of the person to whom a visit was given.
    pub given_to: Option<String>,
    /// How many times the same act was repeated in a row by the same person.
    pub times: usize,
}

/// The acts of a request and of its right, newest first; the same act repeated in a row counts once.
///
/// # Errors
/// What the database answers.
pub async fn history(
    conn: &impl ConnectionTrait,
    request: AgreementRequestId,
    right: Option<AgreementId>,
) -> Result<Vec<Entry>, AgreementError> {
    use audit_event::Column;
    let of = |kind: &str, id: uuid::Uuid| {
        Condition::all().add(Column::SubjectKind.eq(kind)).add(Column::SubjectId.eq(id))
    };
    let mut subjects = Condition::any().add(of("agreement_request", request.0));
    if let Some(right) = right {
        subjects = subjects.add(of("agreement", right.0));
    }
    of_subjects(conn, subjects).await
}

/// The acts of a right alone, newest first; the same act repeated in a row counts once.
///
/// # Errors
/// What the database answers.
pub async fn of_right(conn: &impl ConnectionTrait, right: AgreementId) -> Result<Vec<Entry>, AgreementError> {
    use audit_event::Column;
    let of_right =
        Condition::all().add(Column::SubjectKind.eq("agreement")).add(Column::SubjectId.eq(right.0));
    of_subjects(conn, of_right).await
}

async fn of_subjects(conn: &impl ConnectionTrait, subjects: Condition) -> Result<Vec<Entry>, AgreementError> {
    use audit_event::Column;
    let events =
        audit_event::Entity::find().filter(subjects).order_by_desc(Column::Id).limit(MOST).all(conn).await?;
    let people = events.iter().filter_map(|event| event.actor_id).map(AccountId);
    let names = names(conn, people.collect()).await?;
    let given: Vec<ExpertId> = events.iter().filter_map(chosen).collect();
    let experts = expert::Entity::find().filter(expert::Column::Id.is_in(given)).all(conn).await?;
    let entries = events.into_iter().map(|event| {
        let who = event.actor_id.and_then(|id| names.get(&AccountId(id)).cloned());
        let given_to = chosen(&event).and_then(|id| experts.iter().find(|expert| expert.id == id));
        let given_to = given_to.map(expert::Model::name);
        Entry { event, who, given_to, times: 1 }
    });
    Ok(collapse(entries))
}

/// The person to whom an act gave the visit; their name is read where it is, never kept in the journal.
fn chosen(event: &audit_event::Model) -> Option<ExpertId> {
    if event.code != "AGR_CTR_ASSIGNED" {
        return None;
    }
    let payload: serde_json::Value = serde_json::from_str(&event.payload).ok()?;
    let id = uuid::Uuid::parse_str(payload["controller_id"].as_str()?).ok()?;
    Some(id.into())
}

async fn names(
    conn: &impl ConnectionTrait,
    ids: Vec<AccountId>,
) -> Result<HashMap<AccountId, String>, AgreementError> {
    let rows: Vec<(AccountId, String)> = account::Entity::find()
        .select_only()
        .columns([account::Column::Id, account::Column::Name])
        .filter(account::Column::Id.is_in(ids))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// A form that saves itself writes many lines in a row: the history shows one.
fn collapse(entries: impl Iterator<Item = Entry>) -> Vec<Entry> {
    let mut kept: Vec<Entry> = Vec::new();
    for entry in entries {
        match kept.last_mut() {
            Some(last) if repeats(&last.event, &entry.event) => last.times += 1,
            _ => kept.push(entry),
        }
    }
    kept
}

/// Whether two lines say the same; two documents do only when they are the same document, two records of a letter when
/// they hold the same days.
fn repeats(one: &audit_event::Model, other: &audit_event::Model) -> bool {
    let same = one.code == other.code && one.actor_id == other.actor_id;
    let tells_apart = ["AGR_DOCUMENT_ISSUED", LETTER_RECORDED].contains(&one.code.as_str());
    same && (!tells_apart || one.payload == other.payload)
}

/// A mail without its text, which is the heavy part.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct MailTrace {
    /// Key.
    pub id: MailId,
    /// Who it is for, as stored.
    pub recipient: Json,
    /// Subject.
    pub subject: String,
    /// Where it is.
    pub state: mail::MailState,
    /// When it was made.
    pub created_at: Instant,
    /// When every address had accepted it.
    pub sent_at: Option<Instant>,
}

/// The mails of a request and of its right, newest first.
///
/// # Errors
/// What the database answers.
pub async fn mails(
    conn: &impl ConnectionTrait,
    request: AgreementRequestId,
    right: Option<AgreementId>,
) -> Result<Vec<MailTrace>, AgreementError> {
    use mail::Column;
    // Both halves of the index: with the key alone, every mail is read.
    let of = |kind: &str, id: uuid::Uuid| {
        Condition::all().add(Column::SubjectKind.eq(kind)).add(Column::SubjectId.eq(id))
    };
    let subjects = Condition::any()
        .add(of("agreement_request", request.0))
        .add_option(right.map(|right| of("agreement", right.0)));
    let mails = mail::Entity::find()
        .filter(subjects)
        .order_by_desc(Column::Id)
        .limit(MOST)
        .select_only()
        .columns([
            Column::Id,
            Column::Recipient,
            Column::Subject,
            Column::State,
            Column::CreatedAt,
            Column::SentAt,
        ])
        .into_model()
        .all(conn)
        .await?;
    Ok(mails)
}

/// The name of an account; the caller may already see what it signed.
///
/// # Errors
/// What the database answers.
pub async fn account_name(
    conn: &impl ConnectionTrait,
    id: Option<AccountId>,
) -> Result<Option<String>, AgreementError> {
    let Some(id) = id else { return Ok(None) };
    Ok(names(conn, vec![id]).await?.remove(&id))
}
