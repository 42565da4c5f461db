//! Every decision is taken: the deliberation is closed and the minutes are frozen (S15).

use entity::candidate::{CandidateState, JuryDecision};
use entity::ids::JurySessionId;
use entity::jury_minutes::MinutesKind;
use entity::jury_passage::Presence;
use entity::{jury_ruling, jury_session};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::gather::{Day, Frame};
use super::super::load::Book;
use super::super::{MinutesError, documents, input, labels};
use super::{decide, freeze, open, record, save_passage, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::juries::day::Day as Room;
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
    let (mut whole, grant) = (opened.book.whole, opened.grant);
    whole.next(Event::CloseDeliberation)?;
    let tied = crate::features::juries::day::known::judged_by_a_tie(tx.conn(), &whole).await?;
    if !tied.is_empty() {
        return Err(MinutesError::Lacking(tied));
    }
    let remarks = input::remarks(remarks)?;
    let room = Room::around(tx.conn(), whole.clone(), tx.now()).await?;
    let lacking = room.missing_to_close();
    if !lacking.is_empty() {
        return Err(MinutesError::Lacking(lacking));
    }
    keep_units(tx, &room).await?;
    let day = Day::load(tx.conn(), &whole).await?;
    let lacking = unready(&whole, &day);
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

/// Writes what the results say of each unit of those who came, where the jury did not rule itself: nothing has to be computed
/// again after the minutes.
async fn keep_units(tx: &Tx, room: &Room) -> Result<(), MinutesError> {
    for one in room.whole.came() {
        for unit in room.outcome(one).units {
            let Some(acquired) = unit.acquired else { continue };
            if room.ruling(one.row.id, &unit.code).is_some() {
                continue;
            }
            let row = jury_ruling::Model {
                id: tx.new_id(),
                passage_id: one.row.id,
                unit: unit.code,
                acquired,
                comment: String::new(),
            };
            let insert = jury_ruling::Entity::insert(row.into_active_model().reset_all());
            insert.exec_without_returning(tx.conn()).await?;
        }
    }
    Ok(())
}

/// Everything that keeps minutes from being frozen, each in words. Whoever was put out for fraud meanwhile waits for no
/// decision of the jury.
#[must_use]
pub(super) fn unready(whole: &Whole, day: &Day) -> Vec<String> {
    whole.passages.iter().filter_map(|one| lacks(whole, day, one)).collect()
}

fn lacks(whole: &Whole, day: &Day, one: &Passing) -> Option<String> {
    let (row, number) = (&one.row, one.candidate.number.as_str());
    if one.candidate.state == CandidateState::Excluded {
        return None;
    }
    match (row.presence, row.decision) {
        (Presence::Expected, _) => Some(labels::lacks::unmarked(number)),
        (Presence::Absent | Presence::AbsentExcused, _) => None,
        (Presence::Present, None) => Some(labels::lacks::undecided(number)),
        (Presence::Present, Some(JuryDecision::Adjourned)) => {
            let told = row.decision_reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
            (!told).then(|| labels::lacks::unreasoned(number))
        }
        (Presence::Present, Some(decision)) => {
            if !day.has_quorum(whole, row.id) {
                return Some(labels::lacks::without_quorum(number));
            }
            let partial = decision == JuryDecision::Partial;
            let nothing = !day.ruled(row.id).values().any(|acquired| *acquired);
            (partial && nothing).then(|| labels::lacks::without_unit(number))
        }
    }
}
