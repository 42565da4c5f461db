//! Changes somebody to write to in a structure.

use entity::ids::{StructureContactId, StructureId};
use entity::{structure, structure_contact};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::error::StructureError;
use super::super::events::StructureEvent;
use super::super::input::TypedOtherContact;
use super::super::rows;
use super::{contact_of, open_for};
use crate::authz::Permission;
use crate::db::Tx;

/// Applies a change over what is recorded and writes it, if every value holds.
///
/// # Errors
/// Every fault, [`StructureError::NotFound`], [`StructureError::Stale`], the refusal of the policy, what the database
/// answers.
pub async fn edit_contact(
    tx: &mut Tx,
    id: StructureId,
    contact: StructureContactId,
    seen: Option<i32>,
    change: impl FnOnce(&mut TypedOtherContact),
) -> Result<(structure::Model, structure_contact::Model), StructureError> {
    let mut opened = open_for(tx, id, seen, Permission::StructureContacts).await?;
    let before = contact_of(tx, id, contact).await?;
    let mut typed = rows::typed_other_contact(&before);
    change(&mut typed);
    let new = typed.read(&opened.structure.department)?;
    let after = rows::contact(contact, id, &new);
    let row = after.clone().into_active_model().reset_all();
    structure_contact::Entity::update(row).exec(tx.conn()).await?;
    opened.save(tx).await?;
    let event =
        StructureEvent::ContactChanged { structure: opened.structure.clone(), before, after: after.clone() };
    tx.record(&opened.grant, &event).await?;
    Ok((opened.structure, after))
}
