//! What the referential of a candidate says: its skills, what the positioning found of each, the ways that are open.

use std::collections::HashMap;

use entity::access_route::Way;
use entity::candidate_positioning::Positioned;
use entity::ids::{CertificationVersionId, ReferentialId};
use entity::referential::ReferentialState;
use entity::{access_route, candidate, candidate_positioning, referential, skill};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use crate::db;
use crate::features::certifications;
use crate::rules::referential::ResultRules;

/// A skill, and what the positioning found of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkillLine {
    /// The skill.
    pub skill: skill::Model,
    /// What was found; none before the positioning.
    pub result: Option<Positioned>,
    /// When.
    pub recorded_on: Option<Date>,
}

/// The latest revision of the referential of a version that is published.
///
/// # Errors
/// What the database answers.
pub async fn published(
    conn: &impl ConnectionTrait,
    version: CertificationVersionId,
) -> Result<Option<referential::Model>, db::Error> {
    let revisions = certifications::queries::referential::revisions(conn, version).await?;
    Ok(revisions.into_iter().find(|row| row.state == ReferentialState::Published))
}

/// The skills of a referential, in its order.
///
/// # Errors
/// What the database answers.
pub async fn skills(
    conn: &impl ConnectionTrait,
    referential: ReferentialId,
) -> Result<Vec<skill::Model>, db::Error> {
    let found = skill::Entity::find()
        .filter(skill::Column::ReferentialId.eq(referential))
        .order_by_asc(skill::Column::Position)
        .all(conn)
        .await?;
    Ok(found)
}

/// The ways that a referential decided on, and whether each is open.
///
/// # Errors
/// What the database answers.
pub async fn ways(
    conn: &impl ConnectionTrait,
    referential: ReferentialId,
) -> Result<HashMap<Way, bool>, db::Error> {
    let rows = access_route::Entity::find()
        .filter(access_route::Column::ReferentialId.eq(referential))
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.way, row.allowed)).collect())
}

/// What follows the decisions about a candidate: the rules of their referential, or of the latest that is published; those
/// that are proposed when there is none.
///
/// # Errors
/// What the database answers.
pub async fn result_rules(
    conn: &impl ConnectionTrait,
    row: &candidate::Model,
) -> Result<ResultRules, db::Error> {
    let published = published(conn, row.certification_version_id).await?;
    let found = match row.referential_id {
        Some(id) => referential::Entity::find_by_id(id).one(conn).await?.or(published),
        None => published,
    };
    let Some(found) = found else { return Ok(ResultRules::default()) };
    Ok(certifications::queries::referential::document(conn, &found).await?.results)
}

/// What the positioning found of each skill of the referential of a candidate: that of the positioning, or the latest that
/// is published before it.
///
/// # Errors
/// What the database answers.
pub async fn positioning(
    conn: &impl ConnectionTrait,
    row: &candidate::Model,
) -> Result<Vec<SkillLine>, db::Error> {
    let referential = match row.referential_id {
        Some(id) => Some(id),
        None => published(conn, row.certification_version_id).await?.map(|found| found.id),
    };
    let Some(referential) = referential else { return Ok(Vec::new()) };
    let results = candidate_positioning::Entity::find()
        .filter(candidate_positioning::Column::CandidateId.eq(row.id))
        .all(conn)
        .await?;
    let results: HashMap<_, _> = results.into_iter().map(|one| (one.skill_id, one)).collect();
    let line = |skill: skill::Model| {
        let found = results.get(&skill.id);
        SkillLine {
            result: found.map(|one| one.result),
            recorded_on: found.map(|one| one.recorded_on),
            skill,
        }
    };
    Ok(skills(conn, referential).await?.into_iter().map(line).collect())
}
