//! The team opens the account: the structure is recorded unless it is known, and the person invited.

use entity::access_request;
use entity::ids::AccessRequestId;

use super::super::AccessError;
use super::super::events::What;
use super::super::input::typed_again;
use super::super::queries;
use super::super::state::{self, Step};
use super::{open, settle};
use crate::db::Tx;
use crate::features::accounts::actions::invite_colleague;
use crate::features::accounts::input::Invitation;
use crate::features::structures::actions as structures;

/// Accepts a request. The first person of a structure administers it.
///
/// # Errors
/// [`AccessError::Stale`], the state, what stands against the structure or the person, the refusals of the policy, what
/// the database answers.
pub async fn accept(
    tx: &mut Tx,
    id: AccessRequestId,
    seen: Option<i32>,
) -> Result<access_request::Model, AccessError> {
    let (mut request, grant) = open(tx, id, seen).await?;
    let line = state::TABLE.next(request.state, Step::Accept)?;
    let new = typed_again(&request).read()?;
    let known = queries::known_structure(tx.conn(), &request).await?;
    let recorded = known.is_none();
    let structure = match known {
        Some(structure) => structure.id,
        None => structures::create(tx, &new).await?.id,
    };
    let (email, name) = (new.contact.email, new.contact.name);
    invite_colleague(tx, structure, &Invitation { email, name, administrator: recorded }).await?;
    request.structure_id = Some(structure);
    request.settled_at = Some(tx.instant());
    settle(tx, &grant, request, line, What::Accepted { line, structure, recorded }).await
}
