//! Sets a right aside: after a notice, at once in an urgency, or for reserves that are overdue (A4, A5).

use entity::agreement;
use entity::ids::AgreementId;
use entity::reserve::{self, ReserveState};
use entity::right_act::{ActCause, ActKind, Model as Act};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{Opened, allowed, charge_of, hearing_of, in_course, keep_grounds, new_act, open, perform, weigh};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::input::life::{Charge, Ground};
use crate::features::agreements::state::{RIGHT_TABLE, RightStep};
use crate::rules::sanction::Sanction;

/// Suspends without a notice: an urgency, with its reason.
///
/// # Errors
/// Every fault of the charge; everything for which it may not be done, the structure not being heard among them; an act in course; the
/// refusals of every act.
pub async fn suspend(
    tx: &mut Tx,
    id: AgreementId,
    seen: Option<i32>,
    charge: &Charge,
) -> Result<agreement::Model, AgreementError> {
    let opened = open(tx, id, seen, Permission::AgreementSuspend).await?;
    RIGHT_TABLE.next(opened.agreement.state, RightStep::Suspend)?;
    let mut faults = charge.faults();
    if charge.sanction != Sanction::Suspend {
        faults.push(crate::error::Fault::new("/sanction", "not-a-suspension", "Cet acte est une suspension"));
    }
    if !faults.is_empty() {
        return Err(AgreementError::Invalid(faults));
    }
    at_once(tx, opened, RightStep::Suspend, charge).await
}

/// Suspends for the reserves that are overdue, all of them.
///
/// # Errors
/// No reserve whose grace is over; an act in course; the refusals of every act.
pub async fn suspend_for_reserves(
    tx: &mut Tx,
    id: AgreementId,
    seen: Option<i32>,
    reasons: &str,
) -> Result<agreement::Model, AgreementError> {
    let opened = open(tx, id, seen, Permission::AgreementSuspend).await?;
    RIGHT_TABLE.next(opened.agreement.state, RightStep::SuspendForReserves)?;
    let open_reserves = reserve::Entity::find()
        .filter(reserve::Column::AgreementId.eq(id))
        .filter(reserve::Column::State.eq(ReserveState::Open))
        .order_by_asc(reserve::Column::Position)
        .all(tx.conn())
        .await?;
    let over =
        open_reserves.iter().filter(|one| opened.delays.reserve_counts_from(one.due_on) <= opened.today);
    let mut grounds: Vec<_> = over.map(|one| Ground::Reserve(one.id)).collect();
    if grounds.is_empty() {
        // None is over: the nearest one says from when it is.
        grounds.extend(open_reserves.iter().min_by_key(|one| one.due_on).map(|one| Ground::Reserve(one.id)));
    }
    let charge = Charge {
        sanction: Sanction::Suspend,
        cause: ActCause::OverdueReserves,
        grounds,
        reasons: reasons.to_owned(),
        urgency: String::new(),
        plan: String::new(),
    };
    let faults = charge.faults();
    if !faults.is_empty() {
        return Err(AgreementError::Invalid(faults));
    }
    at_once(tx, opened, RightStep::SuspendForReserves, &charge).await
}

async fn at_once(
    tx: &mut Tx,
    opened: Opened,
    step: RightStep,
    charge: &Charge,
) -> Result<agreement::Model, AgreementError> {
    let weighing = weigh(tx, &opened, charge, None, None).await?;
    allowed(&weighing.refusals)?;
    let act = new_act(tx, &opened, ActKind::Suspension, charge.cause, &charge.reasons).await?;
    let urgency = charge.urgency.trim();
    let act = Act { urgency_reason: (!urgency.is_empty()).then(|| urgency.to_owned()), ..act };
    let key = act.id;
    let done = Box::pin(perform(tx, opened, step, act, true, &weighing.words)).await?;
    keep_grounds(tx, key, &charge.grounds, &weighing.words).await?;
    Ok(done)
}

/// Suspends as the notice announced, once the structure was heard. The findings are weighed again: those that were put right meanwhile
/// support nothing any more.
///
/// # Errors
/// No notice of a suspension; everything for which it may not be done; the refusals of every act.
pub async fn suspend_after_notice(
    tx: &mut Tx,
    id: AgreementId,
    seen: Option<i32>,
) -> Result<agreement::Model, AgreementError> {
    let opened = open(tx, id, seen, Permission::AgreementSuspend).await?;
    RIGHT_TABLE.next(opened.agreement.state, RightStep::Suspend)?;
    let act = in_course(tx, id, Some(ActKind::Suspension)).await?;
    let charge = charge_of(tx, &act).await?;
    let weighing = weigh(tx, &opened, &charge, hearing_of(&act), None).await?;
    allowed(&weighing.refusals)?;
    Box::pin(perform(tx, opened, RightStep::Suspend, act, false, &weighing.words)).await
}
