//! Reading the journal: search, one event, seals, the last verification.

use std::collections::HashMap;

use entity::ids::{AccountId, AuditEventId};
use entity::{account, audit_event, audit_leaf, audit_personal, audit_seal};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Statement,
};
use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

use super::error::JournalError;
use super::labels::Family;
use crate::authz::{self, Actor, Facts, Permission, visible};
use crate::db::{Cursor, Page, PageRequest, keyset};

/// What is looked for; everything left empty looks for all.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// From this instant.
    pub from: Option<OffsetDateTime>,
    /// Before this instant.
    pub until: Option<OffsetDateTime>,
    /// Kind of the subject, `agreement_request`.
    pub subject_kind: Option<String>,
    /// Key of the subject.
    pub subject_id: Option<Uuid>,
    /// What the subject was called, `AGR-2026-0042`; several names are separated by commas.
    pub subject_label: Option<String>,
    /// Name of the event, `agreement_request.granted`.
    pub name: Option<String>,
    /// Families of events; empty looks for all.
    pub families: Vec<Family>,
    /// Key of the account that acted.
    pub actor: Option<Uuid>,
}

/// An event, its place in the tree and the names of who acted and of the account it is about.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The event.
    pub event: audit_event::Model,
    /// Its place, from zero; none while it waits for a seal.
    pub seq: Option<u64>,
    /// Present name of the account that acted, or that came in.
    pub actor_name: Option<String>,
    /// Present name of the account that the event is about, when the reader may see it or when it acted itself.
    pub subject_name: Option<String>,
}

/// Kind of the events about accounts, which the journal refers to by their keys.
pub const ACCOUNT: &str = "account";
/// What the program records of somebody who comes in: the account that it is about acts, and is known from then on.
const COMING_IN: [&str; 2] = ["account.signed_in", "account.second_factor_given"];

/// Whether the actor may read the journal: it is read whole or not at all.
///
/// # Errors
/// The refusal of the policy.
pub fn readable_by(actor: &Actor) -> Result<(), JournalError> {
    let _ = authz::allows(actor, Permission::JournalView, &Facts::default())?;
    Ok(())
}

/// Events, the newest first.
///
/// # Errors
/// The policy refuses, a search that ends before it begins, or the database.
pub async fn search(
    conn: &DatabaseConnection,
    actor: &Actor,
    search: &Search,
    page: &PageRequest,
) -> Result<Page<Entry>, JournalError> {
    readable_by(actor)?;
    if search.from.zip(search.until).is_some_and(|(from, until)| from > until) {
        return Err(JournalError::Reversed);
    }
    let mut wanted = matching(search);
    if !search.families.is_empty() {
        wanted = wanted.add(audit_event::Column::Name.is_in(names_of(conn, &search.families).await?));
    }
    let found = audit_event::Entity::find().filter(wanted);
    let keys = keyset(found, None::<audit_event::Column>, audit_event::Column::Id, true, page)
        .select_only()
        .column(audit_event::Column::Id);
    // The keys first: indexes hold them, and only the lines of the page are then read.
    let rows = audit_event::Entity::find()
        .filter(audit_event::Column::Id.in_subquery(keys.into_query()))
        .order_by_desc(audit_event::Column::Id)
        .all(conn)
        .await?;
    let page = Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 });
    Ok(Page { items: entries(conn, actor, page.items).await?, next: page.next })
}

fn matching(search: &Search) -> Condition {
    use audit_event::Column;
    let instant = |at: OffsetDateTime| entity::Instant::from(at);
    Condition::all()
        .add_option(search.from.map(|from| Column::At.gte(instant(from))))
        .add_option(search.until.map(|until| Column::At.lt(instant(until))))
        .add_option(search.subject_kind.as_ref().map(|kind| Column::SubjectKind.eq(kind.as_str())))
        .add_option(search.subject_id.map(|id| Column::SubjectId.eq(id)))
        .add_option(search.subject_label.as_ref().map(|label| Column::SubjectLabel.is_in(labels_of(label))))
        .add_option(search.name.as_ref().map(|name| Column::Name.eq(name.as_str())))
        .add_option(search.actor.map(|actor| Column::ActorId.eq(actor)))
}

/// The whole of what was typed and each of its parts, as typed and in capitals.
fn labels_of(typed: &str) -> Vec<String> {
    let parts = typed.split(',').map(str::trim).filter(|part| !part.is_empty());
    std::iter::once(typed).chain(parts).flat_map(|label| [label.to_owned(), label.to_uppercase()]).collect()
}

/// Every name that the journal holds, each found after the one before in the index of the names: a name is known by
/// its ending, and an ending has no index.
const NAMES: &str = "WITH RECURSIVE known (name) AS (
    SELECT min(name) FROM audit_event
    UNION ALL
    SELECT (SELECT min(name) FROM audit_event WHERE audit_event.name > known.name)
    FROM known WHERE known.name IS NOT NULL
) SELECT name FROM known WHERE name IS NOT NULL";

/// The names of the events of these families.
async fn names_of(conn: &DatabaseConnection, families: &[Family]) -> Result<Vec<String>, JournalError> {
    let statement = Statement::from_string(conn.get_database_backend(), NAMES);
    let rows = conn.query_all_raw(statement).await?;
    let names: Result<Vec<String>, _> = rows.iter().map(|row| row.try_get("", "name")).collect();
    Ok(names?.into_iter().filter(|name| families.contains(&Family::of(name))).collect())
}

async fn entries(
    conn: &DatabaseConnection,
    actor: &Actor,
    rows: Vec<audit_event::Model>,
) -> Result<Vec<Entry>, JournalError> {
    let ids = rows.iter().map(|row| row.id);
    let leaves = audit_leaf::Entity::find().filter(audit_leaf::Column::EventId.is_in(ids)).all(conn).await?;
    let places: HashMap<_, _> =
        leaves.into_iter().map(|leaf| (leaf.event_id, leaf.seq.unsigned_abs())).collect();
    let actors = names(conn, Condition::all(), rows.iter().filter_map(author)).await?;
    let about = rows.iter().filter(|row| row.subject_kind == ACCOUNT).map(|row| row.subject_id);
    let seen = names(conn, visible::accounts(actor), about).await?;
    let subject_name = |event: &audit_event::Model| {
        let id = Some(event.subject_id).filter(|_| event.subject_kind == ACCOUNT)?;
        let itself = if author(event) == Some(id) { actors.get(&id) } else { None };
        itself.or_else(|| seen.get(&id)).cloned()
    };
    let entry = |event: audit_event::Model| Entry {
        seq: places.get(&event.id).copied(),
        actor_name: author(&event).and_then(|id| actors.get(&id).cloned()),
        subject_name: subject_name(&event),
        event,
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// The account that acted.
fn author(event: &audit_event::Model) -> Option<Uuid> {
    let came_in = event.subject_kind == ACCOUNT && COMING_IN.contains(&event.name.as_str());
    event.actor_id.or_else(|| came_in.then_some(event.subject_id))
}

/// The names of those of these accounts that fulfil a condition.
async fn names(
    conn: &DatabaseConnection,
    among: Condition,
    ids: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, String>, JournalError> {
    let mut ids: Vec<Uuid> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let rows: Vec<(AccountId, String)> = account::Entity::find()
        .select_only()
        .columns([account::Column::Id, account::Column::Name])
        .filter(among)
        .filter(account::Column::Id.is_in(ids))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|(id, name)| (id.0, name)).collect())
}

/// One event with its personal values, those that were not erased.
///
/// # Errors
/// The policy refuses, the event does not exist, or the database.
pub async fn one(
    conn: &DatabaseConnection,
    actor: &Actor,
    id: AuditEventId,
) -> Result<(Entry, Vec<audit_personal::Model>), JournalError> {
    readable_by(actor)?;
    let row = audit_event::Entity::find_by_id(id).one(conn).await?.ok_or(JournalError::NotFound)?;
    let entry = entries(conn, actor, vec![row]).await?.pop().ok_or(JournalError::NotFound)?;
    let personal = audit_personal::Entity::find()
        .filter(audit_personal::Column::EventId.eq(id))
        .order_by_asc(audit_personal::Column::Field)
        .all(conn)
        .await?;
    Ok((entry, personal))
}

/// The hash of the leaf before, which the details of an event show.
///
/// # Errors
/// What the database answers.
pub async fn leaf_before(
    conn: &DatabaseConnection,
    seq: Option<u64>,
) -> Result<Option<Vec<u8>>, JournalError> {
    let Some(before) = seq.and_then(|seq| seq.checked_sub(1)) else { return Ok(None) };
    let leaf = audit_leaf::Entity::find_by_id(super::walk::signed(before)).one(conn).await?;
    Ok(leaf.map(|leaf| leaf.hash))
}

/// Seals, the newest first. The cursor is the size of the last one seen.
///
/// # Errors
/// The policy refuses, or the database.
pub async fn seals(
    conn: &DatabaseConnection,
    actor: &Actor,
    limit: u64,
    below: Option<u64>,
) -> Result<(Vec<audit_seal::Model>, Option<u64>), JournalError> {
    readable_by(actor)?;
    let mut found = audit_seal::Entity::find().order_by_desc(audit_seal::Column::TreeSize).limit(limit + 1);
    if let Some(below) = below {
        found = found.filter(audit_seal::Column::TreeSize.lt(super::walk::signed(below)));
    }
    let mut rows = found.all(conn).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next = rows.last().filter(|_| more).map(|row| row.tree_size.unsigned_abs());
    Ok((rows, next))
}

/// The newest event of a name of ours, with what it says.
///
/// # Errors
/// What the database answers.
pub async fn newest(
    conn: &DatabaseConnection,
    name: &str,
) -> Result<Option<(audit_event::Model, Value)>, JournalError> {
    let row = audit_event::Entity::find()
        .filter(audit_event::Column::Name.eq(name))
        .order_by_desc(audit_event::Column::Id)
        .one(conn)
        .await?;
    Ok(row.map(|row| {
        let payload = serde_json::from_str(&row.payload).unwrap_or_default();
        (row, payload)
    }))
}

/// Names of the keys that sign or signed, the oldest first.
///
/// # Errors
/// What the database answers.
pub async fn key_names(conn: &DatabaseConnection) -> Result<Vec<String>, JournalError> {
    Ok(super::walk::keys(conn).await?.into_iter().map(|key| key.key_id).collect())
}
