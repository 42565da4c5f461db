//! Enrols people in a session: a seat each while there are, then a place in the waiting list. All of them, or none.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::enrolment::{self, EnrolmentState, EnrolmentWay};
use entity::enrolment_link::LinkPurpose;
use entity::ids::{StructureId, TrainingBuyerId, TrainingSessionId};
use entity::training_buyer::{self, BuyerKind};
use entity::{site, structure, training_session};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use time::OffsetDateTime;

use super::make_link;
use crate::authz::{Facts, Permission};
use crate::db::{self, Tx};
use crate::error::Fault;
use crate::features::enrolments::dossier::{facts_of, is_open, is_past, session_of, within};
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::{EnrolmentEvent, What};
use crate::features::enrolments::input::{NewBuyer, NewPerson};
use crate::features::enrolments::labels;
use crate::features::enrolments::seats::Seats;
use crate::features::enrolments::state::{BEGINS, is_live};
use crate::features::settings;
use crate::rules::fold::{fold, searchable};
use crate::rules::training::seats::{Place, places};
use crate::rules::training::waiting_list::{Priority, Waiting, WaitingRules, rank};

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
    let mut seats = Seats::lock(tx, session).await?;
    let session = session_of(tx, session).await?;
    let structure = structure_of(tx, &asked.buyer).await?;
    let facts = Facts { structure, ..facts_of(&session) };
    let permission =
        if way == EnrolmentWay::Public { Permission::EnrolmentAsk } else { Permission::EnrolmentCreate };
    let grant = tx.authorize(permission, &facts)?;
    let by_team = matches!(way, EnrolmentWay::Staff | EnrolmentWay::Import);
    let open = if by_team { !is_past(&session, tx.now()) } else { is_open(&session, tx.now()) };
    if !open {
        return Err(EnrolmentError::Closed);
    }
    let keys = keys_of(tx, asked)?;
    refuse_twice(tx, &session, &keys).await?;
    let buyer = buyer_of(tx, &session, &asked.buyer, structure).await?;
    let rules = settings::enrolment_rules(tx.conn()).await?;
    let until = within(&session, tx.now(), rules.hold_hours, &rules)?;
    let people = u32::try_from(asked.people.len()).unwrap_or(u32::MAX);
    let mut enrolled = Vec::new();
    for ((place, person), key) in places(people, seats.tally()).into_iter().zip(&asked.people).zip(keys) {
        let mut row = begun(tx, &session, (way, buyer, structure), asked, person, key);
        row.seq = seats.next_seq();
        match place {
            Place::Held => hold(&mut row, &mut seats, until),
            Place::Waiting(_) => row.rank = Some(wait(tx, &session, &mut seats, &row).await?),
        }
        row.search =
            searchable(&format!("{} {} {}-{}", row.family_name, row.first_names, session.number, row.seq));
        insert(tx, &row).await?;
        enrolled.push(row);
    }
    seats.save(tx).await?;
    for row in &enrolled {
        let link = make_link(tx, row.id, LinkPurpose::Confirm, None).await?;
        let begins = BEGINS.iter().find(|(state, _, _)| *state == row.state);
        let (_, name, code) = begins.copied().unwrap_or(BEGINS[0]);
        let event = EnrolmentEvent {
            enrolment: row.clone(),
            session: session.clone(),
            link: Some(link),
            what: What::Began(name, code),
        };
        tx.record(&grant, &event).await?;
    }
    Ok(enrolled)
}

fn hold(row: &mut enrolment::Model, seats: &mut Seats, until: OffsetDateTime) {
    seats.take();
    row.state = EnrolmentState::Held;
    row.held_until = Some(until.into());
    row.deadline_at = row.held_until;
}

/// The rank of somebody new, as the published rule says; those behind go one further.
async fn wait(
    tx: &Tx,
    session: &training_session::Model,
    seats: &mut Seats,
    row: &enrolment::Model,
) -> Result<i32, EnrolmentError> {
    let rules = settings::waiting_rules(tx.conn()).await?;
    if rules.priorities.first() == Some(&Priority::Arrival) {
        return Ok(seats.queue());
    }
    let place = i32::try_from(rank_among(tx, session, row, &rules).await?).unwrap_or(i32::MAX);
    seats.enter_queue(tx, place).await?;
    Ok(place)
}

async fn rank_among(
    tx: &Tx,
    session: &training_session::Model,
    row: &enrolment::Model,
    rules: &WaitingRules,
) -> Result<u32, EnrolmentError> {
    use enrolment::Column;
    let of_session =
        enrolment::Entity::find().filter(Column::SessionId.eq(session.id)).all(tx.conn()).await?;
    let mut share: HashMap<StructureId, u32> = HashMap::new();
    let seated = of_session.iter().filter(|one| is_live(one.state) && one.rank.is_none());
    for structure in seated.filter_map(|one| one.structure_id) {
        *share.entry(structure).or_default() += 1;
    }
    let overseas = crate::rules::territory::is_overseas(&session.department);
    let homes = regions_of(tx, &of_session, row).await?;
    let weighed = |one: &enrolment::Model| Waiting {
        key: one.seq,
        seq: one.seq,
        share: one.structure_id.and_then(|id| share.get(&id).copied()).unwrap_or_default(),
        local: overseas && one.structure_id.and_then(|id| homes.get(&id)) == Some(&session.region),
    };
    let waiting: Vec<Waiting<i32>> =
        of_session.iter().filter(|one| one.rank.is_some()).map(weighed).collect();
    Ok(rank(&weighed(row), &waiting, rules))
}

/// The regions of the structures of those who wait.
async fn regions_of(
    tx: &Tx,
    rows: &[enrolment::Model],
    row: &enrolment::Model,
) -> Result<HashMap<StructureId, String>, EnrolmentError> {
    let ids = rows.iter().chain(std::iter::once(row)).filter_map(|one| one.structure_id);
    let ids: Vec<StructureId> = ids.collect();
    let found = structure::Entity::find().filter(structure::Column::Id.is_in(ids)).all(tx.conn()).await?;
    Ok(found.into_iter().map(|one| (one.id, one.region)).collect())
}

/// What tells one person from another, for each: their folded names and their date of birth, under the key of the
/// installation.
fn keys_of(tx: &Tx, asked: &Asked) -> Result<Vec<String>, EnrolmentError> {
    let key = |person: &NewPerson| -> Result<String, EnrolmentError> {
        let first = fold(person.first_names.as_str());
        let first = first.split(' ').next().unwrap_or_default();
        let text = format!("{}|{first}|{}", fold(person.family_name.as_str()), person.birth_date);
        let hash = tx.app().keyed_hash("enrolments.person", &text)?;
        Ok(URL_SAFE_NO_PAD.encode(hash))
    };
    asked.people.iter().map(key).collect()
}

/// Refuses people who are named twice, or enrolled already.
async fn refuse_twice(
    tx: &Tx,
    session: &training_session::Model,
    keys: &[String],
) -> Result<(), EnrolmentError> {
    use enrolment::Column;
    if keys.is_empty() {
        return Err(vec![Fault::new("/people", "missing", labels::NOBODY)].into());
    }
    let known = enrolment::Entity::find()
        .filter(Column::SessionId.eq(session.id))
        .filter(Column::PersonKey.is_in(keys.iter().cloned()))
        .filter(Column::State.is_in(EnrolmentState::all().filter(|state| is_live(*state))))
        .all(tx.conn())
        .await?;
    let twice = |position: usize, key: &String| {
        keys[..position].contains(key) || known.iter().any(|one| one.person_key == *key)
    };
    let faults: Vec<Fault> = keys
        .iter()
        .enumerate()
        .filter(|(position, key)| twice(*position, key))
        .map(|(position, _)| Fault::new(format!("/people/{position}"), "enrolled-already", labels::TWICE))
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
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
    use training_buyer::Column;
    let siret = new.siret.map(|siret| siret.to_string()).unwrap_or_default();
    if new.kind == BuyerKind::Employer {
        let known = training_buyer::Entity::find()
            .filter(Column::SessionId.eq(session.id))
            .filter(Column::Siret.eq(siret.clone()))
            .one(tx.conn())
            .await?;
        if let Some(known) = known {
            return Ok(known.id);
        }
    }
    let row = training_buyer::Model {
        id: tx.new_id(),
        session_id: session.id,
        kind: new.kind,
        structure_id: structure,
        name: new.name.clone(),
        siret,
        address: new.address.clone(),
        contact_name: new.contact_name.clone(),
        email: new.email.clone(),
        phone: new.phone.clone(),
        created_at: tx.instant(),
        erased_at: None,
        version: 1,
    };
    let id = row.id;
    let row = row.into_active_model().reset_all();
    training_buyer::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(id)
}

/// The row of somebody new, who waits until a seat is given.
fn begun(
    tx: &Tx,
    session: &training_session::Model,
    (way, buyer, structure): (EnrolmentWay, TrainingBuyerId, Option<StructureId>),
    asked: &Asked,
    person: &NewPerson,
    key: String,
) -> enrolment::Model {
    enrolment::Model {
        id: tx.new_id(),
        session_id: session.id,
        seq: 0,
        state: EnrolmentState::Waitlisted,
        way,
        buyer_id: buyer,
        structure_id: structure,
        account_id: None,
        family_name: person.family_name.as_str().to_owned(),
        first_names: person.first_names.as_str().to_owned(),
        birth_date: person.birth_date.to_string(),
        person_key: key,
        email: person.email.as_str().to_owned(),
        phone: person.phone.clone(),
        postal_address: person.postal_address.clone(),
        job: person.job.clone(),
        status: asked.buyer.usual_status(),
        guardian_name: person.guardian.name.clone(),
        guardian_email: person.guardian.email.clone(),
        guardian_phone: person.guardian.phone.clone(),
        adaptation_asked: person.needs_adaptation,
        consented_at: tx.instant(),
        rank: None,
        waiting_since: Some(tx.instant()),
        held_until: None,
        email_confirmed_at: None,
        positioned_at: None,
        contracted_at: None,
        remote_contract: false,
        withdrawal_until: None,
        confirmed_at: None,
        summoned_at: None,
        ended_at: None,
        cause: None,
        reason: None,
        price_cents: session.price_cents,
        fee_cents: None,
        replaces_id: None,
        moved_from_id: None,
        deadline_at: None,
        external_ref: None,
        created_by: tx.actor().account_id(),
        created_at: tx.instant(),
        erased_at: None,
        version: 1,
        search: String::new(),
    }
}

async fn insert(tx: &Tx, row: &enrolment::Model) -> Result<(), EnrolmentError> {
    let active = row.clone().into_active_model().reset_all();
    let inserted = enrolment::Entity::insert(active).exec_without_returning(tx.conn()).await;
    inserted.map(|_| ()).map_err(|error| {
        if db::breaks(&error, "enrolment_person_once") {
            vec![Fault::new("/people", "enrolled-already", labels::TWICE)].into()
        } else {
            error.into()
        }
    })
}
