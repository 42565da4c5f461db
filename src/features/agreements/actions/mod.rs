//! Every change of data of the agreement desk: one file, one act.
//!
//! `filing` is what a structure does before the examination, `examination` what an officer does with the file,
//! `visit` the control, `decision` the committee and the appeal, `right` what follows a grant, `life` what happens to the right later, `deadlines` what
//! time does by itself, `download` the reading of a document.

mod committees;
pub mod deadlines;
pub mod decision;
pub mod download;
pub mod examination;
pub mod filing;
pub mod issue_document;
pub mod life;
pub mod right;
pub mod visit;

use std::sync::Arc;

use entity::committee;

use super::dossier::Dossier;
use super::error::AgreementError;
use super::events::{CommitteeEvent, CommitteeWhat, RequestEvent, What};
use super::state::Transition;
use crate::authz::Grant;
use crate::db::Tx;

/// Records the event of a transition.
async fn record_step(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    line: &'static Transition,
    what: What<'_>,
) -> Result<(), AgreementError> {
    record(tx, grant, dossier, Some(line), what).await
}

/// Records the event of an act that is no transition.
async fn record_act(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    what: What<'_>,
) -> Result<(), AgreementError> {
    record(tx, grant, dossier, None, what).await
}

async fn record(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    line: Option<&'static Transition>,
    what: What<'_>,
) -> Result<(), AgreementError> {
    let app = Arc::clone(tx.app());
    let base_url = app.config.public_url.trim_end_matches('/');
    let before = line.map(|line| line.from);
    let event = RequestEvent { dossier, before, base_url, now: tx.now(), what, line };
    tx.record(grant, &event).await?;
    Ok(())
}

/// Records the event of a committee.
async fn record_committee(
    tx: &mut Tx,
    grant: &Grant,
    committee: &committee::Model,
    files: usize,
    what: CommitteeWhat<'_>,
) -> Result<(), AgreementError> {
    let app = Arc::clone(tx.app());
    let base_url = app.config.public_url.trim_end_matches('/');
    tx.record(grant, &CommitteeEvent { committee, base_url, files, what }).await?;
    Ok(())
}
