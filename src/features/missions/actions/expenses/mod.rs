//! Fee and expenses of a mission: receipts, the claim, service done or sent back, what is to be paid, settled, put right.
//!
//! A mission has one claim, corrected in place when it comes back; once paid it never changes, and what is put right is a
//! line more. The row of the mission is locked before its claim is
//! read, as for every act.

mod certify;
mod claim;
mod correct;
mod export;
mod receipt;
mod settle;
mod typed;

pub use certify::{certify, return_claim};
pub use claim::claim;
pub use correct::{TypedCorrection, correct};
pub use export::export_payable;
pub use receipt::{NewReceipt, add_receipt, receivable, withdraw_receipt};
pub use settle::{settle, settle_unclaimed};
pub use typed::{MOST_LINES, TypedEmployer, TypedExpense};

use entity::expense_claim;
use entity::ids::MissionId;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::db::Tx;
use crate::features::missions::MissionError;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::state::claim::{self as claims, ClaimStep};

/// The claim of a mission.
async fn claim_of(tx: &Tx, mission: MissionId) -> Result<Option<expense_claim::Model>, MissionError> {
    let which = expense_claim::Column::MissionId.eq(mission);
    Ok(expense_claim::Entity::find().filter(which).one(tx.conn()).await?)
}

/// The claim of a mission, moved along its table.
pub(super) async fn moved(
    tx: &Tx,
    dossier: &Dossier,
    step: ClaimStep,
) -> Result<expense_claim::Model, MissionError> {
    let refused = || MissionError::ClaimState(dossier.mission.number.clone());
    let claim = claim_of(tx, dossier.mission.id).await?.ok_or_else(refused)?;
    let line = claims::TABLE.next(Some(claim.state), step).map_err(|_| refused())?;
    Ok(expense_claim::Model { state: line.to, ..claim })
}

/// Writes a change of a claim.
pub(super) async fn save_claim(tx: &Tx, claim: &expense_claim::Model) -> Result<(), MissionError> {
    let row = claim.clone().into_active_model().reset_all();
    expense_claim::Entity::update(row).exec(tx.conn()).await?;
    Ok(())
}
