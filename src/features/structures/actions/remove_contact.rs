//! Removes somebody to write to in a structure: a person who left is not kept.

use entity::ids::{StructureContactId, StructureId};
use entity::{structure, structure_contact};
use sea_orm::EntityTrait;

use super::super::error::StructureError;
use super::super::events::StructureEvent;
use super::{contact_of, open_for};
use crate::authz::Permission;
use crate::db::Tx;

/// Removes a contact; the journal keeps that there was one.
///
/// # Errors
/// [`StructureError::NotFound`], [`StructureError::Stale`], the refusal of the policy, what the database answers.
pub async fn remove_contact(
    tx: &mut Tx,
    id: StructureId,
    contact: StructureContactId,
    seen: Option<i32>,
) -> Result<structure::Model, StructureError> {
    let mut opened = open_for(tx, id, seen, Permission::StructureContacts).await?;
    let contact = contact_of(tx, id, contact).await?;
    structure_contact::Entity::delete_by_id(contact.id).exec(tx.conn()).await?;
    opened.save(tx).await?;
    let event = StructureEvent::ContactRemoved { structure: opened.structure.clone(), contact };
    tx.record(&opened.grant, &event).await?;
    Ok(opened.structure)
}
