//! What a structure answered to gaps, with the files that prove it.

use entity::ids::NonconformityId;
use entity::{corrective_action, corrective_evidence, nonconformity};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::db;

/// An answer and the files that prove it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The answer.
    pub action: corrective_action::Model,
    /// Its files, those taken back left out.
    pub evidence: Vec<corrective_evidence::Model>,
}

/// The answers to one gap, in their order.
///
/// # Errors
/// What the database answers.
pub async fn actions_of(
    conn: &impl ConnectionTrait,
    gap: NonconformityId,
) -> Result<Vec<corrective_action::Model>, db::Error> {
    let select = corrective_action::Entity::find()
        .filter(corrective_action::Column::NonconformityId.eq(gap))
        .order_by_asc(corrective_action::Column::Round);
    Ok(select.all(conn).await?)
}

/// The answers to some gaps with their files, in the order of their rounds.
///
/// # Errors
/// What the database answers.
pub async fn answers_to(
    conn: &impl ConnectionTrait,
    gaps: &[nonconformity::Model],
) -> Result<Vec<Answered>, db::Error> {
    let actions = corrective_action::Entity::find()
        .filter(corrective_action::Column::NonconformityId.is_in(gaps.iter().map(|gap| gap.id)))
        .order_by_asc(corrective_action::Column::Round)
        .order_by_asc(corrective_action::Column::Id)
        .all(conn)
        .await?;
    let files = corrective_evidence::Entity::find()
        .filter(corrective_evidence::Column::ActionId.is_in(actions.iter().map(|one| one.id)))
        .filter(corrective_evidence::Column::RemovedAt.is_null())
        .order_by_asc(corrective_evidence::Column::Id)
        .all(conn)
        .await?;
    let answered = |action: corrective_action::Model| Answered {
        evidence: files.iter().filter(|file| file.action_id == action.id).cloned().collect(),
        action,
    };
    Ok(actions.into_iter().map(answered).collect())
}
