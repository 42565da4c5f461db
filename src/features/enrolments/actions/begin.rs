//! What every enrolment begins with: nobody twice, a row, a seat or a rank.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::enrolment::{self, EnrolmentState, EnrolmentWay, TraineeStatus};
use entity::ids::{StructureId, TrainingBuyerId};
use entity::{structure, training_session};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use time::OffsetDateTime;

use crate::db::{self, Tx};
use crate::error::Fault;
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::input::NewPerson;
use crate::features::enrolments::labels;
use crate::features::enrolments::seats::Seats;
use crate::features::enrolments::state::{is_live, takes_seat};
use crate::features::settings;
use crate::rules::fold::{fold, searchable};
use crate::rules::training::waiting_list::{Priority, Waiting, WaitingRules, rank};

/// What is the same for everybody who is enrolled at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    /// How they come.
    pub(super) way: EnrolmentWay,
    /// Who pays.
    pub(super) buyer: TrainingBuyerId,
    /// The structure of who pays.
    pub(super) structure: Option<StructureId>,
    /// What they are.
    pub(super) status: TraineeStatus,
}

/// Gives a seat to a row, which is held for a time.
pub(super) fn hold(row: &mut enrolment::Model, seats: &mut Seats, until: OffsetDateTime) {
    seats.take();
    row.state = EnrolmentState::Held;
    row.rank = None;
    row.held_until = Some(until.into());
    row.deadline_at = row.held_until;
}

/// The rank of somebody new, as the published rule says; those behind go one further.
pub(super) async fn wait(
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
    let seated = of_session.iter().filter(|one| takes_seat(one.state));
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
pub(super) fn keys_of(tx: &Tx, people: &[NewPerson]) -> Result<Vec<String>, EnrolmentError> {
    let key = |person: &NewPerson| -> Result<String, EnrolmentError> {
        let first = fold(person.first_names.as_str());
        let first = first.split(' ').next().unwrap_or_default();
        let text = format!("{}|{first}|{}", fold(person.family_name.as_str()), person.birth_date);
        let hash = tx.app().keyed_hash("enrolments.person", &text)?;
        Ok(URL_SAFE_NO_PAD.encode(hash))
    };
    people.iter().map(key).collect()
}

/// Refuses people who are named twice, or enrolled already.
pub(super) async fn refuse_twice(
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

/// The row of somebody new, a request that the team looks at until it is given a seat or a rank.
pub(super) fn begun(
    tx: &Tx,
    session: &training_session::Model,
    origin: Origin,
    person: &NewPerson,
    key: String,
    seats: &mut Seats,
) -> enrolment::Model {
    let seq = seats.next_seq();
    enrolment::Model {
        id: tx.new_id(),
        session_id: session.id,
        seq,
        state: EnrolmentState::Requested,
        way: origin.way,
        buyer_id: origin.buyer,
        structure_id: origin.structure,
        account_id: None,
        family_name: person.family_name.as_str().to_owned(),
        first_names: person.first_names.as_str().to_owned(),
        birth_date: person.birth_date.to_string(),
        person_key: key,
        email: person.email.as_str().to_owned(),
        phone: person.phone.clone(),
        postal_address: person.postal_address.clone(),
        job: person.job.clone(),
        status: origin.status,
        guardian_name: person.guardian.name.clone(),
        guardian_email: person.guardian.email.clone(),
        guardian_phone: person.guardian.phone.clone(),
        adaptation_asked: person.needs_adaptation,
        consented_at: tx.instant(),
        rank: None,
        waiting_since: None,
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
        search: sought(person.family_name.as_str(), person.first_names.as_str(), session, seq),
    }
}

/// What a list finds an enrolment by.
fn sought(family_name: &str, first_names: &str, session: &training_session::Model, seq: i32) -> String {
    searchable(&format!("{family_name} {first_names} {}-{seq}", session.number))
}

/// The row of the same person in another session, a request until it is given a seat or a rank.
pub(super) fn continued(
    tx: &Tx,
    session: &training_session::Model,
    from: &enrolment::Model,
    buyer: TrainingBuyerId,
    seats: &mut Seats,
) -> enrolment::Model {
    let seq = seats.next_seq();
    enrolment::Model {
        id: tx.new_id(),
        session_id: session.id,
        seq,
        state: EnrolmentState::Requested,
        buyer_id: buyer,
        rank: None,
        waiting_since: None,
        held_until: None,
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
        moved_from_id: Some(from.id),
        deadline_at: None,
        external_ref: None,
        created_by: tx.actor().account_id(),
        created_at: tx.instant(),
        version: 1,
        search: sought(&from.family_name, &from.first_names, session, seq),
        ..from.clone()
    }
}

/// Writes a row that begins.
pub(super) async fn insert(tx: &Tx, row: &enrolment::Model) -> Result<(), EnrolmentError> {
    let active = row.clone().into_active_model().reset_all();
    let inserted = enrolment::Entity::insert(active).exec_without_returning(tx.conn()).await;
    inserted.map(|_| ()).map_err(|error| {
        if db::breaks(&error, "enrolment_person_once") { twice("/people") } else { error.into() }
    })
}

/// The same person has an enrolment that stands in the session.
pub(super) fn twice(pointer: &str) -> EnrolmentError {
    vec![Fault::new(pointer, "enrolled-already", labels::TWICE)].into()
}
