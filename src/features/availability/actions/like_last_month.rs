//! « Comme le mois dernier ».

use entity::ids::ExpertId;
use time::Date;

use super::super::AvailabilityError;
use super::super::events::AvailabilityEvent;
use super::super::input::{Wish, range};
use super::super::queries::declarations;
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Fault;
use crate::rules::deadline::add_months;
use crate::rules::half_day::first_of_month;

/// Makes the half-days that are left in a month like those of the month before, the second Tuesday like the second
/// Tuesday. Answers how many half-days changed.
///
/// # Errors
/// Every fault, [`AvailabilityError::Stale`], the refusal of the policy, what the database answers.
pub async fn like_last_month(
    tx: &mut Tx,
    id: ExpertId,
    seen: Option<i32>,
    month: Date,
) -> Result<usize, AvailabilityError> {
    let opened = open(tx, id, seen, Permission::AvailabilityEdit).await?;
    let first = first_of_month(month);
    let last = add_months(first, 1).previous_day().unwrap_or(first);
    if last < opened.today || first > add_months(opened.today, 24) {
        let message = "Choisissez le mois en cours ou un mois à venir";
        return Err(AvailabilityError::Invalid(vec![Fault::new("/month", "past", message)]));
    }
    let both = range(add_months(first, -1), last)?;
    let declared = declarations(tx.conn(), std::slice::from_ref(&opened.expert), both).await?;
    let declared = declared.get(&id).ok_or(AvailabilityError::NotFound)?;
    let wanted = declared.like_last_month(first, opened.today);
    let change = |(day, half, wanted)| {
        let available = declared.single_for(day, half, wanted);
        (declared.singles.get(&(day, half)).copied() != available).then_some(Wish { day, half, available })
    };
    let changes: Vec<Wish> = wanted.into_iter().filter_map(change).collect();
    opened.keep(tx, &changes).await?;
    opened.save(tx).await?;
    let count = changes.len();
    tx.record(&opened.grant, &AvailabilityEvent::Declared { whose: opened.whose(tx), changes }).await?;
    Ok(count)
}
