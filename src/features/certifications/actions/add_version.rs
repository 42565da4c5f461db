//! Adds a version to a certification. Those of before stay as they are: two may take people at the same time.

use entity::ids::CertificationId;
use entity::{certification, certification_version};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

use super::super::events::CertificationEvent;
use super::super::input::{TypedVersion, Version};
use super::super::{CertificationError, labels};
use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::error::Fault;
use crate::rules::fold::fold;

/// Adds a version, under the title of the certification unless it has its own.
///
/// # Errors
/// Every fault, [`CertificationError::NotFound`], a name that another version has, the refusal of the policy, what the
/// database answers.
pub async fn add_version(
    tx: &mut Tx,
    id: CertificationId,
    typed: &TypedVersion,
) -> Result<certification_version::Model, CertificationError> {
    let found = certification::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let certification = found.ok_or(CertificationError::NotFound)?;
    let facts = Facts { certification: Some(id), ..Facts::default() };
    let grant = tx.authorize(Permission::CertificationEdit, &facts)?;
    let new = typed.titled(&certification.title).read()?;
    let known = certification_version::Entity::find()
        .filter(certification_version::Column::CertificationId.eq(id))
        .all(tx.conn())
        .await?;
    if known.iter().any(|other| fold(&other.label) == fold(&new.label)) {
        return Err(CertificationError::Invalid(vec![Fault::new("/label", "duplicate", labels::SAME_LABEL)]));
    }
    let version = insert(tx, id, new).await?;
    let event = CertificationEvent::VersionAdded { certification, version: version.clone() };
    tx.record(&grant, &event).await?;
    Ok(version)
}

/// Writes a version.
pub(super) async fn insert(
    tx: &Tx,
    certification: CertificationId,
    new: Version,
) -> Result<certification_version::Model, CertificationError> {
    let row = certification_version::Model {
        id: tx.new_id(),
        certification_id: certification,
        label: new.label,
        title: new.title,
        valid_from: new.valid_from,
        valid_until: new.valid_until,
        last_delivery_on: new.last_delivery_on,
        version: 1,
    };
    let insert = certification_version::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Ok(row)
}
