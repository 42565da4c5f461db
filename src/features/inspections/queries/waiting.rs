//! What waits for somebody among inspections: one line each, with the day that it is due.

use entity::inspection::{self, InspectionState};
use entity::nonconformity::{self, NonconformityState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::list::{Found, named};
use crate::authz::{Actor, visible};
use crate::db;
use crate::features::inspections::state::is_over;

/// An inspection that is not over, and the day of its first gap that waits for the structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The inspection.
    pub found: Found,
    /// The day of its first open gap.
    pub due_on: Option<Date>,
}

/// The inspections that are not over and that the actor may see, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn waiting(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Waiting>, db::Error> {
    use NonconformityState as G;
    let open = InspectionState::all().filter(|state| !is_over(*state));
    let rows = inspection::Entity::find()
        .filter(visible::inspections(actor))
        .filter(inspection::Column::State.is_in(open))
        .order_by_asc(inspection::Column::Id)
        .all(conn)
        .await?;
    let gaps = nonconformity::Entity::find()
        .filter(nonconformity::Column::InspectionId.is_in(rows.iter().map(|row| row.id)))
        .filter(nonconformity::Column::State.is_in([G::ActionsRequested, G::Insufficient, G::Overdue]))
        .all(conn)
        .await?;
    let due = |found: &Found| {
        let own = gaps.iter().filter(|gap| gap.inspection_id == found.inspection.id);
        own.filter_map(|gap| gap.due_on).min()
    };
    let found = named(conn, rows).await?;
    Ok(found.into_iter().map(|found| Waiting { due_on: due(&found), found }).collect())
}
