//! The livret of a candidate: each skill with its observations, and the times in companies.

use std::collections::HashMap;

use entity::candidate_positioning::Positioned;
use entity::ids::SkillId;
use entity::{candidate, candidate_immersion, candidate_observation, skill};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::referential::positioning;
use crate::db;
use crate::features::candidates::livret::{Thin, distinct, thin, wanting};

/// A skill of the livret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LivretSkill {
    /// The skill.
    pub skill: skill::Model,
    /// What the positioning found; none before it.
    pub positioned: Option<Positioned>,
    /// The observations that count, oldest first.
    pub observations: Vec<candidate_observation::Model>,
}

impl LivretSkill {
    /// How many of its observations count: what is written twice is one.
    #[must_use]
    pub fn counted(&self) -> usize {
        distinct(
            self.observations
                .iter()
                .map(|row| (row.observed_on, row.situation.as_str(), row.assessor.as_str())),
        )
    }

    /// How many observations it still needs.
    #[must_use]
    pub fn wanting(&self) -> usize {
        wanting(self.counted())
    }
}

/// A livret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Livret {
    /// The skills of the referential, in its order; none while no referential is published.
    pub skills: Vec<LivretSkill>,
    /// The observations that were taken back, oldest first.
    pub voided: Vec<candidate_observation::Model>,
    /// The times in companies, oldest first.
    pub immersions: Vec<candidate_immersion::Model>,
}

impl Livret {
    /// The skills that keep the file from being handed in.
    #[must_use]
    pub fn thin(&self) -> Vec<Thin> {
        thin(self.skills.iter().map(|one| (one.skill.code.as_str(), one.counted())))
    }
}

/// The livret of a candidate.
///
/// # Errors
/// What the database answers.
pub async fn livret(conn: &impl ConnectionTrait, row: &candidate::Model) -> Result<Livret, db::Error> {
    let observations = candidate_observation::Entity::find()
        .filter(candidate_observation::Column::CandidateId.eq(row.id))
        .order_by_asc(candidate_observation::Column::ObservedOn)
        .order_by_asc(candidate_observation::Column::Id)
        .all(conn)
        .await?;
    let (standing, voided): (Vec<_>, Vec<_>) =
        observations.into_iter().partition(|one| one.voided_at.is_none());
    let mut by_skill: HashMap<SkillId, Vec<candidate_observation::Model>> = HashMap::new();
    for one in standing {
        by_skill.entry(one.skill_id).or_default().push(one);
    }
    let skills = positioning(conn, row).await?.into_iter().map(|line| LivretSkill {
        observations: by_skill.remove(&line.skill.id).unwrap_or_default(),
        positioned: line.result,
        skill: line.skill,
    });
    let skills = skills.collect();
    let immersions = candidate_immersion::Entity::find()
        .filter(candidate_immersion::Column::CandidateId.eq(row.id))
        .filter(candidate_immersion::Column::VoidedAt.is_null())
        .order_by_asc(candidate_immersion::Column::StartsOn)
        .order_by_asc(candidate_immersion::Column::Id)
        .all(conn)
        .await?;
    Ok(Livret { skills, voided, immersions })
}
