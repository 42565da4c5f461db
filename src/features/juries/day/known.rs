//! Who, in the room, knows a candidate (J2 and J3), as data tells it: what was declared, recorded or observed, and whether
//! they stay apart from that candidate yet.

use std::collections::HashSet;

use entity::candidate::JuryDecision;
use entity::ids::{CandidateId, ExpertId, JuryMemberId, JuryPassageId};
use entity::{candidate_observation, candidate_tie, jury_abstention};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::Date;

use super::super::deadlines;
use super::super::load::{Seated, Whole};
use super::super::wording;
use super::labels;
use crate::db;
use crate::rules::jury::quorum;

/// Each voting member in the room who knows a candidate and does not stay apart from them yet, whatever the day says.
///
/// # Errors
/// What the database answers.
pub async fn unsaid(
    conn: &impl ConnectionTrait,
    whole: &Whole,
) -> Result<Vec<(JuryMemberId, JuryPassageId)>, db::Error> {
    let here = |one: &&Seated| quorum::votes(one.row.seat) && one.row.identity_checked_at.is_some();
    let voting: Vec<&Seated> = whole.accepted().filter(here).collect();
    let known = known(conn, whole, &voting).await?;
    if known.is_empty() {
        return Ok(Vec::new());
    }
    let said = jury_abstention::Entity::find()
        .filter(jury_abstention::Column::PassageId.is_in(whole.passages.iter().map(|one| one.row.id)))
        .all(conn)
        .await?;
    let said: HashSet<(JuryMemberId, JuryPassageId)> =
        said.into_iter().map(|row| (row.member_id, row.passage_id)).collect();
    let mut found = Vec::new();
    for one in &whole.passages {
        for member in &voting {
            let pair = (member.row.id, one.row.id);
            if known.contains(&(member.row.expert_id, one.candidate.id)) && !said.contains(&pair) {
                found.push(pair);
            }
        }
    }
    Ok(found)
}

/// The decisions that somebody who knows the candidate took part in, in words: each is taken again without them.
///
/// # Errors
/// What the database answers.
pub async fn judged_by_a_tie(conn: &impl ConnectionTrait, whole: &Whole) -> Result<Vec<String>, db::Error> {
    let unsaid = unsaid(conn, whole).await?;
    let told = unsaid.into_iter().filter_map(|(member, passage)| {
        let one = whole.passages.iter().find(|one| one.row.id == passage)?;
        let judged = one.row.decision.is_some_and(|decision| decision != JuryDecision::Adjourned);
        let member = whole.members.iter().find(|one| one.row.id == member).filter(|_| judged)?;
        Some(labels::lacks::tie_learnt(&member.expert.name(), &wording::name(&one.candidate)))
    });
    Ok(told.collect())
}

/// Who knows whom on the day of the session, among those who vote and those who are judged.
async fn known(
    conn: &impl ConnectionTrait,
    whole: &Whole,
    voting: &[&Seated],
) -> Result<HashSet<(ExpertId, CandidateId)>, db::Error> {
    let people: Vec<ExpertId> = voting.iter().map(|one| one.row.expert_id).collect();
    let judged: Vec<CandidateId> = whole.passages.iter().map(|one| one.candidate.id).collect();
    let on = deadlines::day(&whole.session);
    let begun = |since: Date| on.is_none_or(|on| since <= on);
    let recorded = candidate_tie::Entity::find()
        .filter(candidate_tie::Column::CandidateId.is_in(judged.iter().copied()))
        .filter(candidate_tie::Column::ExpertId.is_in(people.iter().copied()))
        .filter(candidate_tie::Column::VoidedAt.is_null())
        .all(conn)
        .await?;
    let observed = candidate_observation::Entity::find()
        .filter(candidate_observation::Column::CandidateId.is_in(judged))
        .filter(candidate_observation::Column::AssessorExpertId.is_in(people))
        .filter(candidate_observation::Column::VoidedAt.is_null())
        .all(conn)
        .await?;
    let recorded = recorded.into_iter().filter(|row| begun(row.since));
    let mut found: HashSet<_> = recorded.map(|row| (row.expert_id, row.candidate_id)).collect();
    let observed = observed.into_iter().filter(|row| begun(row.observed_on));
    found.extend(observed.filter_map(|row| Some((row.assessor_expert_id?, row.candidate_id))));
    Ok(found)
}
