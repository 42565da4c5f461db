//! Takes a right away: after a notice, one person asks and another one confirms (A7).

use entity::agreement;
use entity::ids::AgreementId;
use entity::right_act::{ActKind, ActState, Model as Act};

use super::{allowed, charge_of, hearing_of, in_course, open, perform, record, save, told, touch, weigh};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::LifeWhat;
use crate::features::agreements::input::life::Charge;
use crate::features::agreements::labels;
use crate::features::agreements::state::act::{ActStep, TABLE};
use crate::features::agreements::state::{RIGHT_TABLE, RightStep};

/// Asks for the withdrawal that a notice announced, once the structure was heard; the right stays until somebody else confirms.
///
/// # Errors
/// No notice of a withdrawal; no plan for the candidates; everything for which it may not be done; the refusals of every act.
pub async fn ask_withdrawal(
    tx: &mut Tx,
    id: AgreementId,
    seen: Option<i32>,
    plan: &str,
) -> Result<agreement::Model, AgreementError> {
    let opened = open(tx, id, seen, Permission::AgreementWithdraw).await?;
    RIGHT_TABLE.next(opened.agreement.state, RightStep::Withdraw)?;
    let act = in_course(tx, id, Some(ActKind::Withdrawal)).await?;
    if !TABLE.can(act.state, ActStep::AskAfterNotice) {
        return Err(AgreementError::blocked("agreement-act-in-course", labels::act::IN_COURSE, Vec::new()));
    }
    let known = charge_of(tx, &act).await?;
    let plan = if plan.trim().is_empty() { known.plan.clone() } else { plan.trim().to_owned() };
    let charge = Charge { plan, ..known };
    let weighing = weigh(tx, &opened, &charge, hearing_of(&act), None).await?;
    allowed(&weighing.refusals)?;
    let act = Act {
        state: ActState::Asked,
        plan: Some(charge.plan),
        asked_by: opened.by,
        asked_at: tx.instant(),
        ..act
    };
    let act = save(tx, act).await?;
    let agreement = touch(tx, opened.agreement).await?;
    let (line, what) = (told(ActStep::AskAfterNotice), LifeWhat::Asked { act: &act });
    record(tx, &opened.grant, (&agreement, &opened.dossier), line, (None, None), what).await?;
    Ok(agreement)
}

/// Confirms the withdrawal, as somebody else than who asked.
///
/// # Errors
/// Nobody asked; the same person; findings that were put right meanwhile; the refusals of every act.
pub async fn confirm_withdrawal(
    tx: &mut Tx,
    id: AgreementId,
    seen: Option<i32>,
) -> Result<agreement::Model, AgreementError> {
    let opened = open(tx, id, seen, Permission::AgreementWithdraw).await?;
    RIGHT_TABLE.next(opened.agreement.state, RightStep::Withdraw)?;
    let act = in_course(tx, id, Some(ActKind::Withdrawal)).await?;
    if !TABLE.can(act.state, ActStep::Confirm) {
        let detail = labels::act::NONE_IN_COURSE;
        return Err(AgreementError::blocked("agreement-no-act-in-course", detail, Vec::new()));
    }
    let charge = charge_of(tx, &act).await?;
    let same = act.asked_by == opened.by;
    let weighing = weigh(tx, &opened, &charge, hearing_of(&act), Some(same)).await?;
    allowed(&weighing.refusals)?;
    Box::pin(perform(tx, opened, RightStep::Withdraw, act, false, &weighing.words)).await
}
