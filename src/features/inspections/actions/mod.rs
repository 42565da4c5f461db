//! Every change of an inspection: one file, one act.
//!
//! The mission that finds who makes it is proposed and followed by `assign` (see `docs/decisions/0050-agreement-in-life.md`); from what it
//! gives, `controller_id`, the other acts go on.

mod answer;
mod assign;
mod cancel;
mod conclude;
mod correct;
mod download;
pub mod draw;
mod escalate;
pub mod issue_document;
mod notify;
mod perform;
mod photos;
mod plan;
mod reopen;
mod report;
pub mod ring;
mod verify;

pub use answer::{Synced, answer, settle};
pub use assign::{assign, follow_mission};
pub use cancel::cancel;
pub use conclude::{conclude, drop_gap, propose_conclusion};
pub use correct::{add_evidence, remove_evidence, submit_actions, write_action};
pub use download::{download, download_record};
pub use escalate::{escalate, resume};
pub use notify::{notify, postpone};
pub(super) use perform::rule_score;
pub use perform::{perform, state_refusal};
pub use photos::{add_photo, remove_photo};
pub use plan::plan;
pub use reopen::reopen;
pub use report::{comment, send_report};
pub use verify::{close, close_gap, find_insufficient};

use std::sync::Arc;

use entity::ids::{InspectionId, NonconformityId};
use entity::nonconformity;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::dossier::Dossier;
use super::error::InspectionError;
use super::events::{InspectionEvent, What};
use super::state::Transition;
use super::state::gap::{self, GapStep};
use crate::authz::Grant;
use crate::db::Tx;
use crate::rules::transitions::Told;

/// A gap of an inspection, under lock.
async fn locked_gap(
    tx: &Tx,
    inspection: InspectionId,
    id: NonconformityId,
) -> Result<nonconformity::Model, InspectionError> {
    let found = nonconformity::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    found.filter(|found| found.inspection_id == inspection).ok_or(InspectionError::NotFound)
}

/// Moves a gap by a step, with what changes besides its state.
async fn move_gap(
    tx: &Tx,
    mut gap: nonconformity::Model,
    step: GapStep,
    change: impl FnOnce(&mut nonconformity::Model),
) -> Result<nonconformity::Model, InspectionError> {
    gap.state = gap::TABLE.next(Some(gap.state), step)?.to;
    gap.version += 1;
    change(&mut gap);
    Ok(gap.into_active_model().reset_all().update(tx.conn()).await?)
}

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
