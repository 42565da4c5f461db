//! Takes an habilitation away: one person asks with a reason, the person may answer, another one confirms once they did or
//! once the delay of the settings is over. Until then whoever may ask may give it up.

use entity::habilitation;
use entity::ids::HabilitationId;
use time::Date;

use super::{Opened, open, reason};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Faults;
use crate::features::experts::events::What;
use crate::features::experts::state::Step;
use crate::features::experts::{ExpertError, input, labels};
use crate::features::rights::actions as rights;
use crate::features::settings;
use crate::rules::deadline::{add_days, day_in_zone};

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
    opened.file.withdrawal_answer = None;
    opened.file.withdrawal_answered_at = None;
    let answer_until = answer_until(tx, &opened).await?.unwrap_or(opened.today);
    let line = ("habilitation.withdrawal_asked", "HAB_WITHDRAWAL_ASKED");
    opened.record(tx, line, What::WithdrawalAsked { reason, answer_until }).await
}

/// The last day on which the person may answer, where they are.
async fn answer_until(tx: &Tx, opened: &Opened) -> Result<Option<Date>, ExpertError> {
    let days = settings::renewal_rules(tx.conn()).await?.answer_days;
    let asked = opened.file.withdrawal_asked_at.map(|at| day_in_zone(*at, &opened.expert.zone));
    Ok(asked.map(|day| add_days(day, days.into())))
}

/// Keeps what the person answers to the withdrawal that is asked for.
///
/// # Errors
/// Nothing written, no withdrawal asked for, an answer already given; the refusals of every act.
pub async fn answer_withdrawal(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    typed: &str,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::HabilitationAnswer).await?;
    opened.check(Step::Withdraw)?;
    if opened.file.withdrawal_asked_at.is_none() || opened.file.withdrawal_answered_at.is_some() {
        let detail = "Aucun retrait n’attend de réponse.";
        return Err(ExpertError::blocked("habilitation-withdrawal-no-answer", detail, Vec::new()));
    }
    let mut faults = Faults::default();
    if typed.trim().is_empty() {
        faults.push("/answer", "missing", "Écrivez vos observations");
    }
    let answer = input::text("/answer", typed, 2000, &mut faults);
    let answer = faults.or(answer)?;
    opened.file.withdrawal_answer = Some(answer.clone());
    opened.file.withdrawal_answered_at = Some(tx.instant());
    let line = ("habilitation.withdrawal_answered", "HAB_WITHDRAWAL_ANSWERED");
    opened.record(tx, line, What::WithdrawalAnswered { answer }).await
}

/// Gives up the withdrawal that is asked for: the habilitation stays as it is.
///
/// # Errors
/// No reason, no withdrawal asked for; the refusals of every act.
pub async fn drop_withdrawal(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    typed: &str,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::HabilitationWithdraw).await?;
    opened.check(Step::Withdraw)?;
    if opened.file.withdrawal_asked_at.is_none() {
        return Err(not_asked());
    }
    let reason = reason(typed, "Dites pourquoi le retrait n’est plus demandé")?;
    forget(&mut opened.file);
    let line = ("habilitation.withdrawal_dropped", "HAB_WITHDRAWAL_DROPPED");
    opened.record(tx, line, What::WithdrawalDropped { reason }).await
}

/// The file without what was asked and answered about a withdrawal, which the journal keeps.
pub(super) fn forget(file: &mut habilitation::Model) {
    file.withdrawal_reason = None;
    file.withdrawal_asked_by = None;
    file.withdrawal_asked_at = None;
    file.withdrawal_answer = None;
    file.withdrawal_answered_at = None;
}

fn not_asked() -> ExpertError {
    let detail = "Personne n’a encore demandé ce retrait.";
    ExpertError::blocked("habilitation-withdrawal-not-asked", detail, Vec::new())
}

/// Confirms the withdrawal, as someone else than who asked: the habilitation ends the day before.
///
/// # Errors
/// [`ExpertError::SamePerson`]; no withdrawal asked for; the delay to answer still runs and the person has not answered;
/// the refusals of every act.
pub async fn confirm_withdrawal(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
) -> Result<habilitation::Model, ExpertError> {
    let opened = open(tx, id, seen, Permission::HabilitationWithdraw).await?;
    opened.check(Step::Withdraw)?;
    let Some(reason) = opened.file.withdrawal_reason.clone() else {
        return Err(not_asked());
    };
    if opened.file.withdrawal_asked_by == tx.actor().account_id() {
        return Err(ExpertError::SamePerson);
    }
    let until = answer_until(tx, &opened).await?.filter(|_| opened.file.withdrawal_answered_at.is_none());
    if let Some(until) = until.filter(|until| opened.today <= *until) {
        let detail = "La personne peut encore répondre\u{202f}: ce retrait ne peut pas être confirmé.";
        let blocking = vec![labels::question::answer_until(until)];
        return Err(ExpertError::blocked("habilitation-withdrawal-early", detail, blocking));
    }
    let last = add_days(opened.today, -1);
    for held in opened.rights(tx).await? {
        if held.right.ends_on.is_none_or(|end| end >= last) {
            rights::end(tx, &opened.grant, held.right.id, last).await?;
        }
    }
    opened.step(tx, Step::Withdraw, What::Withdrawn { reason, last }).await
}
