//! The visits that people made to structures as contrôleurs, each on its day.

use entity::agreement_request::{self, Column};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::super::ledger::{Known, Origin, Scope};
use super::super::{closings, labels};
use crate::db;
use crate::rules::deadline;
use crate::rules::ties::{DatedTie, Tie};

pub(super) async fn read(conn: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Known>, db::Error> {
    let select = agreement_request::Entity::find()
        .filter(Column::ControllerId.is_not_null())
        .filter(Column::VisitedAt.is_not_null())
        .order_by_asc(Column::VisitedAt);
    let rows = scope.within(select, Column::ControllerId, Column::StructureId).all(conn).await?;
    let places: Vec<_> = rows.iter().map(|row| row.structure_id).collect();
    let zones = db::zones_of(conn, &places).await?;
    let closed = closings::closed_by_request(conn, rows.iter().map(|row| row.id).collect()).await?;
    let known = |row: &agreement_request::Model| {
        known(row, zones.get(&row.structure_id)?, closed.get(&row.id).copied())
    };
    Ok(rows.iter().filter_map(known).collect())
}

/// The visit counts in the period of the agreement that it prepared, when there is one.
fn known(row: &agreement_request::Model, zone: &str, closed_on: Option<Date>) -> Option<Known> {
    let visited_at = *row.visited_at?;
    let visited = deadline::date_in_zone(visited_at, zone).ok();
    Some(Known {
        expert: row.controller_id?,
        structure: row.structure_id,
        origin: Origin::Visit,
        learned_at: Some(visited_at),
        tie: DatedTie {
            tie: Tie::ControllerThisPeriod,
            since: visited,
            until: visited,
            closed_on,
            source: labels::request_of(row.number.as_deref()),
            detail: String::new(),
        },
        declared: false,
        detail: String::new(),
        employment: None,
        interest: None,
    })
}
