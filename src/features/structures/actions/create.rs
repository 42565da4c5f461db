//! Records a structure with its sites.

use entity::ids::StructureId;
use entity::{site, structure};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};

use super::super::error::StructureError;
use super::super::events::StructureEvent;
use super::super::input::NewStructure;
use super::super::rows;
use crate::authz::{Facts, Grant, Permission};
use crate::db::{self, Tx};

/// Records a structure. Its SIREN may be recorded once.
///
/// # Errors
/// [`StructureError::AlreadyRegistered`], the refusal of the policy, what the database answers.
pub async fn create(tx: &mut Tx, new: &NewStructure) -> Result<structure::Model, StructureError> {
    let grant = tx.authorize(Permission::StructureCreate, &facts(new))?;
    let siren = new.seat.siret.siren().to_string();
    let known = structure::Entity::find().filter(structure::Column::Siren.eq(siren)).count(tx.conn()).await?;
    if known > 0 {
        return Err(StructureError::AlreadyRegistered);
    }
    insert(tx, &grant, new).await
}

/// What the policy looks at of a structure that is not recorded yet.
pub(in super::super) fn facts(new: &NewStructure) -> Facts {
    Facts { region: Some(new.seat.region().to_owned()), ..Facts::default() }
}

/// Writes a structure whose SIREN is known to be new, under a right already given: an import gives it once.
pub(in super::super) async fn insert(
    tx: &mut Tx,
    grant: &Grant,
    new: &NewStructure,
) -> Result<structure::Model, StructureError> {
    let id: StructureId = tx.new_id();
    let mut structure = rows::structure(id, new, tx.instant());
    let mut sites = vec![rows::site(tx.new_id(), id, &new.seat, true)];
    sites.extend(new.others.iter().map(|site| rows::site(tx.new_id(), id, site, false)));
    rows::follow_sites(&mut structure, &sites);
    let row = structure.clone().into_active_model().reset_all();
    structure::Entity::insert(row).exec_without_returning(tx.conn()).await.map_err(known_meanwhile)?;
    let rows = sites.iter().map(|site| site.clone().into_active_model().reset_all());
    site::Entity::insert_many(rows).exec_without_returning(tx.conn()).await.map_err(known_meanwhile)?;
    tx.record(grant, &StructureEvent::Created { structure: structure.clone(), sites }).await?;
    Ok(structure)
}

/// Two people may record the same structure at the same time; the constraint decides.
fn known_meanwhile(error: sea_orm::DbErr) -> StructureError {
    if db::is_unique_violation(&error) { StructureError::AlreadyRegistered } else { error.into() }
}
