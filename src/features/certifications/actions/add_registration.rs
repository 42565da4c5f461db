//! Adds the entry of a version in a register. Entries of one version never overlap.

use entity::ids::{CertificationId, CertificationVersionId};
use entity::registration;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::dated::{Succession, succeed};
use super::super::events::CertificationEvent;
use super::super::input::TypedRegistration;
use super::super::{CertificationError, labels};
use super::{open, overlaps};
use crate::db::Tx;

/// Adds an entry; one that had no end ends the day before.
///
/// # Errors
/// Every fault, an overlap among them, [`CertificationError::Stale`], the refusal of the policy, what the
/// database answers.
pub async fn add_registration(
    tx: &mut Tx,
    certification: CertificationId,
    version: CertificationVersionId,
    seen: Option<i32>,
    typed: &TypedRegistration,
) -> Result<registration::Model, CertificationError> {
    let mut opened = open(tx, certification, version, seen).await?;
    let new = typed.read()?;
    let known = registration::Entity::find()
        .filter(registration::Column::CertificationVersionId.eq(version))
        .all(tx.conn())
        .await?;
    let ended = match succeed(&known, &(new.starts_on, new.ends_on)) {
        Succession::Free => None,
        Succession::Ends { position, on } => {
            let ended = registration::Model { ends_on: Some(on), ..known[position].clone() };
            registration::Entity::update(ended.clone().into_active_model().reset_all())
                .exec(tx.conn())
                .await?;
            Some(ended)
        }
        Succession::Overlaps { position } => {
            return Err(overlaps(labels::overlaps_entry(known[position].starts_on)));
        }
    };
    let row = registration::Model {
        id: tx.new_id(),
        certification_version_id: version,
        register: new.register,
        number: new.number,
        decided_on: new.decided_on,
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        level: new.level,
    };
    registration::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await?;
    opened.save(tx).await?;
    let event = CertificationEvent::RegistrationAdded {
        certification: opened.certification,
        registration: row.clone(),
        ended,
    };
    tx.record(&opened.grant, &event).await?;
    Ok(row)
}
