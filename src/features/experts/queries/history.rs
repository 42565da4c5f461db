//! What happened to a file of habilitation, as the journal keeps it.

use entity::ids::AccountId;
use entity::{audit_event, habilitation};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::authz::{Actor, account_names};
use crate::db;

/// Acts shown at most; the journal holds them all.
const MOST: u64 = 200;
/// The documents have a list of their own.
const DOCUMENT: &str = "HAB_DOCUMENT";
/// Between the team and the person, as long as nothing is confirmed.
const WITHDRAWAL: [&str; 2] = ["HAB_WITHDRAWAL_ASKED", "HAB_WITHDRAWAL_ANSWERED"];

/// One act, with the name of who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The line of the journal.
    pub event: audit_event::Model,
    /// Name of the account; none for the program.
    pub who: Option<String>,
}

/// The acts of a file that the actor already sees, newest first.
///
/// # Errors
/// What the database answers.
pub async fn history(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    file: &habilitation::Model,
) -> Result<Vec<Entry>, db::Error> {
    use audit_event::Column;
    let mut select = audit_event::Entity::find()
        .filter(Column::SubjectKind.eq("habilitation"))
        .filter(Column::SubjectId.eq(file.id.0))
        .filter(Column::Code.ne(DOCUMENT));
    if !actor.is_staff() && actor.expert() != Some(file.expert_id) {
        select = select.filter(Column::Code.is_not_in(WITHDRAWAL));
    }
    let events = select.order_by_desc(Column::Id).limit(MOST).all(conn).await?;
    let people = events.iter().filter_map(|event| event.actor_id).map(AccountId);
    let names = account_names(conn, people.collect()).await?;
    let entry = |event: audit_event::Model| {
        let who = event.actor_id.and_then(|id| names.get(&AccountId(id)).cloned());
        Entry { event, who }
    };
    Ok(events.into_iter().map(entry).collect())
}
