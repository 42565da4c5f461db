//! Adds somebody to write to in a structure for one matter.

use entity::ids::StructureId;
use entity::{structure, structure_contact};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};

use super::super::error::StructureError;
use super::super::events::StructureEvent;
use super::super::input::TypedOtherContact;
use super::super::rows;
use super::open_for;
use crate::authz::Permission;
use crate::db::Tx;

/// Contacts that a structure may have beside the one who receives the mails.
const MOST_CONTACTS: u64 = 20;

/// Adds a contact.
///
/// # Errors
/// Every fault, [`StructureError::TooManyContacts`], [`StructureError::Stale`], the refusal of the policy, what the
/// database answers.
pub async fn add_contact(
    tx: &mut Tx,
    id: StructureId,
    seen: Option<i32>,
    typed: &TypedOtherContact,
) -> Result<(structure::Model, structure_contact::Model), StructureError> {
    let mut opened = open_for(tx, id, seen, Permission::StructureContacts).await?;
    let new = typed.read(&opened.structure.department)?;
    let known = structure_contact::Entity::find()
        .filter(structure_contact::Column::StructureId.eq(id))
        .count(tx.conn())
        .await?;
    if known >= MOST_CONTACTS {
        return Err(StructureError::TooManyContacts);
    }
    let contact = rows::contact(tx.new_id(), id, &new);
    let row = contact.clone().into_active_model().reset_all();
    structure_contact::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    opened.save(tx).await?;
    let event =
        StructureEvent::ContactAdded { structure: opened.structure.clone(), contact: contact.clone() };
    tx.record(&opened.grant, &event).await?;
    Ok((opened.structure, contact))
}
