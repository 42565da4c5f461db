//! Members of juries to come who know a candidate and were asked without that being weighed: the tie was learnt later, or
//! the candidates changed.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::ids::{CandidateId, ExpertId, JuryMemberId, JurySessionId};
use entity::jury_member::{self, MemberState, Seat};
use entity::jury_session::{self, JuryState};
use entity::{candidate_observation, candidate_tie, certification_version, expert, jury_passage, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::{Date, OffsetDateTime};

use super::planning::day_of;
use crate::authz::{Actor, Facts, visible};
use crate::db;

/// A member who should be looked at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Key of the place of the person in the session.
    pub id: JuryMemberId,
    /// Number of the session.
    pub number: String,
    /// Its day.
    pub day: Date,
    /// Name of the person.
    pub name: String,
    /// What the policy looks at.
    pub facts: Facts,
}

/// Who knows whom, and since when that is recorded.
type Known = HashMap<(ExpertId, CandidateId), OffsetDateTime>;

/// The members to look at again, of the sessions that the actor may see, the nearest first. A member who was asked for a
/// reason after the tie was recorded is not told; who presides always is.
///
/// # Errors
/// What the database answers.
pub async fn conflicts(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Conflict>, db::Error> {
    let sessions = jury_session::Entity::find()
        .filter(visible::jury_panels(actor))
        .filter(jury_session::Column::State.is_in([
            JuryState::Planned,
            JuryState::Confirmed,
            JuryState::Summoned,
        ]))
        .filter(jury_session::Column::StartsAt.is_not_null())
        .all(conn)
        .await?;
    let members = jury_member::Entity::find()
        .filter(jury_member::Column::SessionId.is_in(sessions.iter().map(|row| row.id)))
        .filter(jury_member::Column::State.is_in([MemberState::Proposed, MemberState::Accepted]))
        .filter(jury_member::Column::Seat.ne(Seat::Observer))
        .all(conn)
        .await?;
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let judged = judged(conn, &members).await?;
    let known = known(conn, &members, &judged).await?;
    let weighed = |member: &jury_member::Model, at: OffsetDateTime| {
        member.seat != Seat::President && member.override_reason.is_some() && at <= *member.added_at
    };
    let doubtful = |member: &&jury_member::Model| {
        let own = judged.get(&member.session_id).into_iter().flatten();
        let ties = own.filter_map(|candidate| known.get(&(member.expert_id, *candidate)));
        ties.copied().any(|at| !weighed(member, at))
    };
    let doubtful: Vec<&jury_member::Model> = members.iter().filter(doubtful).collect();
    told(conn, &sessions, &doubtful).await
}

/// Those who are judged in each session.
async fn judged(
    conn: &impl ConnectionTrait,
    members: &[jury_member::Model],
) -> Result<HashMap<JurySessionId, HashSet<CandidateId>>, db::Error> {
    let passages = jury_passage::Entity::find()
        .filter(jury_passage::Column::SessionId.is_in(members.iter().map(|member| member.session_id)))
        .filter(jury_passage::Column::Live.eq(true))
        .all(conn)
        .await?;
    let mut found: HashMap<_, HashSet<_>> = HashMap::new();
    for passage in passages {
        found.entry(passage.session_id).or_default().insert(passage.candidate_id);
    }
    Ok(found)
}

async fn known(
    conn: &impl ConnectionTrait,
    members: &[jury_member::Model],
    judged: &HashMap<JurySessionId, HashSet<CandidateId>>,
) -> Result<Known, db::Error> {
    let people = || members.iter().map(|member| member.expert_id);
    let candidates = || judged.values().flatten().copied();
    let ties = candidate_tie::Entity::find()
        .filter(candidate_tie::Column::CandidateId.is_in(candidates()))
        .filter(candidate_tie::Column::ExpertId.is_in(people()))
        .filter(candidate_tie::Column::VoidedAt.is_null())
        .all(conn)
        .await?;
    let observed = candidate_observation::Entity::find()
        .filter(candidate_observation::Column::CandidateId.is_in(candidates()))
        .filter(candidate_observation::Column::AssessorExpertId.is_in(people()))
        .filter(candidate_observation::Column::VoidedAt.is_null())
        .all(conn)
        .await?;
    let ties = ties.into_iter().map(|row| ((row.expert_id, row.candidate_id), *row.recorded_at));
    let observed = observed
        .into_iter()
        .filter_map(|row| Some(((row.assessor_expert_id?, row.candidate_id), *row.recorded_at)));
    let mut found = Known::new();
    for (pair, at) in ties.chain(observed) {
        // The latest counts: it was not weighed before.
        let latest = found.entry(pair).or_insert(at);
        *latest = (*latest).max(at);
    }
    Ok(found)
}

async fn told(
    conn: &impl ConnectionTrait,
    sessions: &[jury_session::Model],
    members: &[&jury_member::Model],
) -> Result<Vec<Conflict>, db::Error> {
    let concerned: Vec<&jury_session::Model> =
        sessions.iter().filter(|session| members.iter().any(|one| one.session_id == session.id)).collect();
    let people = expert::Entity::find()
        .filter(expert::Column::Id.is_in(members.iter().map(|one| one.expert_id)))
        .all(conn)
        .await?;
    let structures = structure::Entity::find()
        .filter(structure::Column::Id.is_in(concerned.iter().map(|session| session.structure_id)))
        .all(conn)
        .await?;
    let versions = certification_version::Entity::find()
        .filter(
            certification_version::Column::Id
                .is_in(concerned.iter().map(|session| session.certification_version_id)),
        )
        .all(conn)
        .await?;
    let mut found = BTreeMap::new();
    for one in members {
        let Some(session) = concerned.iter().find(|session| session.id == one.session_id) else { continue };
        let Some(person) = people.iter().find(|person| person.id == one.expert_id) else { continue };
        let Some(day) = day_of(session) else { continue };
        let structure = structures.iter().find(|structure| structure.id == session.structure_id);
        let version = versions.iter().find(|version| version.id == session.certification_version_id);
        let facts = Facts {
            structure: Some(session.structure_id),
            region: structure.map(|structure| structure.region.clone()),
            certification: version.map(|version| version.certification_id),
            ..Facts::default()
        };
        let conflict =
            Conflict { id: one.id, number: session.number.clone(), day, name: person.name(), facts };
        found.insert((day, one.id), conflict);
    }
    Ok(found.into_values().collect())
}
