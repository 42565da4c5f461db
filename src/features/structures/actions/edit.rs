//! Changes the identity or the contact of a structure.

use entity::ids::StructureId;
use entity::structure;

use super::super::error::StructureError;
use super::super::events::StructureEvent;
use super::super::input::{TypedContact, TypedIdentity};
use super::super::rows;
use super::open;
use crate::db::Tx;

/// What may change, as typed; it starts as what is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Identity.
    pub identity: TypedIdentity,
    /// Contact.
    pub contact: TypedContact,
}

/// Applies a change over what is recorded and writes it, if every value holds. Without `seen`, whatever the version.
///
/// # Errors
/// Every fault, [`StructureError::Stale`], the refusal of the policy, what the database answers.
pub async fn edit(
    tx: &mut Tx,
    id: StructureId,
    seen: Option<i32>,
    change: impl FnOnce(&mut Change),
) -> Result<structure::Model, StructureError> {
    let mut opened = open(tx, id, seen).await?;
    let before = opened.structure.clone();
    let mut typed = Change { identity: rows::typed_identity(&before), contact: rows::typed_contact(&before) };
    change(&mut typed);
    let (identity, contact) = match (typed.identity.read(), typed.contact.read(&before.department)) {
        (Ok(identity), Ok(contact)) => (identity, contact),
        (identity, contact) => {
            let faults = [identity.err(), contact.err()].into_iter().flatten().flatten();
            return Err(StructureError::Invalid(faults.collect()));
        }
    };
    rows::set_identity(&mut opened.structure, &identity);
    rows::set_contact(&mut opened.structure, &contact);
    opened.save(tx).await?;
    let event =
        StructureEvent::Changed { before: Box::new(before), after: Box::new(opened.structure.clone()) };
    tx.record(&opened.grant, &event).await?;
    Ok(opened.structure)
}
