//! What a person finds on arriving: what waits for them, what happens, the figures of the body, the search.
//!
//! Nothing is stored for it but the figures of the years before Parchemin, and what the team notes of its tasks: tasks follow from the states of
//! requests, rights, reserves and mails (`todo.rs`, pure), and each counter is the length of the list it leads to.
//!
//! Permissions: `activity:view`, `activity:import`, `task:follow`, and those of each act that a task is about. Events:
//! `history.imported`, `activity.exported`, `task.taken`, `task.released`, `task.handed_over`, `task.postponed`,
//! `task.brought_back`. Pages: `/`, `/accueil`, `/a-faire`, `/a-faire/{kind}/{id}`, `/statistiques/activite`,
//! `/statistiques/activite/import`, `/statistiques/activite/reprises`, `/recherche`.

pub mod actions;
pub mod activity;
pub mod api;
pub mod engagement;
mod error;
mod events;
pub mod import;
pub mod input;
pub mod labels;
pub mod queries;
pub mod rows;
pub mod todo;
pub mod web;

pub use api::HomeApi;
pub use error::{FollowError, HomeError};
pub use web::pages;

use std::sync::Arc;

use time::{Date, OffsetDateTime};

use crate::app::App;
use crate::authz::Actor;
use crate::rules::deadline::day_in_zone;

/// The zone in which the body counts its years and its days.
pub const PARIS: &str = "Europe/Paris";

/// The day of an instant in Paris.
#[must_use]
pub fn paris_day(at: OffsetDateTime) -> Date {
    day_in_zone(at, PARIS)
}

/// Writes past figures as typed in a file, all or nothing.
///
/// # Errors
/// Every fault of every line, or what the database answers.
pub async fn import_history(
    app: &Arc<App>,
    actor: Actor,
    lines: &[input::TypedFigure],
) -> Result<usize, HomeError> {
    let figures = input::read(lines).map_err(HomeError::Invalid)?;
    let mut tx = app.begin(actor).await?;
    actions::import_history(&mut tx, &figures).await?;
    tx.commit().await?;
    Ok(figures.len())
}
