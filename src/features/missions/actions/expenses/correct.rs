//! What was paid is put right: a line more says the sum paid more, or taken back. The claim itself stays as it was paid.

use entity::claim_correction;
use entity::ids::MissionId;
use entity::mission::{self, MissionState};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use time::Date;

use super::super::{record_act, save};
use super::moved;
use super::settle::payment_of;
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::{Fault, Faults};
use crate::features::missions::dossier::Dossier;
use crate::features::missions::events::What;
use crate::features::missions::state::claim::ClaimStep;
use crate::features::missions::state::{InvalidStep, Step};
use crate::features::missions::{MissionError, input, labels, wording};
use crate::rules::territory::PARIS;

/// Most of one correction, in cents, as of every amount that is typed.
const MOST: i64 = 10_000_000;

/// A correction, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedCorrection {
    /// Paid more, in cents; below zero when taken back. None for what is no amount.
    pub amount_cents: Option<i64>,
    /// Why.
    pub reason: String,
    /// Day of the payment, or of the refund.
    pub paid_on: String,
    /// Its reference.
    pub payment: String,
}

/// A correction that may be kept.
struct Correction {
    amount_cents: i64,
    reason: String,
    paid_on: Date,
    payment: String,
}

/// Corrects what was paid for a mission that is settled.
///
/// # Errors
/// Every fault; more taken back than was paid; a mission that is not settled, or for which nothing was paid; the refusals of
/// every act.
pub async fn correct(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    typed: &TypedCorrection,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionSettle, &dossier.facts())?;
    dossier.check_version(version)?;
    let from = dossier.mission.state;
    if from != MissionState::Settled {
        return Err(InvalidStep { from, step: Step::Settle }.into());
    }
    let claim = moved(tx, &dossier, ClaimStep::Correct).await?;
    let new = read(typed, wording::local_date(tx.now(), PARIS))?;
    let before = claim_correction::Entity::find()
        .filter(claim_correction::Column::ClaimId.eq(claim.id))
        .order_by_asc(claim_correction::Column::Id)
        .all(tx.conn())
        .await?;
    let paid = claim.fee_cents + claim.expenses_cents;
    let paid = paid + before.iter().map(|row| row.amount_cents).sum::<i64>();
    if paid + new.amount_cents < 0 {
        return Err(MissionError::fault("/amount", "too-much", labels::faults::TOO_MUCH_BACK));
    }
    let row = claim_correction::Model {
        id: tx.new_id(),
        claim_id: claim.id,
        amount_cents: new.amount_cents,
        reason: new.reason,
        paid_on: new.paid_on,
        payment: new.payment,
        corrected_at: tx.instant(),
        corrected_by: tx.actor().account_id(),
    };
    let insert = claim_correction::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    save(tx, &mut dossier, |_| {}).await?;
    let name = ("mission.claim_corrected", "MIS_CLAIM_CORRECTED");
    let total_cents = paid + row.amount_cents;
    let what = What::ClaimCorrected { correction: &row, total_cents };
    record_act(tx, &grant, &dossier, name, what).await?;
    Ok(dossier.mission)
}

fn read(typed: &TypedCorrection, today: Date) -> Result<Correction, Vec<Fault>> {
    let mut faults = Faults::default();
    let amount = typed.amount_cents.filter(|cents| *cents != 0 && cents.abs() <= MOST);
    let amount = faults.read("/amount", amount.ok_or(labels::faults::CORRECTION_WANTED), |_| "amount");
    let reason = match input::reason("/reason", &typed.reason, labels::faults::CORRECTION_WANTS_REASON) {
        Ok(reason) => Some(reason),
        Err(wrong) => {
            for fault in wrong {
                faults.push(fault.pointer, fault.code, fault.message);
            }
            None
        }
    };
    let payment = payment_of(&typed.paid_on, &typed.payment, today, &mut faults);
    let correction = amount.zip(reason).zip(payment).map(|((amount_cents, reason), (paid_on, payment))| {
        Correction { amount_cents, reason, paid_on, payment }
    });
    faults.or(correction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn every_fault_of_a_correction_is_told_at_once() {
        let typed = |amount_cents: Option<i64>, reason: &str, paid_on: &str, payment: &str| TypedCorrection {
            amount_cents,
            reason: reason.to_owned(),
            paid_on: paid_on.to_owned(),
            payment: payment.to_owned(),
        };
        for (typed, pointers) in [
            (typed(Some(-1_250), "Repas compté deux fois", "2025-11-03", "AV-1"), vec![]),
            (typed(Some(0), "Erreur", "2025-11-03", "AV-1"), vec!["/amount"]),
            (typed(Some(MOST + 1), "Erreur", "2025-11-03", "AV-1"), vec!["/amount"]),
            (typed(None, " ", "2025-11-04", ""), vec!["/amount", "/reason", "/paid_on", "/payment"]),
        ] {
            let found = read(&typed, date!(2025 - 11 - 03)).err().unwrap_or_default();
            let found: Vec<_> = found.iter().map(|fault| fault.pointer.as_str()).collect();
            assert_eq!(found, pointers, "{typed:?}");
        }
    }
}
