//! The missions of observation that the steps of a path rest on.
//!
//! Missions are read from their table: the feature of missions uses this one, and not the other way round.

use std::collections::HashMap;

use entity::habilitation::{self, HabilitationState};
use entity::habilitation_step;
use entity::ids::MissionId;
use entity::mission::{self, Column, MissionObject, MissionState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Date;

use crate::authz::{Actor, visible};
use crate::db;
use crate::rules::deadline::day_in_zone;

/// Most missions to choose among.
const MOST: u64 = 20;

/// A mission of observation that someone on the way did and reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// Key.
    pub id: MissionId,
    /// Number.
    pub number: String,
    /// Its first day, where it took place.
    pub day: Date,
    /// Where.
    pub place: String,
    /// The report; empty for whoever may not read the mission.
    pub report: String,
}

/// Whether a step of a file may rest on a mission: the person on the way observed, and reported it.
#[must_use]
pub fn may_rest_on(file: &habilitation::Model, row: &mission::Model) -> bool {
    use MissionState as S;
    let reported = matches!(row.state, S::ReportReceived | S::ExpensesClaimed | S::Settled);
    let own = row.expert_id == file.expert_id && row.object == MissionObject::Observation;
    let since = file.applied_on.is_none_or(|applied| day_of(row) >= applied);
    file.state == HabilitationState::InTraining && own && reported && since
}

fn day_of(row: &mission::Model) -> Date {
    day_in_zone(*row.starts_at, &row.zone)
}

/// The missions that a step to log may rest on, and that no step of the file rests on yet, the latest first.
///
/// # Errors
/// What the database answers.
pub async fn observed(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    file: &habilitation::Model,
    steps: &[habilitation_step::Model],
) -> Result<Vec<Observed>, db::Error> {
    if file.state != HabilitationState::InTraining {
        return Ok(Vec::new());
    }
    let own = || {
        mission::Entity::find()
            .filter(Column::ExpertId.eq(file.expert_id))
            .filter(Column::Object.eq(MissionObject::Observation))
            .filter(Column::ReportedAt.is_not_null())
            .order_by_desc(Column::StartsAt)
            .limit(MOST)
    };
    let rows = own().all(conn).await?;
    let read = own().filter(visible::missions(actor)).all(conn).await?;
    let rested = |row: &mission::Model| steps.iter().any(|step| step.mission_id == Some(row.id));
    let told = |row: mission::Model| {
        let readable = read.iter().find(|one| one.id == row.id);
        let report = readable.and_then(|one| one.report.clone()).unwrap_or_default();
        Observed { id: row.id, day: day_of(&row), number: row.number, place: row.place, report }
    };
    Ok(rows.into_iter().filter(|row| may_rest_on(file, row) && !rested(row)).map(told).collect())
}

/// The numbers of the missions that steps rest on.
///
/// # Errors
/// What the database answers.
pub async fn mission_numbers(
    conn: &impl ConnectionTrait,
    steps: &[habilitation_step::Model],
) -> Result<HashMap<MissionId, String>, db::Error> {
    let rows = mission::Entity::find()
        .filter(Column::Id.is_in(steps.iter().filter_map(|step| step.mission_id)))
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.number)).collect())
}
