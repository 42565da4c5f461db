//! Hours really attended: for certificates, invoices and the BPF, which all read them here.

use std::collections::BTreeMap;

use entity::attendance::Presence;
use entity::enrolment::{EnrolmentState, TraineeStatus};
use entity::ids::{EnrolmentId, TrainingSessionId};
use entity::training_session::{Delivery, SessionState};
use entity::{attendance, enrolment, training_session, training_slot};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::Date;

use super::super::load::is_listed;
use crate::authz::{Actor, visible};
use crate::db::{self, Cursor, Page, PageRequest, keyset};
use crate::rules::training::attendance::{Attended, attended};

/// What somebody attended of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// Their enrolment.
    pub id: EnrolmentId,
    /// Its session.
    pub session_id: TrainingSessionId,
    /// Its number.
    pub number: String,
    /// `SES-2026-0017-23`.
    pub reference: String,
    /// What they are, for the lines of the BPF.
    pub status: TraineeStatus,
    /// Who delivers the session.
    pub delivery: Delivery,
    /// Where the enrolment stands.
    pub state: EnrolmentState,
    /// Last day of the session.
    pub ends_on: Option<Date>,
    /// The hours.
    pub hours: Attended,
}

/// The hours of a closed period: everybody of the sessions that ended in it, by enrolment.
///
/// # Errors
/// What the database answers.
pub async fn of_period(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    (from, until): (Date, Date),
    page: &PageRequest,
) -> Result<Page<Hours>, db::Error> {
    use training_session::Column as Session;
    let states =
        [SessionState::Confirmed, SessionState::InProgress, SessionState::Ended, SessionState::Closed];
    let ended = training_session::Entity::find()
        .select_only()
        .column(Session::Id)
        .filter(Session::EndsOn.between(from, until))
        .filter(Session::State.is_in(states));
    let select = enrolment::Entity::find()
        .filter(visible::enrolments(actor))
        .filter(enrolment::Column::SessionId.in_subquery(ended.into_query()))
        .filter(enrolment::Column::State.is_in(EnrolmentState::all().filter(|state| is_listed(*state))));
    let rows =
        keyset(select, None::<enrolment::Column>, enrolment::Column::Id, false, page).all(conn).await?;
    let found = Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 });
    let sessions = training_session::Entity::find()
        .filter(Session::Id.is_in(found.items.iter().map(|row| row.session_id)))
        .all(conn)
        .await?;
    let hours = of(conn, &found.items).await?;
    let next = found.next.clone();
    let told = |row: &enrolment::Model| {
        let session = sessions.iter().find(|one| one.id == row.session_id)?;
        Some(Hours {
            id: row.id,
            session_id: session.id,
            number: session.number.clone(),
            reference: format!("{}-{}", session.number, row.seq),
            status: row.status,
            delivery: session.delivery,
            state: row.state,
            ends_on: session.ends_on,
            hours: hours.get(&row.id).copied().unwrap_or_default(),
        })
    };
    Ok(Page { items: found.items.iter().filter_map(told).collect(), next })
}

/// What people attended of the sessions that they are enrolled in.
///
/// # Errors
/// What the database answers.
pub async fn of(
    conn: &impl ConnectionTrait,
    people: &[enrolment::Model],
) -> Result<BTreeMap<EnrolmentId, Attended>, db::Error> {
    let slots = training_slot::Entity::find()
        .filter(training_slot::Column::SessionId.is_in(people.iter().map(|row| row.session_id)))
        .filter(training_slot::Column::DroppedAt.is_null())
        .all(conn)
        .await?;
    let lines = attendance::Entity::find()
        .filter(attendance::Column::EnrolmentId.is_in(people.iter().map(|row| row.id)))
        .all(conn)
        .await?;
    let minutes = |number: i32| u32::try_from(number).unwrap_or_default();
    let of_person = |row: &enrolment::Model| {
        let own = slots.iter().filter(|slot| slot.session_id == row.session_id);
        let days: Vec<(u32, Option<(Presence, u32)>)> = own
            .map(|slot| {
                let known = lines.iter().find(|line| line.slot_id == slot.id && line.enrolment_id == row.id);
                (minutes(slot.minutes), known.map(|line| (line.presence, minutes(line.minutes))))
            })
            .collect();
        (row.id, attended(&days))
    };
    Ok(people.iter().map(of_person).collect())
}
