//! The history of a session: its acts, newest first, with who did each.

use std::collections::HashMap;

use entity::ids::{AccountId, TrainingSessionId};
use entity::{account, audit_event};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::MOST;
use crate::db;

/// One act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The line of the journal.
    pub event: audit_event::Model,
    /// Name of the account; none for the program.
    pub who: Option<String>,
}

/// The acts on a session, the latest first.
///
/// # Errors
/// What the database answers.
pub async fn history(
    conn: &impl ConnectionTrait,
    session: TrainingSessionId,
) -> Result<Vec<Entry>, db::Error> {
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::SubjectKind.eq("training_session"))
        .filter(audit_event::Column::SubjectId.eq(session.0))
        .order_by_desc(audit_event::Column::Id)
        .limit(MOST)
        .all(conn)
        .await?;
    let people = events.iter().filter_map(|event| event.actor_id).map(AccountId);
    let rows: Vec<(AccountId, String)> = account::Entity::find()
        .select_only()
        .columns([account::Column::Id, account::Column::Name])
        .filter(account::Column::Id.is_in(people))
        .into_tuple()
        .all(conn)
        .await?;
    let names: HashMap<AccountId, String> = rows.into_iter().collect();
    let entry = |event: audit_event::Model| Entry {
        who: event.actor_id.and_then(|id| names.get(&AccountId(id)).cloned()),
        event,
    };
    Ok(events.into_iter().map(entry).collect())
}
