//! A funding is given up, or looked at again; a reason says why.

use entity::ids::FundingId;

use super::open;
use crate::db::Tx;
use crate::features::funding::events::{FundingEvent, What};
use crate::features::funding::input;
use crate::features::funding::state::Step;
use crate::features::funding::{FundingError, Record};

/// Gives a funding up.
///
/// # Errors
/// No reason, [`FundingError::Step`], [`FundingError::Stale`], the refusal of the policy, what the database answers.
pub async fn end(tx: &mut Tx, id: FundingId, seen: Option<i32>, why: &str) -> Result<Record, FundingError> {
    step(tx, id, seen, (Step::End, why)).await
}

/// Goes back to the state before: what was answered stays in the journal.
///
/// # Errors
/// The same.
pub async fn reopen(
    tx: &mut Tx,
    id: FundingId,
    seen: Option<i32>,
    why: &str,
) -> Result<Record, FundingError> {
    step(tx, id, seen, (Step::Reopen, why)).await
}

async fn step(
    tx: &mut Tx,
    id: FundingId,
    seen: Option<i32>,
    (step, why): (Step, &str),
) -> Result<Record, FundingError> {
    let (mut record, grant) = open(tx, id, seen).await?;
    let line = record.next(step)?;
    let reason = input::reason(why)?;
    record
        .save(tx, |row| {
            row.state = line.to;
            row.reason = reason;
        })
        .await?;
    tx.record(&grant, &FundingEvent::of(&record, What::Stepped(line))).await?;
    Ok(record)
}
