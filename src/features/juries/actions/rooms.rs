//! The half-days that a session takes from a room.

use std::collections::HashSet;

use entity::ids::{JurySessionId, SiteId};
use entity::{jury_room, jury_session};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::super::JuryError;
use crate::db::{self, Tx};
use crate::rules::engagement::Slot;

/// Gives back every half-day that the session had.
pub(super) async fn release(tx: &Tx, session: JurySessionId) -> Result<(), JuryError> {
    jury_room::Entity::update_many()
        .col_expr(jury_room::Column::Held, Expr::value(false))
        .filter(jury_room::Column::SessionId.eq(session))
        .filter(jury_room::Column::Held.eq(true))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Takes half-days of a room; nothing to take when the jury is at a distance.
pub(super) async fn hold(
    tx: &Tx,
    session: JurySessionId,
    (site, room): (Option<SiteId>, &str),
    slots: &[Slot],
) -> Result<(), JuryError> {
    let Some(site) = site.filter(|_| !room.is_empty()) else { return Ok(()) };
    if let Some(other) = taken(tx, site, room, slots).await? {
        return Err(other);
    }
    for (day, half) in slots {
        let row = jury_room::ActiveModel {
            id: Set(tx.new_id()),
            session_id: Set(session),
            site_id: Set(site),
            room: Set(room.to_owned()),
            day: Set(*day),
            half: Set(*half),
            held: Set(true),
        };
        let inserted = jury_room::Entity::insert(row).exec_without_returning(tx.conn()).await;
        inserted.map_err(|error| {
            if db::is_unique_violation(&error) {
                JuryError::RoomTaken { room: room.to_owned(), day: *day, half: *half, with: None }
            } else {
                error.into()
            }
        })?;
    }
    Ok(())
}

/// The first of these half-days on which another session has the room.
async fn taken(tx: &Tx, site: SiteId, room: &str, slots: &[Slot]) -> Result<Option<JuryError>, JuryError> {
    use jury_room::Column;
    let days: HashSet<Date> = slots.iter().map(|(day, _)| *day).collect();
    let rows = jury_room::Entity::find()
        .filter(Column::SiteId.eq(site))
        .filter(Column::Room.eq(room))
        .filter(Column::Held.eq(true))
        .filter(Column::Day.is_in(days))
        .order_by_asc(Column::Day)
        .order_by_desc(Column::Half)
        .all(tx.conn())
        .await?;
    let Some(found) = rows.into_iter().find(|row| slots.contains(&(row.day, row.half))) else {
        return Ok(None);
    };
    let other = jury_session::Entity::find_by_id(found.session_id).one(tx.conn()).await?;
    let with = other.map(|other| other.number);
    Ok(Some(JuryError::RoomTaken { room: found.room, day: found.day, half: found.half, with }))
}
