//! The seats that somebody accepted.

use std::collections::HashSet;

use entity::ids::{ExpertId, JurySessionId};
use entity::jury_member::{self, MemberState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::db;

/// Those of these sessions in which somebody sits.
///
/// # Errors
/// What the database answers.
pub async fn accepted_by(
    conn: &impl ConnectionTrait,
    person: ExpertId,
    sessions: &[JurySessionId],
) -> Result<HashSet<JurySessionId>, db::Error> {
    let rows: Vec<JurySessionId> = jury_member::Entity::find()
        .filter(jury_member::Column::ExpertId.eq(person))
        .filter(jury_member::Column::State.eq(MemberState::Accepted))
        .filter(jury_member::Column::SessionId.is_in(sessions.iter().copied()))
        .select_only()
        .column(jury_member::Column::SessionId)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}
