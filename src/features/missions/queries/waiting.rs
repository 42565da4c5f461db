//! What waits for the team among missions and their claims.

use std::collections::HashMap;

use entity::expense_claim::ClaimState;
use entity::mission::{Column, MissionState};
use entity::{expense_claim, mission};
use sea_orm::sea_query::{CaseStatement, ExprTrait, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use time::OffsetDateTime;

use super::report_awaited;
use crate::authz::{Actor, visible};
use crate::db;
use crate::features::missions::state::is_vacant;

/// The missions that the actor may see and that nobody has, or that are to be told done and reported, the earliest first.
///
/// # Errors
/// What the database answers.
pub async fn unsettled(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<mission::Model>, db::Error> {
    let waits = |state: &MissionState| {
        is_vacant(*state) || matches!(state, MissionState::InProgress | MissionState::Done)
    };
    let rows = mission::Entity::find()
        .filter(visible::missions(actor))
        .filter(Column::State.is_in(MissionState::all().filter(waits)))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    Ok(rows)
}

/// The claims that wait for the team or for their payment, of the missions that the actor may see, the oldest first.
///
/// # Errors
/// What the database answers.
pub async fn open_claims(
    conn: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<Vec<(expense_claim::Model, mission::Model)>, db::Error> {
    let claims = expense_claim::Entity::find()
        .filter(expense_claim::Column::State.is_in([ClaimState::Submitted, ClaimState::Certified]))
        .order_by_asc(expense_claim::Column::SubmittedAt)
        .order_by_asc(expense_claim::Column::Id)
        .all(conn)
        .await?;
    if claims.is_empty() {
        return Ok(Vec::new());
    }
    let missions = mission::Entity::find()
        .filter(visible::missions(actor))
        .filter(Column::Id.is_in(claims.iter().map(|claim| claim.mission_id)))
        .all(conn)
        .await?;
    let mut missions: HashMap<_, _> = missions.into_iter().map(|one| (one.id, one)).collect();
    let with_mission = |claim: expense_claim::Model| {
        let mission = missions.remove(&claim.mission_id)?;
        Some((claim, mission))
    };
    Ok(claims.into_iter().filter_map(with_mission).collect())
}

/// How many missions the actor sees that nobody has, and how many wait for their report: as long as the lists of the page
/// of missions that are limited to them.
///
/// # Errors
/// What the database answers.
pub async fn counts(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    now: OffsetDateTime,
) -> Result<(i64, i64), db::Error> {
    let vacant =
        Condition::all().add(Column::State.is_in(MissionState::all().filter(|state| is_vacant(*state))));
    let one_each = |which: Condition| -> SimpleExpr { CaseStatement::new().case(which, 1).into() };
    let select = mission::Entity::find()
        .filter(visible::missions(actor))
        .select_only()
        .expr_as(one_each(vacant).count(), "vacant")
        .expr_as(one_each(report_awaited(now)).count(), "reports");
    let statement = conn.get_database_backend().build(&select.into_query());
    let Some(row) = conn.query_one_raw(statement).await? else { return Ok((0, 0)) };
    Ok((row.try_get("", "vacant")?, row.try_get("", "reports")?))
}
