//! Asks an expert to declare their time.

use entity::ids::ExpertId;

use super::super::AvailabilityError;
use super::super::events::{AvailabilityEvent, Whose};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;

/// Writes to an expert to ask for their half-days, once a day at most.
///
/// # Errors
/// [`AvailabilityError::NotFound`], the refusal of the policy, what the database answers.
pub async fn ask(tx: &mut Tx, id: ExpertId) -> Result<(), AvailabilityError> {
    let opened = open(tx, id, None, Permission::AvailabilityAsk).await?;
    let asked = opened.notice(tx);
    let whose = Whose { expert: opened.expert.clone(), on_behalf: None };
    tx.record(&opened.grant, &AvailabilityEvent::Asked { whose, asked }).await?;
    Ok(())
}
