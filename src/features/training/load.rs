//! A session with everything that its acts look at: half-days, rooms, who teaches, its programme, its seats.

use std::collections::{HashMap, HashSet};

use entity::availability_day::HalfDay;
use entity::enrolment::EnrolmentState;
use entity::habilitation::Duty;
use entity::ids::{EnrolmentId, ExpertId, TrainingRoomId, TrainingSessionId, TrainingSlotId};
use entity::programme::TrainerRight;
use entity::programme_version::Modality;
use entity::training_session::{Delivery, SessionKind};
use entity::{
    enrolment, expert, programme, programme_version, structure, training_room, training_session,
    training_slot, training_subcontract, training_tally, training_trainer,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Date;

use super::TrainingError;
use super::state::{self, Step, Transition};
use crate::authz::{Actor, Facts, visible};
use crate::db::{self, Tx};
use crate::features::rights::{self, HolderKind, RightKind};
use crate::rules::training::seats::Tally;

/// States of those who have or wait for a seat.
const LIVE: [EnrolmentState; 10] = [
    EnrolmentState::Requested,
    EnrolmentState::Waitlisted,
    EnrolmentState::Offered,
    EnrolmentState::Held,
    EnrolmentState::Contracted,
    EnrolmentState::Confirmed,
    EnrolmentState::Present,
    EnrolmentState::Absent,
    EnrolmentState::Completed,
    EnrolmentState::DroppedOut,
];

/// Somebody who teaches on a half-day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Teaching {
    /// The row.
    pub row: training_trainer::Model,
    /// Who.
    pub expert: expert::Model,
}

/// A half-day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The half-day.
    pub row: training_slot::Model,
    /// Who teaches on it.
    pub trainers: Vec<Teaching>,
}

impl Slot {
    /// As rooms and people give it.
    #[must_use]
    pub fn half_day(&self) -> (Date, HalfDay) {
        (self.row.day, self.row.half)
    }

    /// Whether people are there in a room.
    #[must_use]
    pub fn is_on_site(&self) -> bool {
        matches!(self.row.modality, Modality::OnSite | Modality::Mixed)
    }
}

/// Somebody enrolled: what the acts on a session need to know of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// The key.
    pub id: EnrolmentId,
    /// Where it stands.
    pub state: EnrolmentState,
    /// Whether the address was confirmed.
    pub confirmed: bool,
}

impl Enrolled {
    /// Whether the person is counted on: their address is confirmed, or a contract binds them.
    #[must_use]
    pub fn counts(&self) -> bool {
        use EnrolmentState as E;
        match self.state {
            E::Held => self.confirmed,
            E::Contracted | E::Confirmed | E::Present | E::Absent | E::Completed => true,
            _ => false,
        }
    }

    /// Whether they have a seat, or one is offered to them.
    #[must_use]
    pub fn has_seat(&self) -> bool {
        !matches!(self.state, EnrolmentState::Requested | EnrolmentState::Waitlisted)
    }
}

/// Everything that the acts on a session look at.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The session.
    pub session: training_session::Model,
    /// Its programme.
    pub programme: programme::Model,
    /// The version of the sheet.
    pub version: programme_version::Model,
    /// For whom it is held.
    pub structure: Option<structure::Model>,
    /// The rooms of the session and of its half-days.
    pub rooms: HashMap<TrainingRoomId, training_room::Model>,
    /// Its half-days, oldest first.
    pub slots: Vec<Slot>,
    /// Its seats.
    pub tally: training_tally::Model,
    /// The sub-contract in force.
    pub subcontract: Option<training_subcontract::Model>,
    /// Those who have or wait for a seat.
    pub people: Vec<Enrolled>,
}

impl Whole {
    /// The session, its seats locked first, as in every act on its enrolments.
    ///
    /// # Errors
    /// [`TrainingError::NotFound`], what the database answers.
    pub async fn locked(tx: &Tx, id: TrainingSessionId) -> Result<Self, TrainingError> {
        let seats = training_tally::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
        let _locked = seats.ok_or(TrainingError::NotFound)?;
        let found = training_session::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
        Self::around(tx.conn(), found.ok_or(TrainingError::NotFound)?).await
    }

    /// The session of a key, if the actor may see it.
    ///
    /// # Errors
    /// [`TrainingError::NotFound`], what the database answers.
    pub async fn get(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        id: TrainingSessionId,
    ) -> Result<Self, TrainingError> {
        Self::one(conn, actor, Condition::all().add(training_session::Column::Id.eq(id))).await
    }

    /// The session of a number, if the actor may see it.
    ///
    /// # Errors
    /// [`TrainingError::NotFound`], what the database answers.
    pub async fn by_number(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        number: &str,
    ) -> Result<Self, TrainingError> {
        Self::one(conn, actor, Condition::all().add(training_session::Column::Number.eq(number))).await
    }

    async fn one(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        which: Condition,
    ) -> Result<Self, TrainingError> {
        let select = training_session::Entity::find().filter(visible::training_sessions(actor)).filter(which);
        let found = select.one(conn).await?;
        Self::around(conn, found.ok_or(TrainingError::NotFound)?).await
    }

    /// What is around a session.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn around(
        conn: &impl ConnectionTrait,
        session: training_session::Model,
    ) -> Result<Self, TrainingError> {
        let programme = programme::Entity::find_by_id(session.programme_id).one(conn).await?;
        let version = programme_version::Entity::find_by_id(session.programme_version_id).one(conn).await?;
        let structure = match session.structure_id {
            Some(id) => structure::Entity::find_by_id(id).one(conn).await?,
            None => None,
        };
        let slots = slots_of(conn, session.id).await?;
        let wanted: HashSet<TrainingRoomId> =
            slots.iter().filter_map(|slot| slot.row.room_id).chain(session.room_id).collect();
        let rooms =
            training_room::Entity::find().filter(training_room::Column::Id.is_in(wanted)).all(conn).await?;
        let tally = training_tally::Entity::find_by_id(session.id).one(conn).await?;
        let subcontract = training_subcontract::Entity::find()
            .filter(training_subcontract::Column::SessionId.eq(session.id))
            .filter(training_subcontract::Column::EndedAt.is_null())
            .one(conn)
            .await?;
        Ok(Self {
            programme: programme.ok_or(TrainingError::NotFound)?,
            version: version.ok_or(TrainingError::NotFound)?,
            structure,
            rooms: rooms.into_iter().map(|room| (room.id, room)).collect(),
            slots,
            tally: tally.ok_or(TrainingError::NotFound)?,
            subcontract,
            people: people_of(conn, session.id).await?,
            session,
        })
    }

    /// What the policy looks at; whoever teaches is told by their own key.
    #[must_use]
    pub fn facts(&self, actor: &Actor) -> Facts {
        let own = actor.expert().filter(|own| self.trainers().contains(own));
        Facts { expert: own, ..facts(&self.session) }
    }

    /// Refuses a version that is no longer the one of the person.
    ///
    /// # Errors
    /// [`TrainingError::Stale`].
    pub fn check_version(&self, seen: Option<i32>) -> Result<(), TrainingError> {
        if seen.is_some_and(|seen| seen != self.session.version) { Err(TrainingError::Stale) } else { Ok(()) }
    }

    /// The line of the table for a step now.
    ///
    /// # Errors
    /// The state does not allow it.
    pub fn next(&self, step: Step) -> Result<&'static Transition, TrainingError> {
        Ok(state::TABLE.next(self.session.state, step)?)
    }

    /// Everybody who teaches, each once, in the order of their half-days.
    #[must_use]
    pub fn trainers(&self) -> Vec<ExpertId> {
        let mut found = Vec::new();
        for one in self.slots.iter().flat_map(|slot| &slot.trainers) {
            if !found.contains(&one.row.expert_id) {
                found.push(one.row.expert_id);
            }
        }
        found
    }

    /// The half-days of somebody, oldest first.
    pub fn slots_of(&self, person: ExpertId) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(move |slot| slot.trainers.iter().any(|one| one.row.expert_id == person))
    }

    /// The seats.
    #[must_use]
    pub fn seats(&self) -> Tally {
        let count = |number: i32| u32::try_from(number).unwrap_or_default();
        Tally {
            seats: count(self.tally.seats),
            held: count(self.tally.held),
            waiting: count(self.tally.waiting),
        }
    }

    /// The room of a half-day, its own or that of the session.
    #[must_use]
    pub fn room_of(&self, slot: &Slot) -> Option<&training_room::Model> {
        let id = slot.row.room_id.or(self.session.room_id)?;
        self.rooms.get(&id)
    }

    /// Half-days on site without a room: an address is enough where a structure or another body receives.
    #[must_use]
    pub fn without_room(&self) -> u32 {
        let received = self.session.kind == SessionKind::OnSite || self.session.delivery != Delivery::Own;
        let addressed = received && !self.session.place.is_empty();
        let lacks = |slot: &&Slot| slot.is_on_site() && self.room_of(slot).is_none() && !addressed;
        count(self.slots.iter().filter(lacks).count())
    }

    /// Half-days where nobody teaches; whoever delivers it for the body names theirs.
    #[must_use]
    pub fn without_trainer(&self) -> u32 {
        if self.session.delivery == Delivery::Entrusted {
            return 0;
        }
        count(self.slots.iter().filter(|slot| slot.trainers.is_empty()).count())
    }

    /// Address of its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/sessions/{}", self.session.number)
    }
}

/// A number of things.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What the policy needs to know of a session: one at a distance is in every region.
#[must_use]
pub fn facts(session: &training_session::Model) -> Facts {
    let region = Some(session.region.clone()).filter(|region| !region.is_empty());
    Facts { structure: session.structure_id, region, ..Facts::default() }
}

async fn slots_of(conn: &impl ConnectionTrait, id: TrainingSessionId) -> Result<Vec<Slot>, TrainingError> {
    let rows = training_slot::Entity::find()
        .filter(training_slot::Column::SessionId.eq(id))
        .filter(training_slot::Column::DroppedAt.is_null())
        .order_by_asc(training_slot::Column::StartsAt)
        .all(conn)
        .await?;
    let trainers = training_trainer::Entity::find()
        .filter(training_trainer::Column::SlotId.is_in(rows.iter().map(|row| row.id)))
        .filter(training_trainer::Column::RemovedAt.is_null())
        .order_by_asc(training_trainer::Column::Id)
        .all(conn)
        .await?;
    let people = expert::Entity::find()
        .filter(expert::Column::Id.is_in(trainers.iter().map(|row| row.expert_id)))
        .all(conn)
        .await?;
    let people: HashMap<ExpertId, expert::Model> = people.into_iter().map(|row| (row.id, row)).collect();
    let mut by_slot: HashMap<TrainingSlotId, Vec<Teaching>> = HashMap::new();
    for row in trainers {
        if let Some(expert) = people.get(&row.expert_id).cloned() {
            by_slot.entry(row.slot_id).or_default().push(Teaching { row, expert });
        }
    }
    let with = |row: training_slot::Model| {
        let trainers = by_slot.remove(&row.id).unwrap_or_default();
        Slot { row, trainers }
    };
    Ok(rows.into_iter().map(with).collect())
}

async fn people_of(
    conn: &impl ConnectionTrait,
    id: TrainingSessionId,
) -> Result<Vec<Enrolled>, TrainingError> {
    use enrolment::Column;
    let rows: Vec<(EnrolmentId, EnrolmentState, Option<entity::Instant>)> = enrolment::Entity::find()
        .select_only()
        .columns([Column::Id, Column::State, Column::EmailConfirmedAt])
        .filter(Column::SessionId.eq(id))
        .filter(Column::State.is_in(LIVE))
        .order_by_asc(Column::Seq)
        .into_tuple()
        .all(conn)
        .await?;
    let one = |(id, state, confirmed): (EnrolmentId, EnrolmentState, Option<entity::Instant>)| Enrolled {
        id,
        state,
        confirmed: confirmed.is_some(),
    };
    Ok(rows.into_iter().map(one).collect())
}

/// The days of a session on which somebody does not hold the right that its programme asks for.
///
/// # Errors
/// What the database answers.
pub async fn days_without_right(
    conn: &impl ConnectionTrait,
    programme: &programme::Model,
    person: ExpertId,
    days: &[Date],
) -> Result<Vec<Date>, db::Error> {
    if programme.trainer_right == TrainerRight::None {
        return Ok(Vec::new());
    }
    let held = rights::queries::of_holders(conn, HolderKind::Expert, &[person.0]).await?;
    let held = held.get(&person.0).map_or(&[][..], Vec::as_slice);
    let taught = Duty::Epsp.word();
    let teaches = |right: &&rights::Held| {
        right.right.kind == RightKind::Habilitation && right.scope().next() == Some(taught.as_str())
    };
    let mut lacking: Vec<Date> = Vec::new();
    for day in days {
        let valid = held.iter().filter(teaches).any(|right| right.valid_on(*day));
        if !valid && !lacking.contains(day) {
            lacking.push(*day);
        }
    }
    Ok(lacking)
}
