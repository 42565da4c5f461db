//! What a structure may know of a decision before it is told: nothing (domain reference, 1.5, « none before control »).
//!
//! Whoever reads as a structure finds a candidate who was there, until the decision is told, and again while a correction of
//! what was told is being signed.

use entity::account_role::Role;
use entity::candidate::{self, CandidateState, JuryDecision};

use crate::authz::Actor;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

/// The states that say what a jury decided and was not told.
pub const UNTOLD: [CandidateState; 5] = [
    CandidateState::Total,
    CandidateState::Partial,
    CandidateState::Refused,
    CandidateState::Adjourned,
    CandidateState::UnderReview,
];

/// Codes of the events that say how far a jury is with somebody who waits.
pub const QUIET: [&str; 3] = ["CAND_DECIDED", "CAND_REDECIDED", "CAND_REVIEW"];

/// Whether somebody reads as a structure.
#[must_use]
pub fn is_for(actor: &Actor) -> bool {
    let house = actor.is_staff() || actor.has(Role::Auditor);
    !house && actor.structures().next().is_some()
}

/// A file as a structure may know it.
#[must_use]
pub fn over(mut row: candidate::Model) -> candidate::Model {
    if !UNTOLD.contains(&row.state) || is_reopened(&row) {
        return row;
    }
    // An adjournment gives the attempt back: the number would tell it.
    if row.decision == Some(JuryDecision::Adjourned) {
        row.attempts += 1;
    }
    row.state = CandidateState::Present;
    row.decision = None;
    row.decided_on = None;
    row.reason = None;
    row
}

/// A file as somebody may know it.
#[must_use]
pub fn seen_by(actor: &Actor, row: candidate::Model) -> candidate::Model {
    if is_for(actor) { over(row) } else { row }
}

/// Whether the decision under review is one that was told, and that an appeal contests.
fn is_reopened(row: &candidate::Model) -> bool {
    let told = row.notified_at.map(|at| day_in_zone(*at, PARIS));
    row.state == CandidateState::UnderReview
        && told.is_some_and(|told| row.decided_on.is_none_or(|decided| told >= decided))
}

/// The states that a structure asks for when it asks for these.
#[must_use]
pub fn asked(states: &[CandidateState]) -> Vec<CandidateState> {
    let mut found: Vec<_> = states.iter().copied().filter(|state| !UNTOLD.contains(state)).collect();
    if found.contains(&CandidateState::Present) {
        found.extend(UNTOLD);
    }
    found
}
