//! The missions that people did: juries presided over, controls, teaching support, sessions.

use entity::habilitation::Duty;
use entity::mission::{self, Column, MissionObject};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::{Duration, OffsetDateTime};

use super::super::labels;
use super::super::ledger::{Known, Origin, Scope};
use crate::db;
use crate::rules::deadline;
use crate::rules::ties::{DatedTie, Tie};

/// Once done, a mission stays done, whatever becomes of its report and of its expenses.
pub(in super::super) async fn read(
    conn: &impl ConnectionTrait,
    scope: &Scope,
) -> Result<Vec<Known>, db::Error> {
    let select = mission::Entity::find()
        .filter(Column::DoneAt.is_not_null())
        .filter(Column::StructureId.is_not_null())
        .order_by_asc(Column::StartsAt);
    let rows = scope.within(select, Column::ExpertId, Column::StructureId).all(conn).await?;
    Ok(rows.iter().filter_map(known).collect())
}

/// What doing a mission makes of the person for the structure. Whoever sat in a jury without an habilitation sat for a
/// college, and did not preside.
const fn tie(object: MissionObject, duty: Option<Duty>) -> Option<Tie> {
    match object {
        MissionObject::Jury if duty.is_none() => None,
        MissionObject::Jury => Some(Tie::JuryPresident),
        MissionObject::Inspection => Some(Tie::ControllerThisPeriod),
        MissionObject::Support => Some(Tie::SupportExpert),
        MissionObject::Session => Some(Tie::EpspTrainerOfTeam),
        MissionObject::Meeting | MissionObject::Observation => None,
    }
}

fn known(row: &mission::Model) -> Option<Known> {
    let day = |at: OffsetDateTime| deadline::day_in_zone(at, &row.zone);
    Some(Known {
        expert: row.expert_id,
        structure: row.structure_id?,
        origin: Origin::Mission,
        learned_at: row.done_at.map(|at| *at),
        tie: DatedTie {
            tie: tie(row.object, row.duty)?,
            since: Some(day(*row.starts_at)),
            until: Some(day(*row.ends_at - Duration::SECOND)),
            closed_on: None,
            source: labels::mission_of(&row.number),
            detail: String::new(),
        },
        declared: false,
        detail: String::new(),
        employment: None,
        interest: None,
    })
}
