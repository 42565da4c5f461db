//! Declares the half-days of a range.

use entity::ids::ExpertId;
use time::Date;

use super::super::AvailabilityError;
use super::super::events::AvailabilityEvent;
use super::super::input::{self, Wish};
use super::super::queries::declarations;
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::rules::period::Period;

/// Declares half-days of a range as free or not. `chosen` receives the day that it is where the expert lives and what
/// is declared, and gives the wishes; a half-day that it leaves out stays as it is.
///
/// Only what differs from the habits and the absences is kept as a single date. A declaration that changes nothing is
/// recorded too: the person confirmed it.
///
/// # Errors
/// Every fault, [`AvailabilityError::Stale`], the refusal of the policy, what the database answers.
pub async fn declare(
    tx: &mut Tx,
    id: ExpertId,
    seen: Option<i32>,
    range: Period,
    chosen: impl FnOnce(Date) -> Vec<Wish>,
) -> Result<Vec<Wish>, AvailabilityError> {
    let opened = open(tx, id, seen, Permission::AvailabilityEdit).await?;
    let wishes = chosen(opened.today);
    input::wishes(range, &wishes, opened.today)?;
    let declared = declarations(tx.conn(), std::slice::from_ref(&opened.expert), range).await?;
    let declared = declared.get(&id).ok_or(AvailabilityError::NotFound)?;
    let kept = |wish: &Wish| {
        let available = wish.available.and_then(|wanted| declared.single_for(wish.day, wish.half, wanted));
        let known = declared.singles.get(&(wish.day, wish.half)).copied();
        (known != available).then_some(Wish { available, ..*wish })
    };
    let changes: Vec<Wish> = wishes.iter().filter_map(kept).collect();
    opened.keep(tx, &changes).await?;
    opened.save(tx).await?;
    let event = AvailabilityEvent::Declared { whose: opened.whose(tx), changes: changes.clone() };
    tx.record(&opened.grant, &event).await?;
    Ok(changes)
}
