//! Changes the scheme and the funder, as long as nobody agreed on them.

use entity::ids::FundingId;

use super::open;
use crate::db::Tx;
use crate::features::funding::events::{FundingEvent, What};
use crate::features::funding::input::TypedTerms;
use crate::features::funding::state::may_change;
use crate::features::funding::{FundingError, Record};

/// Changes a funding.
///
/// # Errors
/// Every fault, [`FundingError::Frozen`], [`FundingError::Stale`], the refusal of the policy, what the database answers.
pub async fn change(
    tx: &mut Tx,
    id: FundingId,
    seen: Option<i32>,
    typed: &TypedTerms,
) -> Result<Record, FundingError> {
    let (mut record, grant) = open(tx, id, seen).await?;
    if !may_change(record.funding.state) {
        return Err(FundingError::Frozen);
    }
    let terms = typed.read()?;
    record
        .save(tx, |row| {
            row.scheme = terms.scheme;
            row.funder = terms.funder;
            row.subrogation = terms.subrogation;
            row.eu_funded = terms.eu_funded;
        })
        .await?;
    tx.record(&grant, &FundingEvent::of(&record, What::Changed)).await?;
    Ok(record)
}
