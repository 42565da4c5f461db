//! The jury will take place (S6).

use entity::candidate::CandidateState;
use entity::ids::JurySessionId;
use entity::jury_session;

use super::super::load::Whole;
use super::super::state::{self, Event, Guard};
use super::super::{JuryError, What, labels};
use super::gap::too_soon;
use super::{open, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::rules::jury::quorum::Lack;

/// Confirms a session: the structure and whoever sits have the date in their calendars.
///
/// # Errors
/// [`JuryError::Lacking`] with everything that lacks; the state, [`JuryError::Stale`], the refusal of the policy, what the
/// database answers.
pub async fn confirm(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
) -> Result<jury_session::Model, JuryError> {
    let mut opened = open(tx, id, seen, Permission::JuryManage).await?;
    opened.whole.next(Event::Confirm)?;
    let mut missing = missing(&opened.whole);
    missing.extend(too_soon(tx.conn(), &opened.whole).await?);
    if !missing.is_empty() {
        return Err(JuryError::Lacking(missing));
    }
    let now = tx.instant();
    let line =
        step(tx, &mut opened.whole, Event::Confirm, |session| session.confirmed_at = Some(now)).await?;
    opened.record(tx, line, What::Confirmed).await
}

/// Everything that lacks before a session may be confirmed, in words.
#[must_use]
pub fn missing(whole: &Whole) -> Vec<String> {
    let lacks = whole.lacks();
    let quorum: Vec<_> = lacks.into_iter().filter(|lack| *lack != Lack::President).collect();
    let ready = |state: CandidateState| state == CandidateState::Admitted;
    let met: Vec<Guard> = [
        (whole.president_accepted(), Guard::PresidentAccepted),
        (quorum.is_empty(), Guard::QuorumReachable),
        (whole.passages.iter().any(|one| ready(one.candidate.state)), Guard::CandidateChosen),
    ]
    .into_iter()
    .filter_map(|(is, guard)| is.then_some(guard))
    .collect();
    let Ok(line) = state::next(Some(state::State::Planned), Event::Confirm) else { return Vec::new() };
    let mut told = Vec::new();
    for lacking in state::lacking(line, &met) {
        match lacking {
            Guard::PresidentAccepted if whole.president().is_none() => {
                told.push(labels::lack(Lack::President));
            }
            Guard::PresidentAccepted => told.push(labels::PRESIDENT_HAS_NOT_ANSWERED.to_owned()),
            Guard::QuorumReachable => told.extend(quorum.iter().copied().map(labels::lack)),
            other => told.push(labels::guard(other).to_owned()),
        }
    }
    told
}
