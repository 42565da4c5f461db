//! Adds half-days of the week that come back.

use entity::ids::ExpertId;
use entity::{availability_day, recurring_half_day};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::AvailabilityError;
use super::super::events::AvailabilityEvent;
use super::super::input::{Rhythm, TypedRhythm};
use super::super::queries::recurrence;
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Fault;
use crate::rules::calendar::written;

/// Adds half-days that come back, and wipes the single dates that they cover. One that already comes back on some of
/// these dates is refused.
///
/// # Errors
/// Every fault, [`AvailabilityError::Stale`], the refusal of the policy, what the database answers.
pub async fn add_rhythm(
    tx: &mut Tx,
    id: ExpertId,
    seen: Option<i32>,
    typed: &TypedRhythm,
) -> Result<Vec<recurring_half_day::Model>, AvailabilityError> {
    let opened = open(tx, id, seen, Permission::AvailabilityEdit).await?;
    let new = typed.read(opened.today)?;
    let ends = recurring_half_day::Column::EndsOn;
    let mut known = recurring_half_day::Entity::find()
        .filter(recurring_half_day::Column::ExpertId.eq(id))
        .filter(Condition::any().add(ends.is_null()).add(ends.gte(new.from)));
    if let Some(until) = new.until {
        known = known.filter(recurring_half_day::Column::StartsOn.lte(until));
    }
    let known = known.all(tx.conn()).await?;
    let met = known.iter().find(|row| {
        new.slots.contains(&(super::super::queries::weekday(row.weekday), row.half_day))
            && (row.every_weeks == 1 || new.every_weeks == 1 || row.every_weeks == new.every_weeks)
    });
    if let Some(row) = met {
        let message = format!(
            "Cette demi-journée revient déjà depuis le {}\u{202f}: arrêtez-la d’abord, ou commencez après",
            written(row.starts_on)
        );
        return Err(AvailabilityError::Invalid(vec![Fault::new("/half_days", "overlap", message)]));
    }
    let rows = insert(tx, id, &new).await?;
    wipe_covered(tx, id, &rows).await?;
    opened.save(tx).await?;
    let event = AvailabilityEvent::RhythmAdded { whose: opened.whose(tx), rows: rows.clone() };
    tx.record(&opened.grant, &event).await?;
    Ok(rows)
}

async fn insert(
    tx: &Tx,
    id: ExpertId,
    new: &Rhythm,
) -> Result<Vec<recurring_half_day::Model>, AvailabilityError> {
    let mut rows = Vec::new();
    for (weekday, half_day) in &new.slots {
        let row = recurring_half_day::Model {
            id: tx.new_id(),
            expert_id: id,
            weekday: weekday.number_from_monday().into(),
            half_day: *half_day,
            starts_on: new.from,
            ends_on: new.until,
            every_weeks: new.every_weeks,
        };
        let active = row.clone().into_active_model().reset_all();
        recurring_half_day::Entity::insert(active).exec_without_returning(tx.conn()).await?;
        rows.push(row);
    }
    Ok(rows)
}

/// A habit declared now stands for the dates said before.
async fn wipe_covered(
    tx: &Tx,
    id: ExpertId,
    rows: &[recurring_half_day::Model],
) -> Result<(), AvailabilityError> {
    let Some(first) = rows.first() else { return Ok(()) };
    let singles = availability_day::Entity::find()
        .filter(availability_day::Column::ExpertId.eq(id))
        .filter(availability_day::Column::Day.gte(first.starts_on))
        .all(tx.conn())
        .await?;
    let series: Vec<_> = rows.iter().map(recurrence).collect();
    let covered: Vec<_> = singles
        .iter()
        .filter(|single| series.iter().any(|one| one.falls_on(single.day, single.half_day)))
        .map(|single| single.id)
        .collect();
    availability_day::Entity::delete_many()
        .filter(availability_day::Column::Id.is_in(covered))
        .exec(tx.conn())
        .await?;
    Ok(())
}
