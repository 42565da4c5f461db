//! The place of a person in a jury follows the mission that asks them to sit there, in the same transaction: whoever
//! reads the members of a jury reads what became of their missions.

use entity::ids::MissionId;
use entity::jury_member::{self, Column, MemberState};
use entity::mission::{self, MissionObject, MissionState};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::db::Tx;
use crate::features::missions::{MissionError, queries};

/// What a mission makes of the place of the person.
const fn place(state: MissionState) -> MemberState {
    use MissionState as S;
    match state {
        S::Proposed => MemberState::Proposed,
        S::Accepted | S::InProgress | S::Done | S::ReportReceived | S::ExpensesClaimed | S::Settled => {
            MemberState::Accepted
        }
        S::Declined | S::Expired => MemberState::Declined,
        S::Withdrawn | S::Cancelled => MemberState::Removed,
    }
}

/// Writes what the mission makes of the place of the person. A place that was given up stays so: somebody else may have
/// it by then.
pub(super) async fn follow(tx: &Tx, mission: &mission::Model) -> Result<(), MissionError> {
    if !matches!(mission.object, MissionObject::Jury | MissionObject::Observation) {
        return Ok(());
    }
    jury_member::Entity::update_many()
        .col_expr(Column::State, Expr::value(place(mission.state)))
        .col_expr(Column::Reason, Expr::value(mission.reason.clone()))
        .filter(Column::MissionId.eq(mission.id))
        .filter(Column::State.is_in([MemberState::Proposed, MemberState::Accepted]))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Refuses to give the mission of a member of a jury to somebody else: their ties with the candidates are weighed where
/// the jury is composed.
pub(super) async fn refuse_others(tx: &Tx, id: MissionId) -> Result<(), MissionError> {
    match queries::jury_of(tx.conn(), id).await? {
        Some(number) => Err(MissionError::OfJury(number)),
        None => Ok(()),
    }
}
