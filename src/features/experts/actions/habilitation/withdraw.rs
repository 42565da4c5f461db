//! Takes an habilitation away: one person asks with a reason, another one confirms.

use entity::habilitation;
use entity::ids::HabilitationId;

use super::{open, reason};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::experts::ExpertError;
use crate::features::experts::events::What;
use crate::features::experts::state::Step;
use crate::features::rights::actions as rights;

/// Asks for the withdrawal. The person keeps the habilitation until someone else confirms.
///
/// # Errors
/// No reason, a withdrawal already asked for; the refusals of every act.
pub async fn ask_withdrawal(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    typed: &str,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::HabilitationWithdraw).await?;
    opened.check(Step::Withdraw)?;
    if opened.file.withdrawal_asked_at.is_some() {
        let detail = "Le retrait est déjà demandé. Une autre personne doit le confirmer.";
        return Err(ExpertError::blocked("habilitation-withdrawal-asked", detail, Vec::new()));
    }
    let reason = reason(typed, "Dites pourquoi l’habilitation est retirée")?;
    opened.file.withdrawal_reason = Some(reason.clone());
    opened.file.withdrawal_asked_by = tx.actor().account_id();
    opened.file.withdrawal_asked_at = Some(tx.instant());
    let line = ("habilitation.withdrawal_asked", "HAB_WITHDRAWAL_ASKED");
    opened.record(tx, line, What::WithdrawalAsked { reason }).await
}

/// Confirms the withdrawal, as someone else than who asked: the habilitation ends the day before.
///
/// # Errors
/// [`ExpertError::SamePerson`]; no withdrawal asked for; the refusals of every act.
pub async fn confirm_withdrawal(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
) -> Result<habilitation::Model, ExpertError> {
    let opened = open(tx, id, seen, Permission::HabilitationWithdraw).await?;
    opened.check(Step::Withdraw)?;
    let Some(reason) = opened.file.withdrawal_reason.clone() else {
        let detail = "Personne n’a encore demandé ce retrait.";
        return Err(ExpertError::blocked("habilitation-withdrawal-not-asked", detail, Vec::new()));
    };
    if opened.file.withdrawal_asked_by == tx.actor().account_id() {
        return Err(ExpertError::SamePerson);
    }
    let last = crate::rules::deadline::add_days(opened.today, -1);
    for held in opened.rights(tx).await? {
        if held.right.ends_on.is_none_or(|end| end >= last) {
            rights::end(tx, &opened.grant, held.right.id, last).await?;
        }
    }
    opened.step(tx, Step::Withdraw, What::Withdrawn { reason, last }).await
}
