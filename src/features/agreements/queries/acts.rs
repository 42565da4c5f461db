//! The acts on a right: its history, the one in course, the last one that was done.

use entity::ids::{AgreementId, RightActId};
use entity::right_act::{self, ActKind, ActState};
use entity::{right_change, sanction_ground};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::db;

/// Every act on a right, the last one first.
///
/// # Errors
/// What the database answers.
pub async fn of_agreement(
    conn: &impl ConnectionTrait,
    agreement: AgreementId,
) -> Result<Vec<right_act::Model>, db::Error> {
    let select = right_act::Entity::find()
        .filter(right_act::Column::AgreementId.eq(agreement))
        .order_by_desc(right_act::Column::Number);
    Ok(select.all(conn).await?)
}

/// The act in course, if there is one.
///
/// # Errors
/// What the database answers.
pub async fn in_course(
    conn: &impl ConnectionTrait,
    agreement: AgreementId,
) -> Result<Option<right_act::Model>, db::Error> {
    let select = right_act::Entity::find()
        .filter(right_act::Column::AgreementId.eq(agreement))
        .filter(right_act::Column::State.is_in([ActState::Notified, ActState::Asked]));
    Ok(select.one(conn).await?)
}

/// The last act that was done and stands.
///
/// # Errors
/// What the database answers.
pub async fn last_done(
    conn: &impl ConnectionTrait,
    agreement: AgreementId,
) -> Result<Option<right_act::Model>, db::Error> {
    let select = right_act::Entity::find()
        .filter(right_act::Column::AgreementId.eq(agreement))
        .filter(right_act::Column::State.eq(ActState::Done))
        .order_by_desc(right_act::Column::Number);
    Ok(select.one(conn).await?)
}

/// The suspension under which a right is, if it is.
///
/// # Errors
/// What the database answers.
pub async fn suspension(
    conn: &impl ConnectionTrait,
    agreement: AgreementId,
) -> Result<Option<right_act::Model>, db::Error> {
    Ok(last_done(conn, agreement).await?.filter(|act| act.kind == ActKind::Suspension))
}

/// The findings of an act.
///
/// # Errors
/// What the database answers.
pub async fn grounds(
    conn: &impl ConnectionTrait,
    act: RightActId,
) -> Result<Vec<sanction_ground::Model>, db::Error> {
    let select = sanction_ground::Entity::find()
        .filter(sanction_ground::Column::ActId.eq(act))
        .order_by_asc(sanction_ground::Column::Id);
    Ok(select.all(conn).await?)
}

/// The findings of several acts.
///
/// # Errors
/// What the database answers.
pub async fn grounds_of(
    conn: &impl ConnectionTrait,
    acts: &[right_act::Model],
) -> Result<Vec<sanction_ground::Model>, db::Error> {
    let select = sanction_ground::Entity::find()
        .filter(sanction_ground::Column::ActId.is_in(acts.iter().map(|act| act.id)))
        .order_by_asc(sanction_ground::Column::Id);
    Ok(select.all(conn).await?)
}

/// The declared changes of an agreement, the last one first.
///
/// # Errors
/// What the database answers.
pub async fn changes(
    conn: &impl ConnectionTrait,
    agreement: AgreementId,
) -> Result<Vec<right_change::Model>, db::Error> {
    let select = right_change::Entity::find()
        .filter(right_change::Column::AgreementId.eq(agreement))
        .order_by_desc(right_change::Column::Id);
    Ok(select.all(conn).await?)
}
