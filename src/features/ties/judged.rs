//! What ties people with those whom juries judge (domain reference, 1.7, J2 and J3): what was declared, and what the
//! observations of a livret tell, which are read and never copied.
//!
//! Whoever asks decides what may be shown: these reads tell everything.

use std::collections::{BTreeMap, HashMap};

use entity::candidate_tie::{CandidateTieKind, CandidateTieSource};
use entity::ids::{CandidateId, CandidateTieId, ExpertId};
use entity::{candidate, candidate_observation, candidate_tie, expert};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use crate::authz::{Actor, visible};
use crate::db::{self, Error};

/// A tie between a person and a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bond {
    /// Its key; none when observations tell it.
    pub id: Option<CandidateTieId>,
    /// Who may sit in a jury.
    pub expert: expert::Model,
    /// Who is judged.
    pub candidate: candidate::Model,
    /// What it is.
    pub kind: CandidateTieKind,
    /// First day.
    pub since: Date,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
    /// Where it is known from.
    pub source: CandidateTieSource,
}

/// Whose ties are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Those of a person.
    Expert(ExpertId),
    /// Those of a candidate.
    Candidate(CandidateId),
}

/// The ties that count, the latest first; two reads more for the names, whatever their number.
///
/// # Errors
/// What the database answers.
pub async fn bonds(conn: &impl ConnectionTrait, side: Side) -> Result<Vec<Bond>, db::Error> {
    let declared = candidate_tie::Entity::find().filter(candidate_tie::Column::VoidedAt.is_null());
    let observed =
        candidate_observation::Entity::find().filter(candidate_observation::Column::VoidedAt.is_null());
    let (declared, observed) = match side {
        Side::Expert(id) => (
            declared.filter(candidate_tie::Column::ExpertId.eq(id)),
            observed.filter(candidate_observation::Column::AssessorExpertId.eq(id)),
        ),
        Side::Candidate(id) => (
            declared.filter(candidate_tie::Column::CandidateId.eq(id)),
            observed
                .filter(candidate_observation::Column::CandidateId.eq(id))
                .filter(candidate_observation::Column::AssessorExpertId.is_not_null()),
        ),
    };
    let declared = declared.order_by_asc(candidate_tie::Column::Id).all(conn).await?;
    let observed = observed.order_by_asc(candidate_observation::Column::Id).all(conn).await?;
    // one tie for all the observations of a candidate by a person, since the first of them
    let mut assessed: BTreeMap<(ExpertId, CandidateId), Date> = BTreeMap::new();
    for row in observed {
        let Some(expert) = row.assessor_expert_id else { continue };
        let since = assessed.entry((expert, row.candidate_id)).or_insert(row.observed_on);
        *since = (*since).min(row.observed_on);
    }
    let mut pairs: Vec<(ExpertId, CandidateId)> = assessed.keys().copied().collect();
    pairs.extend(declared.iter().map(|row| (row.expert_id, row.candidate_id)));
    let experts = expert::Entity::find()
        .filter(expert::Column::Id.is_in(pairs.iter().map(|(expert, _)| *expert)))
        .all(conn)
        .await?;
    let experts: HashMap<ExpertId, expert::Model> = experts.into_iter().map(|row| (row.id, row)).collect();
    let candidates = candidate::Entity::find()
        .filter(candidate::Column::Id.is_in(pairs.iter().map(|(_, candidate)| *candidate)))
        .all(conn)
        .await?;
    let candidates: HashMap<CandidateId, candidate::Model> =
        candidates.into_iter().map(|row| (row.id, row)).collect();
    let bond = |id: Option<CandidateTieId>,
                (expert, candidate): (ExpertId, CandidateId),
                (kind, source): (CandidateTieKind, CandidateTieSource),
                (since, until): (Date, Option<Date>)|
     -> Result<Bond, Error> {
        let missing = || Error::Inconsistent {
            table: "candidate_tie",
            id: candidate.to_string(),
            what: "its people are there",
        };
        Ok(Bond {
            id,
            expert: experts.get(&expert).cloned().ok_or_else(missing)?,
            candidate: candidates.get(&candidate).cloned().ok_or_else(missing)?,
            kind,
            since,
            until,
            source,
        })
    };
    let told = assessed.iter().map(|(pair, since)| {
        let what = (CandidateTieKind::Assessed, CandidateTieSource::Observation);
        bond(None, *pair, what, (*since, None))
    });
    let said = declared.iter().map(|row| {
        let pair = (row.expert_id, row.candidate_id);
        bond(Some(row.id), pair, (row.kind, row.source), (row.since, row.until))
    });
    let mut found: Vec<Bond> = said.chain(told).collect::<Result<_, _>>()?;
    found.sort_by(|one, other| other.since.cmp(&one.since).then_with(|| one.kind.cmp(&other.kind)));
    Ok(found)
}

/// Those of the candidates of some ties whose file the actor may open.
///
/// # Errors
/// What the database answers.
pub async fn open_files(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    bonds: &[Bond],
) -> Result<Vec<CandidateId>, db::Error> {
    let named = bonds.iter().map(|bond| bond.candidate.id);
    let found = candidate::Entity::find()
        .filter(visible::candidates(actor))
        .filter(candidate::Column::Id.is_in(named))
        .all(conn)
        .await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}
