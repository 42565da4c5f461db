//! The hash of a file as it is handed in: what it says, and the fingerprint of each of its pieces. Two files that differ in
//! anything that the jury looks at have two hashes.

use std::collections::BTreeMap;

use entity::{candidate_immersion, candidate_observation, candidate_positioning, document};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::dossier::Dossier;
use super::error::CandidateError;
use super::queries;
use crate::db;
use crate::events::canonical_text;
use crate::rules::typed_date::iso;

/// The hash of the file as it is now.
///
/// # Errors
/// What the database answers.
pub async fn hash(conn: &impl ConnectionTrait, dossier: &Dossier) -> Result<Vec<u8>, CandidateError> {
    let content = content(conn, dossier).await?;
    let text = canonical_text(&content).map_err(db::Error::from)?;
    Ok(Sha256::digest(text.as_bytes()).to_vec())
}

async fn content(conn: &impl ConnectionTrait, dossier: &Dossier) -> Result<Value, CandidateError> {
    let row = &dossier.candidate;
    let positioning = candidate_positioning::Entity::find()
        .filter(candidate_positioning::Column::CandidateId.eq(row.id))
        .all(conn)
        .await?;
    let positioning: BTreeMap<String, String> =
        positioning.iter().map(|one| (one.skill_id.to_string(), one.result.word())).collect();
    let observations = candidate_observation::Entity::find()
        .filter(candidate_observation::Column::CandidateId.eq(row.id))
        .filter(candidate_observation::Column::VoidedAt.is_null())
        .order_by_asc(candidate_observation::Column::Id)
        .all(conn)
        .await?;
    let observed = |one: &candidate_observation::Model| {
        json!([one.id, one.skill_id, iso(one.observed_on), one.situation, one.assessor, one.result.word()])
    };
    let immersions = candidate_immersion::Entity::find()
        .filter(candidate_immersion::Column::CandidateId.eq(row.id))
        .filter(candidate_immersion::Column::VoidedAt.is_null())
        .order_by_asc(candidate_immersion::Column::Id)
        .all(conn)
        .await?;
    let immersed = |one: &candidate_immersion::Model| {
        json!([one.id, one.company, iso(one.starts_on), iso(one.ends_on), one.tutor, one.evaluation])
    };
    let pieces = queries::pieces(conn, row.id).await?;
    let named = pieces.iter().map(|piece| piece.document_id);
    let documents = document::Entity::find().filter(document::Column::Id.is_in(named)).all(conn).await?;
    let sha256 = |piece: &entity::candidate_piece::Model| {
        let found = documents.iter().find(|one| one.id == piece.document_id);
        found.map(|one| hex::encode(&one.sha256)).unwrap_or_default()
    };
    let mut kept: Vec<[String; 2]> = pieces.iter().map(|piece| [piece.kind.word(), sha256(piece)]).collect();
    kept.sort();
    Ok(json!({
        "number": row.number,
        "structure_id": row.structure_id,
        "certification_version_id": row.certification_version_id,
        "referential_id": row.referential_id,
        "way": row.way.word(),
        "birth_name": row.birth_name,
        "usual_name": row.usual_name,
        "first_names": row.first_names,
        "other_first_names": row.other_first_names,
        "sex": row.sex,
        "birth_date": row.birth_date,
        "birth_country": row.birth_country,
        "birth_commune": row.birth_commune,
        "birth_locality": row.birth_locality,
        "path_starts_on": row.path_starts_on.map(iso),
        "positioning": positioning,
        "observations": observations.iter().map(observed).collect::<Vec<_>>(),
        "immersions": immersions.iter().map(immersed).collect::<Vec<_>>(),
        "pieces": kept,
    }))
}
