//! Undoes the last act on a right, within its window: the right and everything that was moved are as before, and the journal keeps both.

use entity::agreement;
use entity::ids::{AgreementId, RightActId};
use entity::right_act::{ActKind, ActState, Model as Act};

use super::notice::permission;
use super::{locked_act, move_right, open, open_partner_update, record, rights_of, save};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::agreements::consequences::Consequences;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::LifeWhat;
use crate::features::agreements::input::required;
use crate::features::agreements::labels;
use crate::features::agreements::queries::acts;
use crate::features::agreements::state::RIGHT_TABLE;
use crate::features::agreements::state::right::back_to;
use crate::features::rights::{self, RightState};

/// Undoes.
///
/// # Errors
/// No reason; an act that is not the last one, that is not done, or whose window is over; the refusals of every act.
pub async fn undo(
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
    let last = acts::last_done(tx.conn(), id).await?;
    if acts::in_course(tx.conn(), id).await?.is_some() || last.is_none_or(|last| last.id != row.id) {
        return Err(AgreementError::blocked("agreement-act-not-last", labels::act::NOT_LAST, Vec::new()));
    }
    if row.undo_until.is_none_or(|until| *until < tx.now()) {
        return Err(AgreementError::blocked("agreement-undo-late", labels::act::TOO_LATE, Vec::new()));
    }
    let reason = required("/reason", reason, "Dites pourquoi cet acte est annulé")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let taken = || AgreementError::blocked("agreement-undo-taken", labels::act::TAKEN, Vec::new());
    let before = row.before_state.ok_or_else(taken)?;
    let line = RIGHT_TABLE.next(opened.agreement.state, back_to(before).ok_or_else(taken)?)?;
    let touched = row.preview.as_deref().and_then(|kept| serde_json::from_str::<Consequences>(kept).ok());
    let touched = touched.ok_or_else(taken)?;
    put_back(tx, &opened.grant, &row, &touched).await?;
    let after = opened.agreement.state.word();
    let agreement = move_right(tx, opened.agreement, &opened.dossier, before).await?;
    let row = Act {
        state: ActState::Undone,
        closed_at: Some(tx.instant()),
        closed_by: Some(opened.by),
        close_reason: Some(reason),
        ..row
    };
    let row = save(tx, row).await?;
    let states = (Some(after), Some(before.word()));
    let what = LifeWhat::Undone { act: &row, touched: &touched };
    record(tx, &opened.grant, (&agreement, &opened.dossier), line.event, states, what).await?;
    open_partner_update(tx, &opened.grant, &agreement, &opened.dossier, labels::act::UNDONE).await?;
    Ok(agreement)
}

/// Puts the dated rights back as they were before the act: a suspension leaves no day, an end goes back to the last day that was kept.
async fn put_back(tx: &Tx, grant: &Grant, act: &Act, touched: &Consequences) -> Result<(), AgreementError> {
    let held = rights_of(tx, act.agreement_id).await?;
    for one in &touched.rights {
        let void = held.iter().any(|held| held.right.id == one.id && held.right.state == RightState::Void);
        match (act.kind, act.effective_on) {
            (ActKind::Suspension, Some(from)) => rights::actions::resume(tx, grant, one.id, from).await?,
            // A right that the act took away on its first day never counted: it is not given twice.
            (ActKind::Withdrawal | ActKind::Renouncement, _) if void => {
                let detail = labels::act::TAKEN;
                return Err(AgreementError::blocked("agreement-undo-taken", detail, Vec::new()));
            }
            (ActKind::Withdrawal | ActKind::Renouncement, _) => {
                rights::actions::prolong(tx, grant, one.id, one.ends_on).await?;
                if one.grace_until.is_some() {
                    rights::actions::grace(tx, grant, one.id, one.grace_until).await?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}
