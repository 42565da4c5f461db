//! The jury will take place (S6).

use entity::candidate::CandidateState;
use entity::ids::JurySessionId;
use entity::jury_session;
use sea_orm::ConnectionTrait;

use super::super::load::Whole;
use super::super::state::{self, Event, Guard, State};
use super::super::{JuryError, What, labels};
use super::gap::too_soon;
use super::ties::{Look, untenable};
use super::{open, step, unready};
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
    let missing = missing(tx.conn(), &opened.whole, Look::whole(tx.now())).await?;
    if !missing.is_empty() {
        return Err(JuryError::Lacking(missing));
    }
    let now = tx.instant();
    let line =
        step(tx, &mut opened.whole, Event::Confirm, |session| session.confirmed_at = Some(now)).await?;
    opened.record(tx, line, What::Confirmed).await
}

/// Everything that lacks before a session may be confirmed, in words; nothing when it is not to be.
///
/// # Errors
/// What the database answers.
pub async fn missing(
    conn: &impl ConnectionTrait,
    whole: &Whole,
    look: Look,
) -> Result<Vec<String>, JuryError> {
    if !state::TABLE.can(whole.session.state, Event::Confirm) {
        return Ok(Vec::new());
    }
    let mut missing = unmet(whole);
    missing.extend(untenable(conn, whole, look).await?);
    missing.extend(too_soon(conn, whole).await?);
    Ok(missing)
}

/// What the next act of the team asks, each in words, and whether it is there: first what is, then what lacks. Nothing when
/// no act of the team comes next.
///
/// # Errors
/// What the database answers.
pub async fn checklist(
    conn: &impl ConnectionTrait,
    whole: &Whole,
    look: Look,
) -> Result<Vec<(bool, String)>, JuryError> {
    if !matches!(whole.session.state, State::Planned | State::Confirmed) {
        return Ok(Vec::new());
    }
    let tied = untenable(conn, whole, look).await?;
    let clear = tied.is_empty() && whole.sitting().next().is_some();
    let (mut there, lacking) = if whole.session.state == State::Planned {
        let early = too_soon(conn, whole).await?;
        // A quorum that ties undo is not told as reached.
        let held = |guard: &Guard| *guard != Guard::QuorumReachable || tied.is_empty();
        let mut there: Vec<&str> = met(whole).into_iter().filter(held).map(labels::lacks::guard).collect();
        if early.is_empty() && !whole.passages.is_empty() {
            there.push(labels::lacks::GAP_KEPT);
        }
        (there, [unmet(whole), tied, early].concat())
    } else {
        let lacking = unready(whole);
        let there: Vec<&str> =
            lacking.is_empty().then(|| labels::lacks::guard(Guard::FilesComplete)).into_iter().collect();
        (there, [lacking, tied].concat())
    };
    if clear {
        there.push(labels::lacks::NO_TIE_REFUSES);
    }
    let there = there.into_iter().map(|what| (true, what.to_owned()));
    Ok(there.chain(lacking.into_iter().map(|what| (false, what))).collect())
}

/// Who lacks beside whoever presides.
fn quorum(whole: &Whole) -> Vec<Lack> {
    whole.lacks().into_iter().filter(|lack| *lack != Lack::President).collect()
}

/// What the confirmation asks and that is there.
fn met(whole: &Whole) -> Vec<Guard> {
    let ready = |state: CandidateState| state == CandidateState::Admitted;
    [
        (whole.president_accepted(), Guard::PresidentAccepted),
        (quorum(whole).is_empty(), Guard::QuorumReachable),
        (whole.passages.iter().any(|one| ready(one.candidate.state)), Guard::CandidateChosen),
    ]
    .into_iter()
    .filter_map(|(is, guard)| is.then_some(guard))
    .collect()
}

/// What the confirmation asks and that lacks, in words.
fn unmet(whole: &Whole) -> Vec<String> {
    let (met, quorum) = (met(whole), quorum(whole));
    let Ok(line) = state::TABLE.next(Some(State::Planned), Event::Confirm) else { return Vec::new() };
    let mut told = Vec::new();
    for lacking in state::lacking(line, &met) {
        match lacking {
            Guard::PresidentAccepted if whole.president().is_none() => {
                told.push(labels::lacks::lack(Lack::President));
            }
            Guard::PresidentAccepted => told.push(labels::lacks::PRESIDENT_HAS_NOT_ANSWERED.to_owned()),
            Guard::QuorumReachable => told.extend(quorum.iter().copied().map(labels::lacks::lack)),
            other => told.push(labels::lacks::guard(other).to_owned()),
        }
    }
    told
}
