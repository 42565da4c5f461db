//! Every change of an inspection: one file, one act.
//!
//! The mission that finds who makes it is proposed and followed elsewhere (see `docs/decisions/0050-agreement-in-life.md`); from what it gives,
//! `controller_id`, these acts go on.

mod answer;
mod cancel;
pub mod draw;
mod notify;
mod perform;
mod plan;
mod report;

pub use answer::{Synced, answer, settle};
pub use cancel::cancel;
pub use notify::{notify, postpone};
pub use perform::{perform, state_refusal};
pub use plan::plan;
pub use report::{comment, send_report};

use std::sync::Arc;

use super::dossier::Dossier;
use super::error::InspectionError;
use super::events::{InspectionEvent, What};
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
) -> Result<(), InspectionError> {
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
) -> Result<(), InspectionError> {
    let app = Arc::clone(tx.app());
    let base_url = app.config.public_url.trim_end_matches('/');
    let event = InspectionEvent { dossier, base_url, now: tx.now(), line, states, what };
    tx.record(grant, &event).await?;
    Ok(())
}
