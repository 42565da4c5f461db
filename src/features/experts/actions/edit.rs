//! Changes the identity of an expert.

use entity::expert;
use entity::ids::ExpertId;

use super::super::ExpertError;
use super::super::events::ExpertEvent;
use super::super::input::TypedExpert;
use super::create::check_address;
use super::{open, set, typed};
use crate::authz::Permission;
use crate::db::Tx;

/// Applies a change over what is recorded and writes it, if every value holds.
///
/// # Errors
/// Every fault, [`ExpertError::Stale`], the refusal of the policy, what the database answers.
pub async fn edit(
    tx: &mut Tx,
    id: ExpertId,
    seen: Option<i32>,
    change: impl FnOnce(&mut TypedExpert),
) -> Result<expert::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::ExpertEdit).await?;
    let before = opened.expert.clone();
    let mut form = typed(&before);
    change(&mut form);
    let read = form.read()?;
    // An address that two people share since before may stay as it is.
    if read.email.key() != before.email.to_lowercase() {
        check_address(tx, Some(id), &read).await?;
    }
    set(&mut opened.expert, &read);
    opened.save(tx).await?;
    let event = ExpertEvent::Changed { before: Box::new(before), after: Box::new(opened.expert.clone()) };
    tx.record(&opened.grant, &event).await?;
    Ok(opened.expert)
}
