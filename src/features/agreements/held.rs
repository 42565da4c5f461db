//! The visits that contrôleurs were given and have still to make, for whoever weighs their ties again.

use std::sync::Arc;

use entity::agreement_request::{self, Column, RequestState};
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::app::App;
use crate::db;
use crate::features::ties::Held;
use crate::rules::deadline;
use crate::rules::ties::Duty;

/// What an alert about a tie names its object.
pub(super) const OBJECT_KIND: &str = "agreement_request";

/// The visits given and not made yet, with their day once it is fixed.
///
/// # Errors
/// What the database answers.
pub fn visits_held(app: &Arc<App>) -> BoxFuture<'_, Result<Vec<Held>, db::Error>> {
    Box::pin(read(app))
}

async fn read(app: &Arc<App>) -> Result<Vec<Held>, db::Error> {
    let conn = app.db.read();
    let rows = agreement_request::Entity::find()
        .filter(Column::State.is_in([RequestState::VisitToSchedule, RequestState::VisitScheduled]))
        .filter(Column::ControllerId.is_not_null())
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    let places: Vec<_> = rows.iter().map(|row| row.structure_id).collect();
    let zones = db::zones_of(conn, &places).await?;
    let held = |row: agreement_request::Model| {
        let zone = zones.get(&row.structure_id).map_or("", String::as_str);
        Some(Held {
            object_kind: OBJECT_KIND,
            object_id: row.id.0,
            reference: row.number.clone().unwrap_or_else(|| row.draft_number.clone()),
            expert: row.controller_id?,
            structure: row.structure_id,
            duty: Duty::Controller,
            on: row.visit_at.and_then(|at| deadline::date_in_zone(*at, zone).ok()),
            given_at: *row.assigned_at.unwrap_or(row.touched_at),
            reasoned: row.tie_override.is_some(),
        })
    };
    Ok(rows.into_iter().filter_map(held).collect())
}
