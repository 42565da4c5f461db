//! Adds the body in charge of a version. Bodies of one version never overlap: one answers in law at a time.

use entity::ids::{CertificationId, CertificationVersionId};
use entity::legal_certifier;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::dated::{Succession, succeed};
use super::super::events::CertificationEvent;
use super::super::input::TypedCertifier;
use super::super::{CertificationError, labels};
use super::{guarded, open, overlaps};
use crate::db::Tx;

/// The exclusion constraint, and the word of the triggers.
const CONSTRAINT: &str = "legal_certifier_overlap";

/// Adds a body; one that had no end ends the day before.
///
/// # Errors
/// Every fault, an overlap among them, [`CertificationError::Stale`], the refusal of the policy, what the
/// database answers.
pub async fn add_certifier(
    tx: &mut Tx,
    certification: CertificationId,
    version: CertificationVersionId,
    seen: Option<i32>,
    typed: &TypedCertifier,
) -> Result<legal_certifier::Model, CertificationError> {
    let mut opened = open(tx, certification, version, seen).await?;
    let new = typed.read()?;
    let known = legal_certifier::Entity::find()
        .filter(legal_certifier::Column::CertificationVersionId.eq(version))
        .all(tx.conn())
        .await?;
    let ended = match succeed(&known, &(new.starts_on, new.ends_on)) {
        Succession::Free => None,
        Succession::Ends { position, on } => {
            let ended = legal_certifier::Model { ends_on: Some(on), ..known[position].clone() };
            let row = ended.clone().into_active_model().reset_all();
            let update = legal_certifier::Entity::update(row).exec(tx.conn()).await;
            update.map_err(|error| guarded(error, CONSTRAINT))?;
            Some(ended)
        }
        Succession::Overlaps { position } => {
            return Err(overlaps(labels::overlaps_certifier(&known[position].name)));
        }
    };
    let row = legal_certifier::Model {
        id: tx.new_id(),
        certification_version_id: version,
        name: new.name,
        siret: new.siret.map(|siret| siret.to_string()),
        starts_on: new.starts_on,
        ends_on: new.ends_on,
    };
    legal_certifier::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await
        .map_err(|error| guarded(error, CONSTRAINT))?;
    opened.save(tx).await?;
    let event = CertificationEvent::CertifierAdded {
        certification: opened.certification,
        certifier: row.clone(),
        ended,
    };
    tx.record(&opened.grant, &event).await?;
    Ok(row)
}
