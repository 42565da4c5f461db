//! The decision on a candidate: the majority of the rules, with the quorum of that candidate (domain reference, 1.7 and 1.8).

use entity::candidate::JuryDecision;
use entity::ids::{JuryMemberId, JuryPassageId, JurySessionId};
use entity::jury_passage::{self, Presence};
use entity::jury_session::JuryState;
use entity::jury_vote::{self, Vote};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;

use super::super::super::JuryError;
use super::super::super::day::input::TypedDecision;
use super::super::super::day::{Day, labels};
use super::apart::set_apart;
use super::{check_seen, keep, opened};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Faults;
use crate::rules::jury::quorum::{self, Outcome};
use crate::rules::referential::Unit;

/// Takes the decision on a candidate, until the deliberation is closed: it may be taken again.
///
/// # Errors
/// Every fault; somebody who did not come, a quorum or a majority that lacks, units that do not allow the decision;
/// [`JuryError::Stale`], the state, the refusal of the policy, what the database answers.
pub async fn decide(
    tx: &mut Tx,
    id: JurySessionId,
    passage: JuryPassageId,
    seen: Option<i32>,
    typed: &TypedDecision,
) -> Result<jury_passage::Model, JuryError> {
    let mut opened = opened(tx, id, Permission::JuryRun).await?;
    check_seen(&opened.day.whole.passing(passage)?.row, seen)?;
    opened.day.whole.during(&[JuryState::Deliberating])?;
    set_apart(tx, &mut opened).await?;
    let one = opened.day.whole.passing(passage)?;
    if one.row.presence != Presence::Present {
        return Err(JuryError::NotPresent);
    }
    let outcome = opened.day.outcome(one);
    let proposal = opened.day.proposal(one);
    let (decision, reason) = typed.read(proposal)?;
    let lacks = opened.day.lacks_for(passage);
    let votes = if lacks.is_empty() {
        let votes = votes(&opened.day, passage, typed)?;
        allowed(&opened.day, decision, &outcome.units)?;
        let ballots = opened.day.ballots(&votes);
        if quorum::outcome(&opened.day.whole.rules, &ballots) != Outcome::Carried {
            return Err(JuryError::NoMajority);
        }
        votes
    } else if decision == JuryDecision::Adjourned {
        Vec::new()
    } else {
        return Err(JuryError::NoQuorumFor(lacks.into_iter().map(labels::lacks::lack).collect()));
    };
    write_votes(tx, passage, &votes).await?;
    let now = tx.instant();
    let row = &mut opened.day.whole.passing_mut(passage)?.row;
    row.proposal = proposal;
    row.decision = Some(decision);
    row.decision_reason = reason;
    row.decided_at = Some(now);
    keep(tx, row).await?;
    let row = row.clone();
    let count = |wanted: Vote| votes.iter().filter(|(_, vote)| *vote == wanted).count();
    let facts = json!({
        "passage_id": passage,
        "decision": decision.word(),
        "proposal": proposal.map(JuryDecision::word),
        "votes": { "yes": count(Vote::Yes), "no": count(Vote::No), "blank": count(Vote::Blank) },
    });
    opened.note(tx, ("jury.decided", "JUR_DECISION"), facts).await?;
    Ok(row)
}

/// The votes, each of somebody who votes on this candidate.
fn votes(
    day: &Day,
    passage: JuryPassageId,
    typed: &TypedDecision,
) -> Result<Vec<(JuryMemberId, Vote)>, JuryError> {
    let voters: Vec<JuryMemberId> = day.voters(passage).map(|one| one.row.id).collect();
    if typed.unanimous {
        return Ok(voters.into_iter().map(|id| (id, Vote::Yes)).collect());
    }
    let apart = day.apart(passage);
    let mut faults = Faults::default();
    for (rank, (id, _)) in typed.votes.iter().enumerate() {
        let pointer = format!("/votes/{rank}/member_id");
        if apart.contains(id) {
            faults.push(pointer, "apart", labels::faults::APART);
        } else if !voters.contains(id) {
            faults.push(pointer, "unknown", labels::faults::UNKNOWN_MEMBER);
        }
    }
    let mut votes: Vec<(JuryMemberId, Vote)> = Vec::new();
    for (id, vote) in &typed.votes {
        votes.retain(|(known, _)| known != id);
        votes.push((*id, *vote));
    }
    Ok(faults.or(Some(votes))?)
}

/// What the units must be for a decision: the jury rules on them first.
fn allowed(day: &Day, decision: JuryDecision, units: &[Unit]) -> Result<(), JuryError> {
    let lacking = match decision {
        JuryDecision::Total if units.iter().any(|unit| !unit.optional && unit.acquired != Some(true)) => {
            labels::lacks::NOT_ALL_ACQUIRED
        }
        JuryDecision::Partial
            if !day.document.results.partial_allowed
                || !units.iter().any(|unit| unit.acquired == Some(true)) =>
        {
            labels::lacks::NO_PART
        }
        _ => return Ok(()),
    };
    Err(JuryError::Lacking(vec![lacking.to_owned()]))
}

async fn write_votes(
    tx: &Tx,
    passage: JuryPassageId,
    votes: &[(JuryMemberId, Vote)],
) -> Result<(), JuryError> {
    forget_votes(tx, passage).await?;
    for (member, vote) in votes {
        let row = jury_vote::Model { id: tx.new_id(), passage_id: passage, member_id: *member, vote: *vote };
        let insert = jury_vote::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

/// Takes the votes on a candidate back.
pub(super) async fn forget_votes(tx: &Tx, passage: JuryPassageId) -> Result<(), JuryError> {
    jury_vote::Entity::delete_many().filter(jury_vote::Column::PassageId.eq(passage)).exec(tx.conn()).await?;
    Ok(())
}
