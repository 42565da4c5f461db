//! Every decision is taken: the deliberation is closed and the minutes are frozen (S15).

use entity::candidate::{CandidateState, JuryDecision};
use entity::ids::JurySessionId;
use entity::jury_minutes::MinutesKind;
use entity::jury_passage::Presence;
use entity::jury_session;

use super::super::gather::{Day, Frame};
use super::super::load::Book;
use super::super::{MinutesError, documents, input, labels};
use super::{decide, freeze, open, record, save_passage, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::juries::actions::day::conclude;
use crate::features::juries::load::Passing;
use crate::features::juries::state::Event;
use crate::features::juries::{What, Whole};

/// Closes the deliberation: one decision for each candidate who came, an observation for each unit that is not acquired, then
/// the text is frozen and waits for the members.
///
/// # Errors
/// [`MinutesError::Lacking`] with everything that lacks, the state, a stale version, the refusal of the policy, what the
/// database answers.
pub async fn close(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    remarks: &str,
) -> Result<jury_session::Model, MinutesError> {
    let opened = open(tx, id, seen, Permission::MinutesClose, Book::facts_of_president).await?;
    let (whole, grant) = (opened.book.whole, opened.grant);
    whole.next(Event::CloseDeliberation)?;
    let remarks = input::remarks(remarks)?;
    let (mut whole, unobserved) = Box::pin(conclude(tx, whole)).await?;
    let day = Day::load(tx.conn(), &whole).await?;
    let lacking: Vec<String> = unready(&whole, &day).into_iter().chain(unobserved).collect();
    if !lacking.is_empty() {
        return Err(MinutesError::Lacking(lacking));
    }
    let now = tx.instant();
    for one in &mut whole.passages {
        if one.row.decision.is_some() && one.row.decided_at.is_none() {
            one.row.decided_at = Some(now);
            save_passage(tx, &mut one.row).await?;
        }
    }
    decide(tx, &grant, &mut whole, CandidateState::Present).await?;
    let line = step(tx, &mut whole, Event::CloseDeliberation, |session| {
        session.frozen_at = Some(now);
        session.remarks = remarks;
    })
    .await?;
    let frame = Frame {
        kind: MinutesKind::Minutes,
        revision: 1,
        ended: tx.now(),
        frozen: tx.now(),
        corrects: None,
        organisation: tx.app().config.organisation.clone(),
    };
    let minutes = freeze(tx, &whole, &day, frame, None).await?;
    let jobs = vec![documents::text(&whole.session, &minutes, false)];
    record(tx, &grant, &whole, line, What::MinutesFrozen { minutes: &minutes }, jobs).await?;
    Ok(whole.session)
}

/// Everything that keeps a deliberation from being closed, each in words.
#[must_use]
pub(super) fn unready(whole: &Whole, day: &Day) -> Vec<String> {
    whole.passages.iter().filter_map(|one| lacks(whole, day, one)).collect()
}

fn lacks(whole: &Whole, day: &Day, one: &Passing) -> Option<String> {
    let (row, number) = (&one.row, one.candidate.number.as_str());
    match (row.presence, row.decision) {
        (Presence::Expected, _) => Some(labels::unmarked(number)),
        (Presence::Absent | Presence::AbsentExcused, _) => None,
        (Presence::Present, None) => Some(labels::undecided(number)),
        (Presence::Present, Some(JuryDecision::Adjourned)) => {
            let told = row.decision_reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
            (!told).then(|| labels::unreasoned(number))
        }
        (Presence::Present, Some(decision)) => {
            if !day.has_quorum(whole, row.id) {
                return Some(labels::without_quorum(number));
            }
            let partial = decision == JuryDecision::Partial;
            let nothing = !day.ruled(row.id).values().any(|acquired| *acquired);
            (partial && nothing).then(|| labels::without_unit(number))
        }
    }
}
