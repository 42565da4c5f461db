//! The team has looked at the address that a structure declared of an agreed site (A11): what it decides then, a visit
//! for instance, is an act of its own.

use entity::ids::{SiteId, StructureId};
use entity::{site, structure};

use super::super::error::StructureError;
use super::super::events::StructureEvent;
use super::edit_site::update;
use super::open_for;
use crate::authz::Permission;
use crate::db::Tx;

/// Says that the new address of a site was looked at.
///
/// # Errors
/// [`StructureError::NotMoved`], [`StructureError::Stale`], the refusal of the policy, what the database answers.
pub async fn review_move(
    tx: &mut Tx,
    id: StructureId,
    site: SiteId,
    seen: Option<i32>,
) -> Result<(structure::Model, site::Model), StructureError> {
    let mut opened = open_for(tx, id, seen, Permission::RequestReview).await?;
    let found = opened.site(site)?;
    if found.moved_at.is_none() {
        return Err(StructureError::NotMoved);
    }
    let reviewed = site::Model { moved_at: None, ..found };
    update(tx, &reviewed).await?;
    opened.replace(&reviewed);
    opened.save(tx).await?;
    let event = StructureEvent::MoveReviewed { structure: opened.structure.clone(), site: reviewed.clone() };
    tx.record(&opened.grant, &event).await?;
    Ok((opened.structure, reviewed))
}
