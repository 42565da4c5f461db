//! The candidates are called (S7), by the team or by the program in time.

use entity::candidate::CandidateState;
use entity::ids::JurySessionId;
use entity::jury_session;

use super::super::load::Whole;
use super::super::state::{Event, Guard};
use super::super::{JuryError, What, labels, wording};
use super::ties::{Look, untenable};
use super::{open, people, step};
use crate::authz::Permission;
use crate::db::Tx;

/// Calls the candidates of a confirmed session: each has a summons, and a message when they may be written to.
///
/// # Errors
/// [`JuryError::Lacking`] with the candidates whose file is not ready, the members who may not sit any more and those whom too
/// few may judge; the state, [`JuryError::Stale`], the refusal of the policy, what the database answers.
pub async fn convoke(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
) -> Result<jury_session::Model, JuryError> {
    let mut opened = open(tx, id, seen, Permission::JuryConvoke).await?;
    opened.whole.next(Event::Convoke)?;
    let mut lacking = unready(&opened.whole);
    lacking.extend(untenable(tx.conn(), &opened.whole, Look::whole(tx.now())).await?);
    if !lacking.is_empty() {
        return Err(JuryError::Lacking(lacking));
    }
    people::summon(tx, &opened.grant, &mut opened.whole).await?;
    let now = tx.instant();
    let line = step(tx, &mut opened.whole, Event::Convoke, |session| session.summoned_at = Some(now)).await?;
    opened.record(tx, line, What::Convoked).await
}

/// What keeps the candidates from being called, in words.
#[must_use]
pub fn unready(whole: &Whole) -> Vec<String> {
    if whole.passages.is_empty() {
        return vec![labels::lacks::guard(Guard::CandidateChosen).to_owned()];
    }
    let waits = whole.passages.iter().filter(|one| one.candidate.state != CandidateState::Admitted);
    waits.map(|one| labels::lacks::not_ready(&wording::name(&one.candidate))).collect()
}
