//! The ties of a candidate with experts, as far as whoever asks may know them.

use entity::candidate;
use entity::candidate_tie::CandidateTieSource;
use entity::expert;
use entity::ids::{CandidateId, ExpertId, JurySessionId};
use entity::jury_member::{self, MemberState};
use entity::jury_session::{self, JuryState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::authz::{Actor, Permission, may};
use crate::db;
use crate::features::candidates::dossier::Dossier;
use crate::features::ties::judged::{Bond, Side, bonds};
use crate::rules::fold::fold;

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

/// The key of the expert whom somebody names: the team by the number, others by the number and the family name together, so
/// that a number alone tells no name.
///
/// # Errors
/// What the database answers.
pub async fn named_expert(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
    name: &str,
) -> Result<Option<ExpertId>, db::Error> {
    let number = number.trim().to_uppercase();
    let found = expert::Entity::find().filter(expert::Column::Number.eq(number)).one(conn).await?;
    let typed = fold(name);
    let named = |one: &expert::Model| {
        let (first, family) = (fold(&one.first_names), fold(&one.family_name));
        actor.is_staff()
            || [format!("{first} {family}"), format!("{family} {first}"), family].contains(&typed)
    };
    Ok(found.filter(named).map(|one| one.id))
}

/// Those who accepted to sit in a jury of the structure of a candidate, by name.
///
/// # Errors
/// What the database answers.
pub async fn members(
    conn: &impl ConnectionTrait,
    dossier: &Dossier,
) -> Result<Vec<expert::Model>, db::Error> {
    let sessions: Vec<JurySessionId> = jury_session::Entity::find()
        .filter(jury_session::Column::StructureId.eq(dossier.structure.id))
        .filter(jury_session::Column::State.is_not_in([JuryState::Rejected, JuryState::Cancelled]))
        .select_only()
        .column(jury_session::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    let seated: Vec<ExpertId> = jury_member::Entity::find()
        .filter(jury_member::Column::SessionId.is_in(sessions))
        .filter(jury_member::Column::State.eq(MemberState::Accepted))
        .select_only()
        .column(jury_member::Column::ExpertId)
        .distinct()
        .into_tuple()
        .all(conn)
        .await?;
    let mut found = expert::Entity::find().filter(expert::Column::Id.is_in(seated)).all(conn).await?;
    found.sort_by_key(|one| (fold(&one.family_name), fold(&one.first_names), one.id));
    Ok(found)
}
