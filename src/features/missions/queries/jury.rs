//! The jury that a mission asks somebody to sit in.

use entity::ids::MissionId;
use entity::{jury_member, jury_session};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::db;

/// The number of the session for whose jury a mission was proposed; none for the missions of no jury.
///
/// # Errors
/// What the database answers.
pub async fn jury_of(conn: &impl ConnectionTrait, id: MissionId) -> Result<Option<String>, db::Error> {
    let sessions = jury_member::Entity::find()
        .select_only()
        .column(jury_member::Column::SessionId)
        .filter(jury_member::Column::MissionId.eq(id));
    let found = jury_session::Entity::find()
        .filter(jury_session::Column::Id.in_subquery(sessions.into_query()))
        .one(conn)
        .await?;
    Ok(found.map(|session| session.number))
}
