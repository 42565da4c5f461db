//! The files of the candidates whom a session calls, lets go of, sees and decides on: moved along their own table, each with
//! its own event. Always in the order of their keys, so that two sessions never wait for each other.

use entity::candidate::CandidateState;
use entity::jury_session;

use super::super::JuryError;
use super::super::load::Whole;
use crate::authz::Grant;
use crate::db::Tx;
use crate::features::candidates::actions::step::{With, apply};
use crate::features::candidates::state::{Guard, Step};

/// Calls every candidate of a session.
pub(super) async fn summon(tx: &mut Tx, grant: &Grant, whole: &mut Whole) -> Result<(), JuryError> {
    each(tx, grant, whole, CandidateState::Admitted, (Step::Summon, None)).await
}

/// Lets go of every candidate who had been called: they may be called to another session.
pub(super) async fn release(
    tx: &mut Tx,
    grant: &Grant,
    whole: &mut Whole,
    why: &str,
) -> Result<(), JuryError> {
    each(tx, grant, whole, CandidateState::Summoned, (Step::Release, Some(why))).await
}

async fn each(
    tx: &mut Tx,
    grant: &Grant,
    whole: &mut Whole,
    from: CandidateState,
    (step, reason): (Step, Option<&str>),
) -> Result<(), JuryError> {
    let with = of(&whole.session, reason, &[Guard::SessionConfirmed]);
    let mut passing: Vec<_> = whole.passages.iter_mut().collect();
    passing.sort_by_key(|one| one.candidate.id);
    for one in passing {
        if one.candidate.state == from {
            one.candidate = apply(tx, grant, one.candidate.id, step, with).await?;
        }
    }
    Ok(())
}

/// What goes with a step made by a session.
pub(super) fn of<'a>(session: &jury_session::Model, reason: Option<&'a str>, met: &'a [Guard]) -> With<'a> {
    With { session: Some(session.id), reason, met }
}
