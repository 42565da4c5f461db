//! Adds a site to a structure.

use entity::ids::StructureId;
use entity::{site, structure};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::error::StructureError;
use super::super::events::StructureEvent;
use super::super::input::{OTHER_SIREN, Site, TypedSite};
use super::super::{labels, rows};
use super::open;
use crate::db::Tx;
use crate::error::Fault;

/// Adds a site; its SIRET must share the SIREN of the structure and be new.
///
/// # Errors
/// Every fault, [`StructureError::Stale`], the refusal of the policy, what the database answers.
pub async fn add_site(
    tx: &mut Tx,
    id: StructureId,
    seen: Option<i32>,
    typed: &TypedSite,
) -> Result<(structure::Model, site::Model), StructureError> {
    let mut opened = open(tx, id, seen).await?;
    let new = typed.read()?;
    check_siret(&new, &opened.structure, &opened.sites)?;
    let site = rows::site(tx.new_id(), id, &new, false);
    let row = site.clone().into_active_model().reset_all();
    site::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    opened.sites.push(site.clone());
    opened.save(tx).await?;
    let event = StructureEvent::SiteAdded { structure: opened.structure.clone(), site: site.clone() };
    tx.record(&opened.grant, &event).await?;
    Ok((opened.structure, site))
}

/// The SIRET belongs to the structure and to none of these sites.
pub(super) fn check_siret(
    site: &Site,
    structure: &structure::Model,
    others: &[site::Model],
) -> Result<(), StructureError> {
    let refuse = |code, message| Err(StructureError::Invalid(vec![Fault::new("/siret", code, message)]));
    if site.siret.siren().to_string() != structure.siren {
        return refuse("other-siren", OTHER_SIREN);
    }
    let siret = site.siret.to_string();
    if others.iter().any(|other| other.siret == siret) {
        return refuse("duplicate", labels::SAME_SIRET);
    }
    Ok(())
}
