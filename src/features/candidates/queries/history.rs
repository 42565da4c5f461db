//! The history of a file: its acts, newest first, with the name of who did each.

use entity::audit_event;
use entity::ids::{AccountId, CandidateId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::authz::account_names;
use crate::db;

/// Acts shown at most; the journal holds them all.
const MOST: u64 = 200;

/// One act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The line of the journal.
    pub event: audit_event::Model,
    /// Name of the account; none for the program.
    pub who: Option<String>,
}

/// The acts of a file, newest first.
///
/// # Errors
/// What the database answers.
pub async fn history(conn: &impl ConnectionTrait, id: CandidateId) -> Result<Vec<Entry>, db::Error> {
    use audit_event::Column;
    let events = audit_event::Entity::find()
        .filter(Column::SubjectKind.eq("candidate"))
        .filter(Column::SubjectId.eq(id.0))
        .order_by_desc(Column::Id)
        .limit(MOST)
        .all(conn)
        .await?;
    let people = events.iter().filter_map(|event| event.actor_id).map(AccountId);
    let names = account_names(conn, people.collect()).await?;
    let entry = |event: audit_event::Model| {
        let who = event.actor_id.and_then(|id| names.get(&AccountId(id)).cloned());
        Entry { event, who }
    };
    Ok(events.into_iter().map(entry).collect())
}
