//! The deliveries whose files could not be made: what waits for the team, as many queries however many there are.

use std::collections::HashMap;

use entity::certificate_batch::{self, BatchState};
use entity::ids::{CertificateBatchId, JurySessionId};
use entity::{Instant, certification_version, jury_session, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::authz::{Actor, Facts, visible};
use crate::db;

/// The certificates of a session, some of which could not be typeset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedBatch {
    /// Key of the delivery.
    pub id: CertificateBatchId,
    /// Number of the session.
    pub number: String,
    /// Name of its structure.
    pub structure_name: String,
    /// When it was asked for.
    pub asked_at: Instant,
    /// What the policy looks at.
    pub facts: Facts,
}

/// The deliveries that failed, of the sessions that the actor may see.
///
/// # Errors
/// What the database answers.
pub async fn failed_batches(
    conn: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<Vec<FailedBatch>, db::Error> {
    let failed = certificate_batch::Entity::find()
        .filter(certificate_batch::Column::State.eq(BatchState::Failed))
        .order_by_asc(certificate_batch::Column::Id)
        .all(conn)
        .await?;
    if failed.is_empty() {
        return Ok(Vec::new());
    }
    let sessions = jury_session::Entity::find()
        .filter(visible::jury_sessions(actor))
        .filter(jury_session::Column::Id.is_in(failed.iter().map(|batch| batch.session_id)))
        .all(conn)
        .await?;
    let versions = certification_version::Entity::find()
        .filter(
            certification_version::Column::Id.is_in(sessions.iter().map(|row| row.certification_version_id)),
        )
        .all(conn)
        .await?;
    let structures = structure::Entity::find()
        .filter(structure::Column::Id.is_in(sessions.iter().map(|row| row.structure_id)))
        .all(conn)
        .await?;
    let certifications: HashMap<_, _> =
        versions.into_iter().map(|row| (row.id, row.certification_id)).collect();
    let structures: HashMap<_, _> = structures.into_iter().map(|row| (row.id, row)).collect();
    let sessions: HashMap<JurySessionId, jury_session::Model> =
        sessions.into_iter().map(|row| (row.id, row)).collect();
    let waits = |batch: &certificate_batch::Model| {
        let session = sessions.get(&batch.session_id)?;
        let structure = structures.get(&session.structure_id)?;
        Some(FailedBatch {
            id: batch.id,
            number: session.number.clone(),
            structure_name: structure.name.clone(),
            asked_at: batch.asked_at,
            facts: Facts {
                structure: Some(session.structure_id),
                region: Some(structure.region.clone()).filter(|region| !region.is_empty()),
                certification: Some(*certifications.get(&session.certification_version_id)?),
                ..Facts::default()
            },
        })
    };
    Ok(failed.iter().filter_map(waits).collect())
}
