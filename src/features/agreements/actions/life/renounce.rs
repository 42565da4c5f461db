//! The structure gives up its agreement, and says what becomes of its candidates (A8).

use entity::agreement;
use entity::ids::AgreementId;
use entity::right_act::{ActCause, ActKind, Model as Act};

use super::{new_act, open, perform};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::consequences;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::input::required;
use crate::features::agreements::state::{RIGHT_TABLE, RightStep};

/// Renounces.
///
/// # Errors
/// No plan although candidates are enrolled; an act in course; the refusals of every act.
pub async fn renounce(
    tx: &mut Tx,
    id: AgreementId,
    seen: Option<i32>,
    plan: &str,
) -> Result<agreement::Model, AgreementError> {
    let opened = open(tx, id, seen, Permission::AgreementRenounce).await?;
    RIGHT_TABLE.next(opened.agreement.state, RightStep::Renounce)?;
    let touched = consequences::of(tx.conn(), &opened.agreement, ActKind::Renouncement, tx.now()).await?;
    let mut plan = plan.trim().to_owned();
    if !touched.candidates.is_empty() {
        let message = "Dites ce que deviennent les personnes inscrites";
        plan = required("/plan", &plan, message).map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    }
    let act = new_act(tx, &opened, ActKind::Renouncement, ActCause::OwnWish, "").await?;
    let act = Act { plan: (!plan.is_empty()).then_some(plan), ..act };
    Box::pin(perform(tx, opened, RightStep::Renounce, act, true, &[])).await
}
