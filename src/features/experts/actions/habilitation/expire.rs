//! Ends an habilitation whose last day is behind: the program does it.

use entity::ids::HabilitationId;

use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::experts::ExpertError;
use crate::features::experts::events::What;
use crate::features::experts::state::{self, Step};
use crate::features::rights::actions as rights;
use crate::features::rights::{Held, Holder, RightKind, RightState, queries};

/// Expires the habilitation if none of its rights runs any more; false when there is nothing to do.
///
/// # Errors
/// The refusals of every act.
pub async fn expire(tx: &mut Tx, id: HabilitationId) -> Result<bool, ExpertError> {
    let opened = open(tx, id, None, Permission::HabilitationExpire).await?;
    if !state::TABLE.can(opened.before.state, Step::Expire) {
        return Ok(false);
    }
    let held = opened.rights(tx).await?;
    let last_day = |held: &Held| held.right.grace_until.or(held.right.ends_on);
    let Some(last) = held.iter().map(last_day).max().flatten() else { return Ok(false) };
    if held.iter().any(|held| last_day(held).is_none_or(|last| last >= opened.today)) {
        return Ok(false);
    }
    let all = queries::of_holder(tx.conn(), Holder::expert(opened.expert.id)).await?;
    let same = |other: &Held| held.iter().any(|held| held.right.scope == other.right.scope);
    let replaced = all.iter().any(|other| {
        other.right.kind == RightKind::Habilitation
            && other.right.state != RightState::Void
            && other.right.starts_on > last
            && same(other)
    });
    for held in &held {
        rights::close(tx, &opened.grant, held.right.id).await?;
    }
    opened.step(tx, Step::Expire, What::Expired { last, replaced }).await?;
    Ok(true)
}
