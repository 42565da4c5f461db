//! Plans a series: four meetings of the same people, in one act.

use entity::meeting::{self, MeetingState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::super::input::{Meeting, pointer};
use super::super::{MeetingError, labels};
use super::create;
use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::error::Fault;

/// Plans the meetings of a series, in the order of their days. Each is then a meeting like any other: nobody is invited
/// yet, and moving or cancelling one leaves the others.
///
/// # Errors
/// A day on which these people already meet, which is what sending a form twice would do; the refusal of the policy,
/// what the database answers.
pub async fn create_series(tx: &mut Tx, series: &[Meeting]) -> Result<Vec<meeting::Model>, MeetingError> {
    let _allowed = tx.authorize(Permission::MeetingManage, &Facts::default())?;
    let faults = already_planned(tx, series).await?;
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let mut planned = Vec::with_capacity(series.len());
    for new in series {
        planned.push(create(tx, new).await?);
    }
    Ok(planned)
}

/// The days of the series on which the same people already meet.
async fn already_planned(tx: &Tx, series: &[Meeting]) -> Result<Vec<Fault>, MeetingError> {
    use meeting::Column;
    let Some(first) = series.first() else { return Ok(Vec::new()) };
    let known = meeting::Entity::find()
        .filter(Column::Kind.eq(first.kind))
        .filter(Column::State.ne(MeetingState::Cancelled))
        .filter(Column::MeetsOn.is_in(series.iter().map(|new| new.place.day)))
        .all(tx.conn())
        .await?;
    let fault = |(rank, new): (usize, &Meeting)| {
        let number = &known.iter().find(|row| row.meets_on == new.place.day)?.number;
        Some(Fault::new(pointer(rank), "already-planned", labels::already_planned(number)))
    };
    Ok(series.iter().enumerate().filter_map(fault).collect())
}
