//! What closes a tie that counts by itself: the end of the agreement period of a control, the jury of somebody else after
//! those that a person presided over running.

use std::collections::{BTreeSet, HashMap};

use entity::agreement::{self, AgreementState};
use entity::ids::{AgreementRequestId, ExpertId, StructureId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::ledger::{Known, Scope};
use super::sources;
use crate::db;
use crate::rules::deadline::{add_days, day_in_zone};
use crate::rules::territory::PARIS;
use crate::rules::ties::Tie;

/// The first and the last day of an agreement.
type Period = (Date, Date);

/// A jury that somebody presided over: who, and its first day.
type Turn = (ExpertId, Date);

/// Writes on each tie the day that closes it, where its source did not.
///
/// # Errors
/// What the database answers.
pub(super) async fn close(conn: &impl ConnectionTrait, known: &mut [Known]) -> Result<(), db::Error> {
    let periods = periods(conn, &places(known, Tie::ControllerThisPeriod)).await?;
    let turns = turns(conn, places(known, Tie::JuryPresident)).await?;
    for one in known.iter_mut().filter(|one| one.tie.closed_on.is_none()) {
        let Some(day) = one.tie.until else { continue };
        one.tie.closed_on = match one.tie.tie {
            Tie::ControllerThisPeriod => {
                periods.get(&one.structure).and_then(|periods| over_after(periods, day))
            }
            Tie::JuryPresident => {
                turns.get(&one.structure).and_then(|turns| relieved_on(turns, one.expert, day))
            }
            _ => None,
        };
    }
    Ok(())
}

/// The day after the agreement that each of these requests gave, for those that gave one.
///
/// # Errors
/// What the database answers.
pub(super) async fn closed_by_request(
    conn: &impl ConnectionTrait,
    requests: Vec<AgreementRequestId>,
) -> Result<HashMap<AgreementRequestId, Date>, db::Error> {
    use agreement::{Column, Entity};
    let rows = Entity::find().filter(Column::RequestId.is_in(requests)).all(conn).await?;
    Ok(rows.iter().map(|row| (row.request_id, add_days(period(row).1, 1))).collect())
}

fn places(known: &[Known], tie: Tie) -> Vec<StructureId> {
    let with: BTreeSet<_> = known.iter().filter(|one| one.tie.tie == tie).map(|one| one.structure).collect();
    with.into_iter().collect()
}

/// Every agreement that these structures hold or held, oldest first.
async fn periods(
    conn: &impl ConnectionTrait,
    structures: &[StructureId],
) -> Result<HashMap<StructureId, Vec<Period>>, db::Error> {
    use agreement::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::StructureId.is_in(structures.iter().copied()))
        .filter(Column::State.ne(AgreementState::Pending))
        .order_by_asc(Column::StartsOn)
        .all(conn)
        .await?;
    let mut periods: HashMap<_, Vec<Period>> = HashMap::new();
    for row in &rows {
        periods.entry(row.structure_id).or_default().push(period(row));
    }
    Ok(periods)
}

/// Its days, until the one when it was taken away or given up.
fn period(row: &agreement::Model) -> Period {
    let ended = row.ended_at.map(|at| day_in_zone(*at, PARIS));
    (row.starts_on, ended.map_or(row.ends_on, |day| day.min(row.ends_on)))
}

/// The juries presided over in these structures, whoever presided.
async fn turns(
    conn: &impl ConnectionTrait,
    structures: Vec<StructureId>,
) -> Result<HashMap<StructureId, Vec<Turn>>, db::Error> {
    if structures.is_empty() {
        return Ok(HashMap::new());
    }
    let scope = Scope { experts: None, structures: Some(structures) };
    let mut turns: HashMap<_, Vec<Turn>> = HashMap::new();
    for one in sources::missions(conn, &scope).await? {
        let day = one.tie.since.filter(|_| one.tie.tie == Tie::JuryPresident);
        if let Some(day) = day {
            turns.entry(one.structure).or_default().push((one.expert, day));
        }
    }
    Ok(turns)
}

/// The day after the period in course on a day: the one that ends last. A control outside of any period counts in
/// the one that follows.
fn over_after(periods: &[Period], day: Date) -> Option<Date> {
    let current = periods.iter().filter(|(start, end)| *start <= day && day <= *end);
    let next = || periods.iter().filter(|(start, _)| *start > day).min();
    current.max_by_key(|(_, end)| *end).or_else(next).map(|(_, end)| add_days(*end, 1))
}

/// The first day on which somebody else presided, after one.
fn relieved_on(turns: &[Turn], expert: ExpertId, day: Date) -> Option<Date> {
    turns.iter().filter(|(who, on)| *who != expert && *on > day).map(|(_, on)| *on).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;
    use uuid::Uuid;

    #[test]
    fn a_control_counts_until_the_end_of_its_agreement_period() {
        let periods = [
            (date!(2022 - 01 - 01), date!(2024 - 12 - 31)),
            // Another role of the same structure ends later.
            (date!(2023 - 01 - 01), date!(2025 - 06 - 30)),
            (date!(2025 - 09 - 01), date!(2028 - 08 - 31)),
        ];
        for (day, over) in [
            (date!(2021 - 11 - 15), Some(date!(2025 - 01 - 01))),
            (date!(2022 - 01 - 01), Some(date!(2025 - 01 - 01))),
            (date!(2024 - 12 - 31), Some(date!(2025 - 07 - 01))),
            (date!(2025 - 07 - 01), Some(date!(2028 - 09 - 01))),
            (date!(2028 - 08 - 31), Some(date!(2028 - 09 - 01))),
            (date!(2028 - 09 - 01), None),
        ] {
            assert_eq!(over_after(&periods, day), over, "{day}");
        }
        assert_eq!(over_after(&[], date!(2022 - 01 - 01)), None);
    }

    #[test]
    fn the_jury_of_somebody_else_closes_those_before_it() {
        let (own, other) = (ExpertId::from(Uuid::from_u128(1)), ExpertId::from(Uuid::from_u128(2)));
        let turns = [
            (own, date!(2024 - 01 - 10)),
            (other, date!(2024 - 06 - 10)),
            (own, date!(2024 - 09 - 10)),
            (other, date!(2025 - 01 - 10)),
        ];
        for (who, day, closed) in [
            (own, date!(2024 - 01 - 10), Some(date!(2024 - 06 - 10))),
            (own, date!(2024 - 06 - 10), Some(date!(2025 - 01 - 10))),
            (own, date!(2024 - 09 - 10), Some(date!(2025 - 01 - 10))),
            (other, date!(2024 - 06 - 10), Some(date!(2024 - 09 - 10))),
            (other, date!(2025 - 01 - 10), None),
        ] {
            assert_eq!(relieved_on(&turns, who, day), closed, "{who} {day}");
        }
    }
}
