//! Changes what a session says: its place, its seats, its price, its texts.

use entity::ids::TrainingSessionId;
use entity::{training_session, training_tally};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::events::{Change, OFFER_JOB, Told, What};
use super::super::input::{NewSession, TypedSession};
use super::super::state::may_change;
use super::super::{TrainingError, labels};
use super::create::{Place, enrolment_fault, said, seats_faults};
use super::{Opened, open, places};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Fault;

/// Changes what a session says; its programme, its number and its half-days stay. When its place changes, those who teach
/// and those who have a seat are told; when seats come free, those who wait are offered them.
///
/// # Errors
/// Every fault; a room that is taken; fewer seats than are held; the state, [`TrainingError::Stale`], the refusal of the
/// policy, what the database answers.
pub async fn edit(
    tx: &mut Tx,
    id: TrainingSessionId,
    seen: Option<i32>,
    typed: &TypedSession,
) -> Result<training_session::Model, TrainingError> {
    let mut opened = open(tx, id, seen, Permission::TrainingManage).await?;
    if !may_change(opened.whole.session.state) {
        return Err(TrainingError::Fixed);
    }
    let mut faults = Vec::new();
    let new = typed.read().map_err(|found| faults.extend(found)).ok();
    let place = Place::of(tx, typed, new.as_ref(), &mut faults).await?;
    let Some(new) = new else { return Err(faults.into()) };
    let before = opened.whole.session.clone();
    let seats_min = new.seats_min.unwrap_or(before.seats_min);
    let seats_max = new.seats_max.unwrap_or(before.seats_max);
    faults.extend(seats_faults((seats_min, seats_max), place.room.as_ref()));
    faults.extend(enrolment_fault(new.enrol_until, before.starts_on));
    let held = opened.whole.tally.held;
    if seats_max < held {
        let message = labels::faults::too_few_seats(held);
        faults.push(Fault::new("/seats_max", "fewer-than-held", message));
    }
    // The half-days were typed at the hour of the place.
    if place.zone != before.zone && !opened.whole.slots.is_empty() {
        faults.push(Fault::new("/department", "other-zone", labels::OTHER_ZONE));
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    write_seats(tx, &mut opened, seats_max).await?;
    let after = changed(&before, typed, &new, place, (seats_min, seats_max));
    let fields = fields(&before, &after);
    let moved = fields.contains(&"place");
    opened.save(tx, |session| *session = after).await?;
    opened.read_again(tx).await?;
    places::hold_rooms(tx, &opened.whole).await?;
    let told = if moved { Told::everybody(&opened.whole, Change::Moved) } else { Told::default() };
    let more = seats_max > before.seats_max && opened.whole.tally.waiting > 0;
    opened.record(tx, What::Edited(fields), told, more.then_some(OFFER_JOB)).await
}

async fn write_seats(tx: &Tx, opened: &mut Opened, seats: i32) -> Result<(), TrainingError> {
    let tally = &mut opened.whole.tally;
    if tally.seats != seats {
        tally.seats = seats;
        let row = tally.clone().into_active_model().reset_all();
        training_tally::Entity::update(row).exec(tx.conn()).await?;
    }
    Ok(())
}

fn changed(
    before: &training_session::Model,
    typed: &TypedSession,
    new: &NewSession,
    place: Place,
    (seats_min, seats_max): (i32, i32),
) -> training_session::Model {
    let moved = place.address != before.place || place.commune != before.commune;
    training_session::Model {
        kind: new.kind,
        delivery: new.delivery,
        public: typed.public,
        structure_id: typed.structure,
        modality: new.modality.unwrap_or(before.modality),
        access: said(&new.access, place.room.as_ref().map(|room| &room.access)),
        accessibility: said(&new.accessibility, place.room.as_ref().map(|room| &room.accessibility)),
        room_id: place.room.map(|room| room.id),
        place: place.address,
        commune: place.commune,
        department: place.department,
        region: place.region,
        zone: place.zone,
        remote_url: new.remote_url.clone(),
        to_bring: new.to_bring.clone(),
        enrol_until: new.enrol_until,
        seats_min,
        seats_max,
        price_cents: new.price_cents,
        price_note: new.price_note.clone(),
        funding_note: new.funding_note.clone(),
        eu_funded: typed.eu_funded,
        contact: new.contact.clone(),
        sequence: before.sequence + i32::from(moved),
        ..before.clone()
    }
}

/// What changed, by the names that the journal knows.
fn fields(before: &training_session::Model, after: &training_session::Model) -> Vec<&'static str> {
    let place = |row: &training_session::Model| (row.room_id, row.place.clone(), row.commune.clone());
    let checks = [
        (before.kind != after.kind, "kind"),
        (before.delivery != after.delivery, "delivery"),
        (before.public != after.public, "public"),
        (before.structure_id != after.structure_id, "structure_id"),
        (before.modality != after.modality, "modality"),
        (place(before) != place(after), "place"),
        (before.access != after.access, "access"),
        (before.accessibility != after.accessibility, "accessibility"),
        (before.remote_url != after.remote_url, "remote_url"),
        (before.to_bring != after.to_bring, "to_bring"),
        (before.enrol_until != after.enrol_until, "enrol_until"),
        (before.seats_min != after.seats_min, "seats_min"),
        (before.seats_max != after.seats_max, "seats_max"),
        (before.price_cents != after.price_cents, "price_cents"),
        (before.price_note != after.price_note, "price_note"),
        (before.funding_note != after.funding_note, "funding_note"),
        (before.eu_funded != after.eu_funded, "eu_funded"),
        (before.contact != after.contact, "contact"),
    ];
    checks.into_iter().filter(|(differs, _)| *differs).map(|(_, field)| field).collect()
}
