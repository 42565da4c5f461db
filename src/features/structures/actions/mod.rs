//! The changes of a structure, one per file. A structure, its sites and its contacts share one version: that of the
//! structure.

mod add_contact;
mod add_site;
mod close_site;
mod create;
mod edit;
mod edit_contact;
mod edit_site;
mod remove_contact;
mod review_move;

pub use add_contact::add_contact;
pub use add_site::add_site;
pub use close_site::close_site;
pub use create::create;
pub(super) use create::{facts as facts_of_new, insert};
pub use edit::{Change, edit};
pub use edit_contact::edit_contact;
pub use edit_site::{SiteChange, edit_site};
pub use remove_contact::remove_contact;
pub use review_move::review_move;

use entity::ids::{SiteId, StructureContactId, StructureId};
use entity::{agreement_request, site, structure, structure_contact};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use super::error::StructureError;
use super::rows;
use crate::authz::{Facts, Grant, Permission};
use crate::db::Tx;

/// A structure locked for a change, with every site it ever had, and the right to change it.
struct Opened {
    structure: structure::Model,
    sites: Vec<site::Model>,
    grant: Grant,
}

/// Locks a structure at the version that the person saw, to change what it is.
async fn open(tx: &mut Tx, id: StructureId, seen: Option<i32>) -> Result<Opened, StructureError> {
    open_for(tx, id, seen, Permission::StructureEdit).await
}

/// The same, under the permission of the change.
async fn open_for(
    tx: &mut Tx,
    id: StructureId,
    seen: Option<i32>,
    permission: Permission,
) -> Result<Opened, StructureError> {
    let found = structure::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let structure = found.ok_or(StructureError::NotFound)?;
    let facts = facts_of(tx, &structure).await?;
    let grant = tx.authorize(permission, &facts)?;
    if seen.is_some_and(|seen| seen != structure.version) {
        return Err(StructureError::Stale);
    }
    let sites = site::Entity::find()
        .filter(site::Column::StructureId.eq(id))
        .order_by_asc(site::Column::Id)
        .all(tx.conn())
        .await?;
    Ok(Opened { structure, sites, grant })
}

impl Opened {
    fn site(&self, id: SiteId) -> Result<site::Model, StructureError> {
        self.sites.iter().find(|site| site.id == id).cloned().ok_or(StructureError::NotFound)
    }

    /// Puts a changed site among the others.
    fn replace(&mut self, changed: &site::Model) {
        for site in self.sites.iter_mut().filter(|site| site.id == changed.id) {
            site.clone_from(changed);
        }
    }

    /// Writes the structure, its version grown, its place and its search text following its sites.
    async fn save(&mut self, tx: &Tx) -> Result<(), StructureError> {
        rows::follow_sites(&mut self.structure, &self.sites);
        self.structure.version += 1;
        let row = self.structure.clone().into_active_model().reset_all();
        structure::Entity::update(row).exec(tx.conn()).await?;
        Ok(())
    }
}

/// A contact of a structure.
async fn contact_of(
    tx: &Tx,
    structure: StructureId,
    id: StructureContactId,
) -> Result<structure_contact::Model, StructureError> {
    let found = structure_contact::Entity::find_by_id(id)
        .filter(structure_contact::Column::StructureId.eq(structure))
        .one(tx.conn())
        .await?;
    found.ok_or(StructureError::NotFound)
}

/// What the policy needs: an expert may see the structures of their missions.
async fn facts_of(tx: &Tx, structure: &structure::Model) -> Result<Facts, StructureError> {
    let mut facts =
        Facts { structure: Some(structure.id), region: Some(structure.region.clone()), ..Facts::default() };
    if let Some(expert) = tx.actor().expert() {
        let mission = agreement_request::Entity::find()
            .filter(agreement_request::Column::StructureId.eq(structure.id))
            .filter(agreement_request::Column::ControllerId.eq(expert))
            .select_only()
            .column(agreement_request::Column::Id)
            .limit(1)
            .into_tuple::<entity::ids::AgreementRequestId>()
            .one(tx.conn())
            .await?;
        facts.expert = mission.map(|_| expert);
    }
    Ok(facts)
}
