//! The ties of a candidate with experts, as far as whoever asks may know them.

use entity::candidate;
use entity::candidate_tie::CandidateTieSource;
use entity::expert;
use entity::ids::{CandidateId, ExpertId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::authz::{Actor, Permission, may};
use crate::db;
use crate::features::candidates::dossier::Dossier;
use crate::features::ties::judged::{Bond, Side, bonds};

/// The ties of a candidate: the team reads them all, the structure those that it writes itself. Nothing for who may know
/// none.
///
/// # Errors
/// What the database answers.
pub async fn ties(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    dossier: &Dossier,
) -> Result<Vec<Bond>, db::Error> {
    if !may(actor, Permission::CandidateTie, &dossier.facts()) {
        return Ok(Vec::new());
    }
    let mut found = bonds(conn, Side::Candidate(dossier.candidate.id)).await?;
    if !actor.is_staff() {
        // what an expert declares of their family or of a dispute is not for the structure
        found.retain(|bond| {
            use CandidateTieSource as S;
            matches!(bond.source, S::Observation | S::DeclaredByCandidate | S::DeclaredByStructure)
        });
    }
    Ok(found)
}

/// The key of a file, whoever asks: an expert names somebody whose file they do not see.
///
/// # Errors
/// What the database answers.
pub async fn id_of(conn: &impl ConnectionTrait, number: &str) -> Result<Option<CandidateId>, db::Error> {
    let number = number.trim().to_uppercase();
    let id = candidate::Entity::find()
        .filter(candidate::Column::Number.eq(number))
        .select_only()
        .column(candidate::Column::Id)
        .into_tuple()
        .one(conn)
        .await?;
    Ok(id)
}

/// The key of an expert, whoever asks: a candidate names somebody whose file their structure does not see.
///
/// # Errors
/// What the database answers.
pub async fn expert_of(conn: &impl ConnectionTrait, number: &str) -> Result<Option<ExpertId>, db::Error> {
    let number = number.trim().to_uppercase();
    let id = expert::Entity::find()
        .filter(expert::Column::Number.eq(number))
        .select_only()
        .column(expert::Column::Id)
        .into_tuple()
        .one(conn)
        .await?;
    Ok(id)
}
