//! The people of the training sessions, in every state: rows as the actions leave them, without the messages of a year. What
//! the seats of a session say is what its rows say.

mod beside;
mod people;
mod rows;

use std::collections::HashMap;

use anyhow::Context;
use entity::enrolment::{self, EnrolmentState};
use entity::enrolment_offer::{self, OfferState};
use entity::ids::{StructureId, TrainingBuyerId};
use entity::training_buyer::{self, BuyerKind};
use entity::training_session::{self, SessionState};
use entity::{site, structure, training_tally};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use self::people::{People, Somebody};
use self::rows::{Told, state_of};
use super::Stage;
use super::requests::Story;
use crate::features::enrolments::state::takes_seat;

/// How many people are enrolled, over all the sessions.
const TOTAL: usize = 600;
/// Rows written at once.
const AT_ONCE: usize = 100;
/// Of five people, one pays for themselves.
const ALONE: usize = 5;
/// Of so many sessions to come, one is asked for by more people than it has seats; how many.
const SOUGHT: usize = 4;
const CROWD: usize = 19;

/// Enrols people in the sessions that there are.
pub(super) async fn load(story: &Story<'_>) -> anyhow::Result<()> {
    let stage = story.stage;
    let sessions = training_session::Entity::find()
        .filter(training_session::Column::State.ne(SessionState::Project))
        .order_by_asc(training_session::Column::StartsAt)
        .order_by_asc(training_session::Column::Id)
        .all(stage.app.db.bookkeeping())
        .await?;
    fill(stage, &sessions, TOTAL).await?;
    beside::write(stage, &sessions).await.context("needs and assessments")?;
    Box::pin(beside::adapt(story)).await.context("a measure")
}

/// Whether people may still come to a session.
const fn is_coming(session: SessionState) -> bool {
    matches!(session, SessionState::Open | SessionState::Confirmed)
}

/// Enrols so many people in some sessions, as evenly as may be.
async fn fill(stage: &Stage<'_>, sessions: &[training_session::Model], total: usize) -> anyhow::Result<()> {
    let mut people = People::read().context("enrolments.toml")?;
    let payers = payers(stage).await?;
    let (mut left, mut coming) = (total, 0);
    for (place, session) in sessions.iter().enumerate() {
        let mut wanted = left / (sessions.len() - place);
        if is_coming(session.state) {
            coming += 1;
            if coming % SOUGHT == 1 {
                wanted = CROWD.min(left);
            }
        }
        left -= wanted;
        let mut room = Room::of(stage, session).await?;
        for number in 0..wanted {
            let own = payers.iter().find(|payer| session.structure_id == Some(payer.structure.id));
            let payer = own.or_else(|| payers.get((place + number) % payers.len().max(1)));
            room.enrol(stage, people.next(number), payer)?;
        }
        room.write(stage).await.with_context(|| session.number.clone())?;
    }
    Ok(())
}

/// A structure that pays for people, with the SIRET of its seat.
struct Payer {
    structure: structure::Model,
    siret: String,
}

async fn payers(stage: &Stage<'_>) -> anyhow::Result<Vec<Payer>> {
    let conn = stage.app.db.bookkeeping();
    let structures = structure::Entity::find().order_by_asc(structure::Column::Siren).all(conn).await?;
    let seats = site::Entity::find().filter(site::Column::IsSeat.eq(true)).all(conn).await?;
    let seats: HashMap<StructureId, String> =
        seats.into_iter().map(|site| (site.structure_id, site.siret)).collect();
    let payer = |structure: structure::Model| {
        let siret = seats.get(&structure.id).cloned()?;
        Some(Payer { structure, siret })
    };
    Ok(structures.into_iter().filter_map(payer).collect())
}

/// A session that fills.
struct Room<'a> {
    session: &'a training_session::Model,
    tally: training_tally::Model,
    rows: Vec<enrolment::Model>,
    buyers: Vec<training_buyer::Model>,
    offers: Vec<enrolment_offer::Model>,
}

impl<'a> Room<'a> {
    async fn of(stage: &Stage<'_>, session: &'a training_session::Model) -> anyhow::Result<Self> {
        let found = training_tally::Entity::find_by_id(session.id).one(stage.app.db.bookkeeping()).await?;
        let tally = found.with_context(|| format!("no seats: {}", session.number))?;
        Ok(Self { session, tally, rows: Vec::new(), buyers: Vec::new(), offers: Vec::new() })
    }

    /// One person more, in the state that their turn gives, or in the waiting list when no seat is left.
    fn enrol(&mut self, stage: &Stage<'_>, person: Somebody, payer: Option<&Payer>) -> anyhow::Result<()> {
        let turn = self.rows.len();
        // nobody pays for themselves where a structure has the session held
        let alone = self.session.structure_id.is_none() && turn.is_multiple_of(ALONE);
        let payer = payer.filter(|_| !alone);
        let mut state = state_of(self.session.state, turn);
        if state == EnrolmentState::Contracted && payer.is_some() {
            // a convention confirms at once
            state = EnrolmentState::Confirmed;
        }
        let full = self.tally.held >= self.tally.seats;
        let coming = is_coming(self.session.state);
        if takes_seat(state) && full {
            state = if coming { EnrolmentState::Waitlisted } else { EnrolmentState::CancelledByClient };
        }
        // nobody takes a seat while somebody waits
        if coming && takes_seat(state) && self.tally.waiting > 0 {
            state = EnrolmentState::Waitlisted;
        }
        self.tally.last_seq += 1;
        if takes_seat(state) {
            self.tally.held += 1;
        }
        let rank = (state == EnrolmentState::Waitlisted).then(|| {
            self.tally.waiting += 1;
            self.tally.waiting
        });
        let buyer = self.buyer(stage, &person, payer);
        let told = Told {
            now: stage.clock.real_now(),
            session: self.session,
            seq: self.tally.last_seq,
            state,
            rank,
            buyer,
            structure: payer.map(|payer| payer.structure.id),
        };
        let row = rows::row(stage.app, &told, person)?;
        if state == EnrolmentState::Offered {
            self.offers.push(enrolment_offer::Model {
                id: stage.app.new_id().into(),
                enrolment_id: row.id,
                state: OfferState::Open,
                offered_at: row.created_at,
                expires_at: row.deadline_at.unwrap_or(row.created_at),
                answered_at: None,
            });
        }
        self.rows.push(row);
        Ok(())
    }

    /// The structure that pays, once in the session, or the person.
    fn buyer(&mut self, stage: &Stage<'_>, person: &Somebody, payer: Option<&Payer>) -> TrainingBuyerId {
        let siret = payer.map(|payer| payer.siret.clone()).unwrap_or_default();
        if let Some(known) = self.buyers.iter().find(|one| !siret.is_empty() && one.siret == siret) {
            return known.id;
        }
        let id = stage.app.new_id().into();
        let row = training_buyer::Model {
            id,
            session_id: self.session.id,
            kind: BuyerKind::Individual,
            structure_id: None,
            name: format!("{} {}", person.first_names, person.family_name),
            siret,
            address: String::new(),
            contact_name: String::new(),
            email: person.email.clone(),
            phone: String::new(),
            created_at: stage.app.now().into(),
            erased_at: None,
            version: 1,
        };
        self.buyers.push(match payer.map(|payer| &payer.structure) {
            Some(own) => training_buyer::Model {
                kind: BuyerKind::Employer,
                structure_id: Some(own.id),
                name: own.name.clone(),
                address: format!("{}\n{} {}", own.address, own.postal_code, own.commune),
                contact_name: own.contact_name.clone(),
                email: own.contact_email.clone(),
                phone: own.contact_phone.clone().unwrap_or_default(),
                ..row
            },
            None => row,
        });
        id
    }

    async fn write(self, stage: &Stage<'_>) -> anyhow::Result<()> {
        let conn = stage.app.db.bookkeeping();
        for lot in self.buyers.chunks(AT_ONCE) {
            let lot = lot.iter().cloned().map(|row| row.into_active_model().reset_all());
            training_buyer::Entity::insert_many(lot).exec_without_returning(conn).await?;
        }
        for lot in self.rows.chunks(AT_ONCE) {
            let lot = lot.iter().cloned().map(|row| row.into_active_model().reset_all());
            enrolment::Entity::insert_many(lot).exec_without_returning(conn).await?;
        }
        for offer in self.offers {
            let row = offer.into_active_model().reset_all();
            enrolment_offer::Entity::insert(row).exec_without_returning(conn).await?;
        }
        training_tally::Entity::update(self.tally.into_active_model().reset_all()).exec(conn).await?;
        Ok(())
    }
}
