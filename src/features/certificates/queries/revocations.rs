//! The revocations that wait for a second person, as many queries however many there are.

use std::collections::HashMap;

use entity::ids::{AccountId, CertificateId, CertificateRevocationId, StructureId};
use entity::{Instant, certificate, certificate_revocation, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::authz::{Actor, Facts, visible};
use crate::db;

/// A revocation that somebody asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRevocation {
    /// Its key.
    pub id: CertificateRevocationId,
    /// Number of the certificate.
    pub number: String,
    /// Name of its holder.
    pub holder: String,
    /// Who asked, and does not confirm.
    pub asked_by: AccountId,
    /// When.
    pub asked_at: Instant,
    /// What the policy looks at.
    pub facts: Facts,
}

/// The revocations that wait, of the certificates that the actor may see, the oldest first.
///
/// # Errors
/// What the database answers.
pub async fn open_revocations(
    conn: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<Vec<OpenRevocation>, db::Error> {
    let asked = certificate_revocation::Entity::find()
        .filter(certificate_revocation::Column::SettledAt.is_null())
        .order_by_asc(certificate_revocation::Column::Id)
        .all(conn)
        .await?;
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let rows = certificate::Entity::find()
        .filter(visible::certificates(actor))
        .filter(certificate::Column::Id.is_in(asked.iter().map(|one| one.certificate_id)))
        .all(conn)
        .await?;
    let structures = structure::Entity::find()
        .filter(structure::Column::Id.is_in(rows.iter().filter_map(|row| row.structure_id)))
        .all(conn)
        .await?;
    let regions: HashMap<StructureId, String> =
        structures.into_iter().map(|row| (row.id, row.region)).collect();
    let rows: HashMap<CertificateId, certificate::Model> =
        rows.into_iter().map(|row| (row.id, row)).collect();
    let waits = |one: &certificate_revocation::Model| {
        let row = rows.get(&one.certificate_id)?;
        Some(OpenRevocation {
            id: one.id,
            number: row.number.clone(),
            holder: row.holder_name.clone(),
            asked_by: one.asked_by,
            asked_at: one.asked_at,
            facts: Facts {
                structure: row.structure_id,
                region: row.structure_id.and_then(|id| regions.get(&id).cloned()),
                certification: Some(row.certification_id),
                ..Facts::default()
            },
        })
    };
    Ok(asked.iter().filter_map(waits).collect())
}
