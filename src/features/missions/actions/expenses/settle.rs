//! Everything is paid, or nothing is claimed: the mission is over.

use entity::expense_claim::ClaimState;
use entity::ids::MissionId;
use entity::mission::{self, MissionState};

use super::super::{record, step};
use super::{claim_in, save};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::events::What;
use crate::features::missions::input::reason as read_reason;
use crate::features::missions::state::Step;
use crate::features::missions::{MissionError, labels};

/// Settles. `payment` is the reference of the payment, or why nothing is to be paid.
///
/// # Errors
/// Nothing said; a claim whose service nobody said was done; the refusals of every act.
pub async fn settle(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    payment: &str,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionSettle, &dossier.facts())?;
    dossier.check_version(version)?;
    dossier.next(Step::Settle)?;
    let payment = read_reason("/payment", payment, labels::PAYMENT_WANTED)?;
    let now = tx.instant();
    let claim = if dossier.mission.state == MissionState::ExpensesClaimed {
        let mut claim = claim_in(tx, id, ClaimState::Certified).await?;
        claim.state = ClaimState::Paid;
        claim.paid_at = Some(now);
        claim.payment = Some(payment.clone());
        save(tx, &claim).await?;
        Some(claim)
    } else {
        None
    };
    let line = step(tx, &mut dossier, Step::Settle, |mission| mission.settled_at = Some(now)).await?;
    record(tx, &grant, &dossier, line, What::Settled { claim: claim.as_ref(), payment: &payment }).await?;
    Ok(dossier.mission)
}
