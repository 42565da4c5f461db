//! Enrols people in a session: a seat each while there are, then a place in the waiting list. All of them, or none.

use entity::enrolment::{self, EnrolmentWay};
use entity::enrolment_link::LinkPurpose;
use entity::ids::{StructureId, TrainingBuyerId, TrainingSessionId};
use entity::training_buyer::{self, BuyerKind};
use entity::{site, training_session};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use time::OffsetDateTime;

use super::begin::{Origin, begun, hold, insert, keys_of, refuse_twice, wait};
use super::make_link;
use crate::authz::{Facts, Grant, Permission};
use crate::db::Tx;
use crate::features::enrolments::dossier::{facts_of, is_open, is_past, session_of, within};
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::{EnrolmentEvent, What};
use crate::features::enrolments::input::{NewBuyer, NewPerson};
use crate::features::enrolments::seats::Seats;
use crate::features::enrolments::state::{Step, TABLE};
use crate::features::settings;
use crate::rules::training::seats::{Place, allotment, places};

/// People to enrol, and who pays for them.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Who pays.
    pub buyer: NewBuyer,
    /// The people, in the order of their coming.
    pub people: Vec<NewPerson>,
}

/// Enrols people. Each is written to, with the link that confirms their address.
///
/// The public form and its API act for the program; a structure, the team and their tokens act for themselves.
///
/// # Errors
/// [`EnrolmentError::Closed`]; somebody who is enrolled already, each under `/people/n`; the refusal of the policy, what
/// the database answers.
pub async fn enrol(
    tx: &mut Tx,
    session: TrainingSessionId,
    way: EnrolmentWay,
    asked: &Asked,
) -> Result<Vec<enrolment::Model>, EnrolmentError> {
    let opened = Opened::of(tx, session, way, asked).await?;
    seat_everybody(tx, opened, asked).await
}

/// The same, for who was shown how many would wait: nothing is done when more of them would.
///
/// # Errors
/// [`EnrolmentError::SeatsGone`], which says what would be done now; those of [`enrol`].
pub async fn enrol_as_shown(
    tx: &mut Tx,
    session: TrainingSessionId,
    way: EnrolmentWay,
    asked: &Asked,
    shown_waiting: u32,
) -> Result<Vec<enrolment::Model>, EnrolmentError> {
    let opened = Opened::of(tx, session, way, asked).await?;
    let people = u32::try_from(asked.people.len()).unwrap_or(u32::MAX);
    let (held, waiting) = allotment(people, opened.seats.tally());
    if waiting > shown_waiting {
        return Err(EnrolmentError::SeatsGone { held, waiting });
    }
    seat_everybody(tx, opened, asked).await
}

/// Records requests that the team looks at before anybody has a seat or waits.
///
/// # Errors
/// Those of [`enrol`].
pub async fn request(
    tx: &mut Tx,
    session: TrainingSessionId,
    way: EnrolmentWay,
    asked: &Asked,
) -> Result<Vec<enrolment::Model>, EnrolmentError> {
    let mut opened = Opened::of(tx, session, way, asked).await?;
    let keys = std::mem::take(&mut opened.keys);
    let mut enrolled = Vec::new();
    for (person, key) in asked.people.iter().zip(keys) {
        let row = begun(tx, &opened.session, opened.origin, person, key, &mut opened.seats);
        insert(tx, &row).await?;
        enrolled.push(row);
    }
    opened.seats.save(tx).await?;
    tell(tx, &opened.grant, &opened.session, &enrolled, Some(Step::Ask)).await?;
    Ok(enrolled)
}

/// A session in which people may be enrolled: its seats are locked, the right was given, nobody comes twice.
struct Opened {
    seats: Seats,
    session: training_session::Model,
    grant: Grant,
    origin: Origin,
    keys: Vec<String>,
}

impl Opened {
    async fn of(
        tx: &Tx,
        session: TrainingSessionId,
        way: EnrolmentWay,
        asked: &Asked,
    ) -> Result<Self, EnrolmentError> {
        let seats = Seats::lock(tx, session).await?;
        let session = session_of(tx, session).await?;
        let structure = structure_of(tx, &asked.buyer).await?;
        let facts = Facts { structure, ..facts_of(&session) };
        let permission =
            if way == EnrolmentWay::Public { Permission::EnrolmentAsk } else { Permission::EnrolmentCreate };
        let grant = tx.authorize(permission, &facts)?;
        let by_team = matches!(way, EnrolmentWay::Staff | EnrolmentWay::Import)
            || (way == EnrolmentWay::Api && tx.actor().is_staff());
        // a session held for one structure is nobody else's
        if !by_team && session.structure_id.is_some() && session.structure_id != structure {
            return Err(EnrolmentError::NotFound);
        }
        let open = if by_team { !is_past(&session, tx.now()) } else { is_open(&session, tx.now()) };
        if !open {
            return Err(EnrolmentError::Closed);
        }
        let keys = keys_of(tx, &asked.people)?;
        refuse_twice(tx, &session, &keys).await?;
        let buyer = buyer_of(tx, &session, &asked.buyer, structure).await?;
        let origin = Origin { way, buyer, structure, status: asked.buyer.usual_status() };
        Ok(Self { seats, session, grant, origin, keys })
    }
}

async fn seat_everybody(
    tx: &mut Tx,
    opened: Opened,
    asked: &Asked,
) -> Result<Vec<enrolment::Model>, EnrolmentError> {
    let Opened { mut seats, session, grant, origin, keys } = opened;
    let until = first_hold(tx, &session).await?;
    let people = u32::try_from(asked.people.len()).unwrap_or(u32::MAX);
    let mut enrolled = Vec::new();
    for ((place, person), key) in places(people, seats.tally()).into_iter().zip(&asked.people).zip(keys) {
        let mut row = begun(tx, &session, origin, person, key, &mut seats);
        match place {
            Place::Held => hold(&mut row, &mut seats, until),
            Place::Waiting(_) => queue(tx, &session, &mut seats, &mut row).await?,
        }
        insert(tx, &row).await?;
        enrolled.push(row);
    }
    seats.save(tx).await?;
    tell(tx, &grant, &session, &enrolled, None).await?;
    Ok(enrolled)
}

/// Puts a row into the waiting list.
pub(super) async fn queue(
    tx: &Tx,
    session: &training_session::Model,
    seats: &mut Seats,
    row: &mut enrolment::Model,
) -> Result<(), EnrolmentError> {
    row.waiting_since = Some(tx.instant());
    row.rank = Some(wait(tx, session, seats, row).await?);
    row.state = enrolment::EnrolmentState::Waitlisted;
    Ok(())
}

/// Until when a seat is held before anybody confirmed it.
pub(super) async fn first_hold(
    tx: &Tx,
    session: &training_session::Model,
) -> Result<OffsetDateTime, EnrolmentError> {
    let rules = settings::enrolment_rules(tx.conn()).await?;
    within(session, tx.now(), rules.hold_hours, &rules)
}

/// Records how each began, with the link that confirms the address; the step is that of the state unless it is given.
pub(super) async fn tell(
    tx: &mut Tx,
    grant: &Grant,
    session: &training_session::Model,
    enrolled: &[enrolment::Model],
    step: Option<Step>,
) -> Result<(), EnrolmentError> {
    for row in enrolled {
        let step = step.unwrap_or(if row.rank.is_some() { Step::Queue } else { Step::Hold });
        let line = TABLE.next(None, step)?;
        let link = make_link(tx, row.id, LinkPurpose::Confirm, None).await?;
        let event = EnrolmentEvent {
            enrolment: row.clone(),
            session: session.clone(),
            link: Some(link),
            what: What::Stepped(line),
        };
        tx.record(grant, &event).await?;
    }
    Ok(())
}

/// The structure of the network that has the SIRET of an employer, if it has one.
async fn structure_of(tx: &Tx, buyer: &NewBuyer) -> Result<Option<StructureId>, EnrolmentError> {
    let Some(siret) = buyer.siret else { return Ok(None) };
    let found = site::Entity::find().filter(site::Column::Siret.eq(siret.to_string())).one(tx.conn()).await?;
    Ok(found.map(|site| site.structure_id))
}

/// The buyer in this session: the same employer is one.
async fn buyer_of(
    tx: &Tx,
    session: &training_session::Model,
    new: &NewBuyer,
    structure: Option<StructureId>,
) -> Result<TrainingBuyerId, EnrolmentError> {
    let row = training_buyer::Model {
        id: tx.new_id(),
        session_id: session.id,
        kind: new.kind,
        structure_id: structure,
        name: new.name.clone(),
        siret: new.siret.map(|siret| siret.to_string()).unwrap_or_default(),
        address: new.address.clone(),
        contact_name: new.contact_name.clone(),
        email: new.email.clone(),
        phone: new.phone.clone(),
        created_at: tx.instant(),
        erased_at: None,
        version: 1,
    };
    buyer_once(tx, row).await
}

/// The buyer of a session that is this employer already, or this row, written.
pub(super) async fn buyer_once(
    tx: &Tx,
    row: training_buyer::Model,
) -> Result<TrainingBuyerId, EnrolmentError> {
    use training_buyer::Column;
    if row.kind == BuyerKind::Employer {
        let known = training_buyer::Entity::find()
            .filter(Column::SessionId.eq(row.session_id))
            .filter(Column::Siret.eq(row.siret.clone()))
            .one(tx.conn())
            .await?;
        if let Some(known) = known {
            return Ok(known.id);
        }
    }
    let id = row.id;
    let row = row.into_active_model().reset_all();
    training_buyer::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(id)
}
