//! The structure is told what is held against it, and heard, before anything is decided; or the procedure is given up.

use entity::agreement;
use entity::ids::{AgreementId, RightActId};
use entity::right_act::{self, ActKind, ActState};

use super::{
    allowed, in_course, insert, keep_grounds, locked_act, new_act, open, record, save, told, touch, weigh,
};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::LifeWhat;
use crate::features::agreements::input::life::Charge;
use crate::features::agreements::input::required;
use crate::features::agreements::labels;
use crate::features::agreements::state::act::{ActStep, TABLE, is_open};
use crate::features::agreements::state::{RIGHT_TABLE, RightStep};
use crate::rules::deadline::add_days;
use crate::rules::sanction::Refusal;

/// Who may do an act of this kind.
#[must_use]
pub const fn permission(kind: ActKind) -> Permission {
    match kind {
        ActKind::Suspension => Permission::AgreementSuspend,
        ActKind::Reinstatement => Permission::AgreementReinstate,
        ActKind::Withdrawal => Permission::AgreementWithdraw,
        ActKind::Renouncement => Permission::AgreementRenounce,
    }
}

/// Serves a notice that announces a suspension or a withdrawal. The findings already have to support it.
///
/// # Errors
/// Every fault of the charge; findings that do not support the cause; an act in course; the refusals of every act.
pub async fn serve_notice(
    tx: &mut Tx,
    id: AgreementId,
    seen: Option<i32>,
    charge: &Charge,
) -> Result<agreement::Model, AgreementError> {
    let opened = open(tx, id, seen, permission(charge.kind())).await?;
    let line = RIGHT_TABLE.next(opened.agreement.state, RightStep::ServeNotice)?;
    let faults = charge.faults();
    if !faults.is_empty() {
        return Err(AgreementError::Invalid(faults));
    }
    let weighing = weigh(tx, &opened, charge, None, None).await?;
    // It is served for the structure to be heard; who confirms and what becomes of candidates comes later.
    let now = |one: &&Refusal| !matches!(one, Refusal::NoNotice | Refusal::Plan);
    let refusals: Vec<_> = weighing.refusals.iter().filter(now).copied().collect();
    allowed(&refusals)?;
    let act = new_act(tx, &opened, charge.kind(), charge.cause, &charge.reasons).await?;
    let state = TABLE.next(None, ActStep::Notify).map_or(ActState::Notified, |row| row.to);
    let until = opened.dossier.end_of(add_days(opened.today, opened.delays.hearing_days.into()));
    let plan = charge.plan.trim();
    let act = right_act::Model {
        state,
        comments_due_at: Some(until.into()),
        plan: (!plan.is_empty()).then(|| plan.to_owned()),
        ..act
    };
    let act = insert(tx, act).await?;
    keep_grounds(tx, act.id, &charge.grounds, &weighing.words).await?;
    let agreement = touch(tx, opened.agreement).await?;
    let what = LifeWhat::Notified { act: &act, grounds: &weighing.words };
    record(tx, &opened.grant, (&agreement, &opened.dossier), line.event, (None, None), what).await?;
    Ok(agreement)
}

/// Keeps what the structure answers.
///
/// # Errors
/// Nothing written; no act that waits for it; the refusals of every act.
pub async fn answer_notice(
    tx: &mut Tx,
    id: AgreementId,
    text: &str,
) -> Result<agreement::Model, AgreementError> {
    let opened = open(tx, id, None, Permission::AgreementAnswer).await?;
    let act = in_course(tx, id, None).await?;
    let text = required("/text", text, "Écrivez vos observations")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    // What was written before stays: observations are kept as they were received, one after the other.
    let comments = match act.comments.as_deref() {
        Some(before) => format!("{before}\n\n{text}"),
        None => text,
    };
    let act = right_act::Model {
        comments: Some(comments),
        commented_by: Some(opened.by),
        commented_at: Some(tx.instant()),
        ..act
    };
    let act = save(tx, act).await?;
    let agreement = touch(tx, opened.agreement).await?;
    let (line, what) = (told(ActStep::Comment), LifeWhat::Answered { act: &act });
    record(tx, &opened.grant, (&agreement, &opened.dossier), line, (None, None), what).await?;
    Ok(agreement)
}

/// Gives up a procedure: the right stays as it is.
///
/// # Errors
/// No reason; an act that is not in course; the refusals of every act.
pub async fn drop_act(
    tx: &mut Tx,
    id: AgreementId,
    act: RightActId,
    reason: &str,
) -> Result<agreement::Model, AgreementError> {
    let kind = {
        let seen = open(tx, id, None, Permission::AgreementView).await?;
        locked_act(tx, seen.agreement.id, act).await?.kind
    };
    let opened = open(tx, id, None, permission(kind)).await?;
    let row = locked_act(tx, id, act).await?;
    if !is_open(row.state) {
        let detail = labels::act::NONE_IN_COURSE;
        return Err(AgreementError::blocked("agreement-no-act-in-course", detail, Vec::new()));
    }
    let reason = required("/reason", reason, "Dites pourquoi la procédure est abandonnée")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let row = right_act::Model {
        state: ActState::Dropped,
        closed_at: Some(tx.instant()),
        closed_by: Some(opened.by),
        close_reason: Some(reason),
        ..row
    };
    let row = save(tx, row).await?;
    let agreement = touch(tx, opened.agreement).await?;
    let (line, what) = (told(ActStep::Drop), LifeWhat::Dropped { act: &row });
    record(tx, &opened.grant, (&agreement, &opened.dossier), line, (None, None), what).await?;
    Ok(agreement)
}
