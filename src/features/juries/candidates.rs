//! The state of the file of a candidate, when a session calls them or lets them go: along the table of candidates.
//!
//! The event of the session is the record: it names every candidate that it moves.

use entity::candidate::{self, CandidateState};
use entity::ids::CandidateId;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::JuryError;
use super::load::Whole;
use crate::db::Tx;
use crate::features::candidates::state::{self, State, Step};

/// The state of the table that a stored state is.
fn known(stored: CandidateState) -> Option<State> {
    let word = stored.word();
    State::ALL.into_iter().find(|state| state.word() == word)
}

/// Moves one candidate, whose row is locked.
async fn apply(tx: &Tx, id: CandidateId, step: Step) -> Result<candidate::Model, JuryError> {
    let found = candidate::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let mut row = found.ok_or(JuryError::NotFound)?;
    let line = state::next(known(row.state), step)?;
    row.state = CandidateState::from_word(line.to.word()).unwrap_or(row.state);
    row.version += 1;
    let change = row.clone().into_active_model().reset_all();
    candidate::Entity::update(change).exec(tx.conn()).await?;
    Ok(row)
}

/// Calls every candidate of a session.
///
/// # Errors
/// A candidate who may not be called, what the database answers.
pub(super) async fn summon(tx: &Tx, whole: &mut Whole) -> Result<(), JuryError> {
    each(tx, whole, CandidateState::Admitted, Step::Summon).await
}

/// Lets go of every candidate who had been called: they may be called to another session.
///
/// # Errors
/// What the database answers.
pub(super) async fn release(tx: &Tx, whole: &mut Whole) -> Result<(), JuryError> {
    each(tx, whole, CandidateState::Summoned, Step::Release).await
}

/// Always in the order of their keys, so that two sessions never wait for each other.
async fn each(tx: &Tx, whole: &mut Whole, from: CandidateState, step: Step) -> Result<(), JuryError> {
    let mut passing: Vec<_> = whole.passages.iter_mut().collect();
    passing.sort_by_key(|one| one.candidate.id);
    for one in passing {
        if one.candidate.state == from {
            one.candidate = apply(tx, one.candidate.id, step).await?;
        }
    }
    Ok(())
}
