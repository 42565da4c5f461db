//! The team refuses, and says why.

use entity::access_request;
use entity::ids::AccessRequestId;

use super::super::AccessError;
use super::super::events::What;
use super::super::input;
use super::super::state::{self, Step};
use super::{open, settle};
use crate::db::Tx;

/// Refuses a request; the person receives the reason.
///
/// # Errors
/// No reason, [`AccessError::Stale`], the state, the refusal of the policy, what the database answers.
pub async fn refuse(
    tx: &mut Tx,
    id: AccessRequestId,
    seen: Option<i32>,
    why: &str,
) -> Result<access_request::Model, AccessError> {
    let (mut request, grant) = open(tx, id, seen).await?;
    let line = state::TABLE.next(request.state, Step::Refuse)?;
    let reason = input::reason(why)?;
    request.reason = Some(reason.clone());
    request.settled_at = Some(tx.instant());
    let what = What::Refused { line, reason, at: tx.now() };
    settle(tx, &grant, request, line, what).await
}
