//! The funder was asked.

use entity::ids::FundingId;

use super::open;
use crate::db::Tx;
use crate::features::funding::events::{FundingEvent, What};
use crate::features::funding::input;
use crate::features::funding::state::Step;
use crate::features::funding::{FundingError, Record};

/// Records the day on which the funder was asked.
///
/// # Errors
/// A day that has not come, [`FundingError::Step`], [`FundingError::Stale`], the refusal of the policy, what the database
/// answers.
pub async fn request(
    tx: &mut Tx,
    id: FundingId,
    seen: Option<i32>,
    on: &str,
) -> Result<Record, FundingError> {
    let (mut record, grant) = open(tx, id, seen).await?;
    let line = record.next(Step::Request)?;
    let day = input::requested_on(on, tx.app().today())?;
    record
        .save(tx, |row| {
            row.state = line.to;
            row.requested_on = Some(day);
            row.reason.clear();
        })
        .await?;
    tx.record(&grant, &FundingEvent::of(&record, What::Stepped(line))).await?;
    Ok(record)
}
