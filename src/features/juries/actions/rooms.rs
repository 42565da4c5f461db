//! The half-days that a session takes from a room. A room is told apart by its folded name: « Salle B » and « salle  b » are
//! one; the session keeps the name as it was typed.

use std::collections::HashSet;

use entity::ids::{JurySessionId, SiteId};
use entity::{jury_room, jury_session};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::super::JuryError;
use crate::db::{self, Tx};
use crate::rules::engagement::Slot;
use crate::rules::fold::fold;

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
    let key = key(room);
    if let Some(other) = taken(tx, site, (room, &key), slots).await? {
        return Err(other);
    }
    for (day, half) in slots {
        let row = jury_room::ActiveModel {
            id: Set(tx.new_id()),
            session_id: Set(session),
            site_id: Set(site),
            room: Set(key.clone()),
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

/// The name of a room without what two people type differently: case, accents, spaces, punctuation.
fn key(room: &str) -> String {
    let folded = fold(room);
    // A name of signs alone has nothing left.
    if folded.is_empty() { room.trim().to_owned() } else { folded }
}

/// The first of these half-days on which another session has the room.
async fn taken(
    tx: &Tx,
    site: SiteId,
    (room, key): (&str, &str),
    slots: &[Slot],
) -> Result<Option<JuryError>, JuryError> {
    use jury_room::Column;
    let days: HashSet<Date> = slots.iter().map(|(day, _)| *day).collect();
    let rows = jury_room::Entity::find()
        .filter(Column::SiteId.eq(site))
        .filter(Column::Room.eq(key))
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
    Ok(Some(JuryError::RoomTaken { room: room.to_owned(), day: found.day, half: found.half, with }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_is_one_however_its_name_is_typed() {
        for typed in ["Salle B", "salle b", " SALLE  B ", "Sallé\u{a0}b"] {
            assert_eq!(key(typed), "salle b", "{typed:?}");
        }
        assert_ne!(key("Salle B"), key("Salle C"));
        assert_eq!(key(" * "), "*");
    }
}
