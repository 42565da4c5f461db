//! What someone does for the certifier: the missions nearest to today, and twelve months of work beside the mean.
//!
//! Missions are read from their table: the feature of missions uses this one, and not the other way round.

use std::collections::HashMap;

use entity::habilitation_step::{self, StepKind};
use entity::ids::{ExpertId, HabilitationId, StructureId};
use entity::mission::{self, Column, MissionState};
use entity::mission_offer::{self, OfferState};
use entity::structure;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use time::{Date, Duration, OffsetDateTime};

use super::Habilitation;
use crate::authz::{Actor, visible};
use crate::db;
use crate::features::rights::{self, RightKind};

/// Missions to come that are shown.
const COMING: u64 = 3;
/// Missions behind that are shown.
const PAST: u64 = 5;
/// What is looked back at.
const YEAR: Duration = Duration::days(365);
/// States in which the person has the mission.
const HELD: [MissionState; 6] = [
    MissionState::Accepted,
    MissionState::InProgress,
    MissionState::Done,
    MissionState::ReportReceived,
    MissionState::ExpensesClaimed,
    MissionState::Settled,
];

/// A mission, and the name of its structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The mission.
    pub mission: mission::Model,
    /// Where.
    pub structure: Option<String>,
}

/// The missions of someone that are nearest to today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nearest {
    /// Offered or held and still to come, the furthest first, then those behind, the latest first.
    pub lines: Vec<Line>,
    /// How many there are in all.
    pub total: u64,
}

/// The missions offered to a person or held by them, among those that the actor may see.
///
/// # Errors
/// What the database answers.
pub async fn nearest(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    person: ExpertId,
    now: OffsetDateTime,
) -> Result<Nearest, db::Error> {
    let at = entity::Instant::from(now);
    let own = || {
        mission::Entity::find()
            .filter(visible::missions(actor))
            .filter(Column::ExpertId.eq(person))
            .filter(Column::State.is_in(HELD.into_iter().chain([MissionState::Proposed])))
    };
    let coming = own().filter(Column::EndsAt.gte(at)).order_by_asc(Column::StartsAt).order_by_asc(Column::Id);
    let mut rows = coming.limit(COMING).all(conn).await?;
    rows.reverse();
    let past = own().filter(Column::EndsAt.lt(at)).order_by_desc(Column::StartsAt).order_by_desc(Column::Id);
    rows.extend(past.limit(PAST).all(conn).await?);
    let total = own().count(conn).await?;
    let names: Vec<(StructureId, String)> = structure::Entity::find()
        .select_only()
        .columns([structure::Column::Id, structure::Column::Name])
        .filter(structure::Column::Id.is_in(rows.iter().filter_map(|row| row.structure_id)))
        .into_tuple()
        .all(conn)
        .await?;
    let names: HashMap<_, _> = names.into_iter().collect();
    let line = |mission: mission::Model| Line {
        structure: mission.structure_id.and_then(|id| names.get(&id).cloned()),
        mission,
    };
    Ok(Nearest { lines: rows.into_iter().map(line).collect(), total })
}

/// Twelve months of someone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Year {
    /// Missions held and begun.
    pub missions: usize,
    /// Days between the end of a mission and its report, for each report received.
    pub report_days: Vec<i64>,
    /// Offers sent, by what became of them.
    pub offers: HashMap<OfferState, i64>,
}

impl Year {
    /// Offers in one state.
    #[must_use]
    pub fn offers_in(&self, state: OfferState) -> i64 {
        self.offers.get(&state).copied().unwrap_or_default()
    }

    /// The mean delay of the reports, in whole days; none without a report.
    #[must_use]
    pub fn mean_report_days(&self) -> Option<i64> {
        let count = i64::try_from(self.report_days.len()).ok().filter(|count| *count > 0)?;
        Some((self.report_days.iter().sum::<i64>() + count / 2) / count)
    }
}

/// The twelve months of a person until an instant.
///
/// # Errors
/// What the database answers.
pub async fn year(
    conn: &impl ConnectionTrait,
    person: ExpertId,
    now: OffsetDateTime,
) -> Result<Year, db::Error> {
    let since = entity::Instant::from(now - YEAR);
    let held: Vec<(entity::Instant, Option<entity::Instant>)> = mission::Entity::find()
        .select_only()
        .columns([Column::EndsAt, Column::ReportedAt])
        .filter(Column::ExpertId.eq(person))
        .filter(Column::State.is_in(HELD))
        .filter(Column::StartsAt.gt(since))
        .filter(Column::StartsAt.lte(entity::Instant::from(now)))
        .into_tuple()
        .all(conn)
        .await?;
    let days = |(ended, reported): &(entity::Instant, Option<entity::Instant>)| {
        reported.map(|reported| (*reported - **ended).whole_days().max(0))
    };
    let offers: Vec<(OfferState, i64)> = mission_offer::Entity::find()
        .select_only()
        .column(mission_offer::Column::State)
        .column_as(mission_offer::Column::Id.count(), "count")
        .filter(mission_offer::Column::ExpertId.eq(person))
        .filter(mission_offer::Column::SentAt.gt(since))
        .group_by(mission_offer::Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(Year {
        missions: held.len(),
        report_days: held.iter().filter_map(days).collect(),
        offers: offers.into_iter().collect(),
    })
}

/// The mean number of missions held and begun over the same twelve months by whoever is habilitated on the day, in
/// tenths; none when nobody is.
///
/// # Errors
/// What the database answers.
pub async fn mean_missions(
    conn: &impl ConnectionTrait,
    day: Date,
    now: OffsetDateTime,
) -> Result<Option<u64>, db::Error> {
    let held = rights::queries::in_force(conn, RightKind::Habilitation, None, day).await?;
    let people: std::collections::BTreeSet<ExpertId> =
        held.iter().map(|held| ExpertId(held.right.holder_id)).collect();
    let Some(count) = u64::try_from(people.len()).ok().filter(|count| *count > 0) else { return Ok(None) };
    let missions = mission::Entity::find()
        .filter(Column::ExpertId.is_in(people))
        .filter(Column::State.is_in(HELD))
        .filter(Column::StartsAt.gt(entity::Instant::from(now - YEAR)))
        .filter(Column::StartsAt.lte(entity::Instant::from(now)))
        .count(conn)
        .await?;
    Ok(Some((missions * 10 + count / 2) / count))
}

/// The steps done for each of these habilitations, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn steps_done(
    conn: &impl ConnectionTrait,
    habilitations: &[Habilitation],
) -> Result<HashMap<HabilitationId, Vec<StepKind>>, db::Error> {
    let rows: Vec<(HabilitationId, StepKind)> = habilitation_step::Entity::find()
        .select_only()
        .columns([habilitation_step::Column::HabilitationId, habilitation_step::Column::Kind])
        .filter(habilitation_step::Column::HabilitationId.is_in(habilitations.iter().map(|one| one.file.id)))
        .order_by_asc(habilitation_step::Column::DoneOn)
        .order_by_asc(habilitation_step::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for (file, kind) in rows {
        found.entry(file).or_default().push(kind);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_delay_of_reports_is_rounded_and_absent_without_any() {
        for (days, expected) in
            [(vec![], None), (vec![3], Some(3)), (vec![1, 2], Some(2)), (vec![0, 0, 1], Some(0))]
        {
            let year = Year { report_days: days.clone(), ..Year::default() };
            assert_eq!(year.mean_report_days(), expected, "{days:?}");
        }
    }
}
