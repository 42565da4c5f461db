//! What became of the last time somebody sat.

use entity::candidate_appeal::{self, AppealOutcome};
use entity::ids::CandidateId;
use entity::jury_passage;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::db;

/// Whether an appeal annulled the last passage of somebody.
///
/// # Errors
/// What the database answers.
pub async fn is_annulled(conn: &impl ConnectionTrait, id: CandidateId) -> Result<bool, db::Error> {
    let last = jury_passage::Entity::find()
        .filter(jury_passage::Column::CandidateId.eq(id))
        .order_by_desc(jury_passage::Column::Id)
        .one(conn)
        .await?;
    let Some(last) = last else { return Ok(false) };
    let annulled = candidate_appeal::Entity::find()
        .filter(candidate_appeal::Column::PassageId.eq(last.id))
        .filter(candidate_appeal::Column::Outcome.eq(AppealOutcome::Annulled))
        .one(conn)
        .await?;
    Ok(annulled.is_some())
}
