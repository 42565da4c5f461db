//! The funder answered. Whoever buys is told.

use entity::ids::FundingId;

use super::{buyer, open};
use crate::db::Tx;
use crate::features::funding::events::{FundingEvent, What};
use crate::features::funding::input::{self, TypedAgreement};
use crate::features::funding::state::Step;
use crate::features::funding::{FundingError, Record};

/// Records the agreement of the funder.
///
/// # Errors
/// Every fault, [`FundingError::Step`], [`FundingError::Stale`], the refusal of the policy, what the database answers.
pub async fn agree(
    tx: &mut Tx,
    id: FundingId,
    seen: Option<i32>,
    typed: &TypedAgreement,
) -> Result<Record, FundingError> {
    let (mut record, grant) = open(tx, id, seen).await?;
    let line = record.next(Step::Agree)?;
    let row = &record.funding;
    let agreed = typed.read(row.scheme, row.requested_on, tx.app().today())?;
    record
        .save(tx, |row| {
            row.state = line.to;
            row.agreement_number = agreed.number;
            row.amount_cents = agreed.amount_cents;
            row.agreed_minutes = agreed.minutes;
            row.agreed_on = Some(agreed.agreed_on);
            row.reason.clear();
        })
        .await?;
    let told = buyer(tx, &record).await?;
    tx.record(&grant, &FundingEvent::of(&record, What::Stepped(line)).telling(told)).await?;
    Ok(record)
}

/// Records the refusal of the funder, with what it said.
///
/// # Errors
/// No reason, [`FundingError::Step`], [`FundingError::Stale`], the refusal of the policy, what the database answers.
pub async fn refuse(
    tx: &mut Tx,
    id: FundingId,
    seen: Option<i32>,
    why: &str,
) -> Result<Record, FundingError> {
    let (mut record, grant) = open(tx, id, seen).await?;
    let line = record.next(Step::Refuse)?;
    let reason = input::reason(why)?;
    record
        .save(tx, |row| {
            row.state = line.to;
            row.reason = reason;
        })
        .await?;
    let told = buyer(tx, &record).await?;
    tx.record(&grant, &FundingEvent::of(&record, What::Stepped(line)).telling(told)).await?;
    Ok(record)
}
