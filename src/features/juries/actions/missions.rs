//! The missions of those who sit follow the session, in the same transaction: moved with it, which refuses somebody who is
//! taken or not entitled on the new date, and cancelled with it.

use entity::mission::{self, MissionState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;

use super::super::JuryError;
use super::super::load::Whole;
use crate::db::Tx;
use crate::features::missions::actions::{cancel, reschedule};
use crate::rules::deadline::local;
use crate::rules::typed_date::iso;

/// Moves the missions of those who sit to the dates of the session.
///
/// # Errors
/// Somebody who may not have the seat on the new date, in words; the refusal of the policy, what the database answers.
pub(super) async fn moved(tx: &mut Tx, whole: &Whole, reason: &str) -> Result<(), JuryError> {
    let Some((starts_at, ends_at)) = whole.session.starts_at.zip(whole.session.ends_at) else {
        return Ok(());
    };
    let (first, from) = written(*starts_at, &whole.session.zone);
    let (last, until) = written(*ends_at, &whole.session.zone);
    for one in of_members(tx, whole).await? {
        if (*one.starts_at, *one.ends_at) != (*starts_at, *ends_at) {
            let typed = [first.as_str(), from.as_str(), last.as_str(), until.as_str()];
            Box::pin(reschedule(tx, one.id, None, typed, reason)).await?;
        }
    }
    Ok(())
}

/// Cancels the missions of those who were to sit: their half-days are free.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub(super) async fn cancelled(tx: &mut Tx, whole: &Whole, reason: &str) -> Result<(), JuryError> {
    for one in of_members(tx, whole).await? {
        Box::pin(cancel(tx, one.id, None, reason)).await?;
    }
    Ok(())
}

/// The missions of those who sit or were asked to, in the order of their keys.
async fn of_members(tx: &Tx, whole: &Whole) -> Result<Vec<mission::Model>, JuryError> {
    let own = whole.sitting().filter_map(|one| one.row.mission_id);
    let rows = mission::Entity::find()
        .filter(mission::Column::Id.is_in(own))
        .filter(mission::Column::State.is_in([MissionState::Proposed, MissionState::Accepted]))
        .order_by_asc(mission::Column::Id)
        .all(tx.conn())
        .await?;
    Ok(rows)
}

/// A day and an hour, where the session takes place.
fn written(at: OffsetDateTime, zone: &str) -> (String, String) {
    let Ok(local) = local(at, zone) else { return (String::new(), String::new()) };
    (iso(local.date()), format!("{:02}:{:02}", local.hour(), local.minute()))
}
