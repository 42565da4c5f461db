//! Gives a suspended right back, once what it was suspended for is put right (A6).

use entity::agreement;
use entity::ids::AgreementId;
use entity::reserve::{self, ReserveState};
use entity::right_act::{ActCause, ActKind};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{new_act, open, perform};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::input::required;
use crate::features::agreements::labels;
use crate::features::agreements::queries::{acts, findings};
use crate::features::agreements::state::{RIGHT_TABLE, RightStep};

/// Reinstates.
///
/// # Errors
/// No reasons; findings of the suspension that are not put right, each of them told; the refusals of every act.
pub async fn reinstate(
    tx: &mut Tx,
    id: AgreementId,
    seen: Option<i32>,
    reasons: &str,
) -> Result<agreement::Model, AgreementError> {
    let opened = open(tx, id, seen, Permission::AgreementReinstate).await?;
    let open_reserves = reserve::Entity::find()
        .filter(reserve::Column::AgreementId.eq(id))
        .filter(reserve::Column::State.eq(ReserveState::Open))
        .count(tx.conn())
        .await?;
    let step = if open_reserves == 0 { RightStep::Reinstate } else { RightStep::ReinstateWithReserves };
    RIGHT_TABLE.next(opened.agreement.state, step)?;
    let reasons = required("/reasons", reasons, "Dites ce qui a été vérifié")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let mut cause = ActCause::ActionsVerified;
    if let Some(suspension) = acts::suspension(tx.conn(), id).await? {
        let grounds = findings::named(&acts::grounds(tx.conn(), suspension.id).await?);
        let left = findings::unsettled(&findings::weigh(tx.conn(), id, &grounds).await?);
        if !left.is_empty() {
            return Err(AgreementError::blocked("agreement-unsettled", labels::act::UNSETTLED, left));
        }
        if suspension.cause == ActCause::OverdueReserves {
            cause = ActCause::ReservesLifted;
        }
    }
    let act = new_act(tx, &opened, ActKind::Reinstatement, cause, &reasons).await?;
    Box::pin(perform(tx, opened, step, act, true, &[])).await
}
