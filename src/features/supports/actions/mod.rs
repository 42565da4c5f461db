//! Every change of a teaching support: one file, one act.
//!
//! The mission that finds who gives it is proposed, moved, carried out and cancelled with the support, by the acts of missions.

mod cancel;
mod follow;
mod give;
mod request;
mod schedule;
mod settle;

pub use cancel::cancel;
pub use follow::{follow_mission, remind_report};
pub use give::{close, perform, rate, report};
pub use request::request;
pub use schedule::{postpone, schedule};
pub use settle::{accept, reconsider, refuse};

use std::sync::Arc;

use entity::ids::ExpertId;
use entity::{expert, mission};
use sea_orm::EntityTrait;

use super::dossier::Dossier;
use super::error::SupportError;
use super::events::{SupportEvent, What};
use super::state::Transition;
use crate::authz::Grant;
use crate::db::Tx;
use crate::rules::transitions::Told;

/// Records the event of a transition.
async fn record_step(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    line: &'static Transition,
    what: What<'_>,
) -> Result<(), SupportError> {
    let states = (Some(line.from.word()), Some(line.to.word()));
    record(tx, grant, dossier, line.event, states, what).await
}

/// Records an event.
async fn record(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    line: Told,
    states: (Option<String>, Option<String>),
    what: What<'_>,
) -> Result<(), SupportError> {
    let app = Arc::clone(tx.app());
    let base_url = app.config.public_url.trim_end_matches('/');
    let event = SupportEvent { dossier, base_url, now: tx.now(), line, states, what };
    tx.record(grant, &event).await?;
    Ok(())
}

/// The mission of a support, if it has one.
async fn mission_of(tx: &Tx, dossier: &Dossier) -> Result<Option<mission::Model>, SupportError> {
    match dossier.support.mission_id {
        Some(id) => Ok(mission::Entity::find_by_id(id).one(tx.conn()).await?),
        None => Ok(None),
    }
}

/// The name of a person, as the structure reads it.
async fn name_of(tx: &Tx, id: Option<ExpertId>) -> Result<String, SupportError> {
    let Some(id) = id else { return Ok(String::new()) };
    let found = expert::Entity::find_by_id(id).one(tx.conn()).await?;
    Ok(found.map(|found| found.name()).unwrap_or_default())
}
