//! Moves a candidate along the table for another feature, within its transaction and under its grant: juries summon, mark
//! who is there, decide, notify, send back and plan another session.
//!
//! The other feature has looked at what the step asks, and says so; its own event writes to people.

use entity::candidate;
use entity::ids::{CandidateId, JurySessionId};

use super::super::CandidateError;
use super::super::dossier::Dossier;
use super::super::events::What;
use super::super::resit;
use super::super::state::{Guard, State, Step};
use super::super::stored::decision_of;
use super::{advance, record};
use crate::authz::Grant;
use crate::db::Tx;

/// What goes with a step.
#[derive(Clone, Copy, Debug, Default)]
pub struct With<'a> {
    /// The session of the jury, when it is about one.
    pub session: Option<JurySessionId>,
    /// Why, when it is asked.
    pub reason: Option<&'a str>,
    /// What the step asks and that the caller looked at; a reason that is given counts by itself.
    pub met: &'a [Guard],
}

/// Moves the candidate. The row is locked until the end of the transaction, so that several sessions never move one person
/// at once; whoever moves several takes them in the order of their keys.
///
/// A decision is kept with its day; a notification keeps its instant; attempts are counted ([`resit::attempts`]).
///
/// # Errors
/// No such candidate, a state that does not allow it, what lacks, what the database answers.
pub async fn apply(
    tx: &mut Tx,
    grant: &Grant,
    id: CandidateId,
    step: Step,
    with: With<'_>,
) -> Result<candidate::Model, CandidateError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let reason = with.reason.map(str::trim).filter(|reason| !reason.is_empty());
    let mut met = with.met.to_vec();
    if reason.is_some() {
        met.push(Guard::ReasonGiven);
    }
    let (now, today, decision) = (tx.instant(), dossier.today(tx.now()), decision_of(step));
    let (from, before) = (dossier.state(), dossier.candidate.decision);
    let line = advance(tx, &mut dossier, step, &met, |row| {
        if decision.is_some() {
            row.decision = decision;
            row.decided_on = Some(today);
        }
        // An absence that was a mistake leaves nothing behind.
        if step == Step::RetractPresence && from != State::Present {
            row.decision = None;
            row.decided_on = None;
            row.reason = None;
        }
        row.attempts = resit::attempts(row.attempts, from, step, before);
        if step == Step::Notify {
            row.notified_at = Some(now);
        }
        if let Some(reason) = reason {
            row.reason = Some(reason.to_owned());
        }
    })
    .await?;
    let what = What::Moved { session: with.session.map(|id| id.0), decision, reason };
    record(tx, grant, &dossier, line, what).await?;
    Ok(dossier.candidate)
}
