//! What waits for the team among sessions.

use entity::ids::TrainingSessionId;
use entity::training_session::{self, Column, SessionState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use crate::authz::{Actor, Facts, visible};
use crate::db;
use crate::features::training::deadlines::{self, Wait};
use crate::features::training::load::facts;

/// A session that waits for the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// For what.
    pub wait: Wait,
    /// By when, where the session is.
    pub due_on: Date,
    /// Key of the session.
    pub id: TrainingSessionId,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// What the policy looks at.
    pub facts: Facts,
}

/// The sessions that the actor may see and that wait for the team, the oldest first.
///
/// # Errors
/// What the database answers.
pub async fn waiting(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Waiting>, db::Error> {
    let states = [SessionState::Project, SessionState::Open, SessionState::Postponed, SessionState::Ended];
    let rows = training_session::Entity::find()
        .filter(visible::training_sessions(actor))
        .filter(Column::State.is_in(states))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    let waits = |row: &training_session::Model| {
        let (wait, due_on) = deadlines::wait(row)?;
        Some(Waiting {
            wait,
            due_on,
            id: row.id,
            number: row.number.clone(),
            title: row.title.clone(),
            facts: facts(row),
        })
    };
    Ok(rows.iter().filter_map(waits).collect())
}
