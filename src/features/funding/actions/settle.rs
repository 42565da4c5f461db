//! Nothing is waited for any more: the pieces that are due were sent.

use entity::ids::FundingId;

use super::open;
use crate::db::Tx;
use crate::features::funding::events::{FundingEvent, What};
use crate::features::funding::input;
use crate::features::funding::state::Step;
use crate::features::funding::{FundingError, Record};
use crate::rules::training::funding::{asked_after, lacking};

/// Settles a funding, with what the funder paid.
///
/// # Errors
/// [`FundingError::Lacking`] with every piece that was not sent, an amount that is none, [`FundingError::Step`],
/// [`FundingError::Stale`], the refusal of the policy, what the database answers.
pub async fn settle(
    tx: &mut Tx,
    id: FundingId,
    seen: Option<i32>,
    paid: &str,
) -> Result<Record, FundingError> {
    let (mut record, grant) = open(tx, id, seen).await?;
    let line = record.next(Step::Settle)?;
    let paid = input::paid(paid)?;
    let asked = asked_after(record.funding.scheme, record.funding.subrogation);
    let lacking = lacking(asked, &record.sent());
    if !lacking.is_empty() {
        return Err(FundingError::Lacking(lacking));
    }
    record
        .save(tx, |row| {
            row.state = line.to;
            row.paid_cents = paid;
            row.reason.clear();
        })
        .await?;
    tx.record(&grant, &FundingEvent::of(&record, What::Stepped(line))).await?;
    Ok(record)
}
