//! The history of a session: its acts and the answers of its members, newest first, with who did each and whom it is about.
//!
//! The journal names nobody: it keeps keys. Names are read where they are kept, and go with them when they are erased.

use entity::audit_event;
use entity::ids::AccountId;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;

use super::MOST;
use crate::authz::account_names;
use crate::db;
use crate::features::juries::load::Whole;
use crate::features::juries::wording;

/// What members answer to the mission that asks them to sit.
const ANSWERS: [&str; 4] = ["mission.accepted", "mission.declined", "mission.expired", "mission.dropped_out"];

/// One act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The line of the journal.
    pub event: audit_event::Model,
    /// Name of the account; none for the program.
    pub who: Option<String>,
    /// The member of the jury whom it is about.
    pub member: Option<String>,
    /// The candidate whom it is about.
    pub candidate: Option<String>,
}

/// The acts on a session and the answers of its members, the latest first.
///
/// # Errors
/// What the database answers.
pub async fn history(conn: &impl ConnectionTrait, whole: &Whole) -> Result<Vec<Entry>, db::Error> {
    let missions = whole.members.iter().filter_map(|one| one.row.mission_id).map(|id| id.0);
    let acts = Condition::all()
        .add(audit_event::Column::SubjectKind.eq("jury_session"))
        .add(audit_event::Column::SubjectId.eq(whole.session.id.0));
    let answers = Condition::all()
        .add(audit_event::Column::SubjectKind.eq("mission"))
        .add(audit_event::Column::SubjectId.is_in(missions))
        .add(audit_event::Column::Name.is_in(ANSWERS));
    let events = audit_event::Entity::find()
        .filter(Condition::any().add(acts).add(answers))
        .order_by_desc(audit_event::Column::Id)
        .limit(MOST)
        .all(conn)
        .await?;
    let people = events.iter().filter_map(|event| event.actor_id).map(AccountId);
    let names = account_names(conn, people.collect()).await?;
    let entry = |event: audit_event::Model| {
        let payload: Value = serde_json::from_str(&event.payload).unwrap_or_default();
        Entry {
            who: event.actor_id.and_then(|id| names.get(&AccountId(id)).cloned()),
            member: member(whole, &event, &payload),
            candidate: candidate(whole, &payload),
            event,
        }
    };
    Ok(events.into_iter().map(entry).collect())
}

/// The member whom an act is about, by the key of the seat, of the person or of the mission.
fn member(whole: &Whole, event: &audit_event::Model, payload: &Value) -> Option<String> {
    let says = |field: &str, key: String| payload[field].as_str() == Some(key.as_str());
    let mut members = whole.members.iter();
    let found = if event.subject_kind == "mission" {
        members.find(|one| one.row.mission_id.is_some_and(|id| id.0 == event.subject_id))
    } else {
        members.find(|one| {
            says("member_id", one.row.id.to_string()) || says("expert_id", one.row.expert_id.to_string())
        })
    };
    found.map(|one| one.expert.name())
}

/// The candidate whom an act is about, by the key of the passage.
fn candidate(whole: &Whole, payload: &Value) -> Option<String> {
    let key = payload["passage_id"].as_str()?;
    let found = whole.passages.iter().find(|one| one.row.id.to_string() == key);
    found.map(|one| wording::name(&one.candidate))
}
