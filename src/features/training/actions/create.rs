//! Creates a session, or several at once.

use entity::ids::{TrainingRoomId, TrainingSessionId};
use entity::programme::{self, ProgrammeState};
use entity::programme_price::{self, PriceUnit};
use entity::programme_version::{self, VersionState};
use entity::training_handbook::HandbookKind;
use entity::training_session::{self, SessionState};
use entity::{structure, training_room, training_tally};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use time::Date;
use uuid::Uuid;

use super::super::events::{Told, What};
use super::super::input::{NewSession, TypedSession, TypedSlot, read_slots, series};
use super::super::load::Whole;
use super::super::state::BEGINS;
use super::super::{TrainingError, labels, wording};
use super::{Opened, places, plan};
use crate::authz::{Facts, Permission};
use crate::db::{Tx, next_number};
use crate::error::Fault;
use crate::features::programmes::queries::handbook_in_force;
use crate::features::settings;
use crate::rules::deadline::add_days;
use crate::rules::territory::PARIS;

/// Creates a session, under the next number of the year of its first day, `SES-2026-0001`: a project, which nobody sees
/// yet. What is left empty follows the programme.
///
/// # Errors
/// Every fault; a room that is taken; the refusal of the policy, what the database answers.
pub async fn create(
    tx: &mut Tx,
    typed: &TypedSession,
    slots: &[TypedSlot],
) -> Result<training_session::Model, TrainingError> {
    Box::pin(begin(tx, typed, slots, None)).await
}

/// Creates the sessions of a series: the same, each from its first day on. All of them, or none.
///
/// # Errors
/// The same.
pub async fn create_series(
    tx: &mut Tx,
    typed: &TypedSession,
    slots: &[TypedSlot],
    days: &[String],
) -> Result<Vec<training_session::Model>, TrainingError> {
    let _allowed = tx.authorize(Permission::TrainingManage, &facts_of(tx, typed).await?)?;
    let all = series(slots, days)?;
    let id: Uuid = tx.new_id();
    let mut created = Vec::with_capacity(all.len());
    for slots in all {
        created.push(Box::pin(begin(tx, typed, &slots, Some(id))).await?);
    }
    Ok(created)
}

/// What the policy looks at before anything is read.
async fn facts_of(tx: &Tx, typed: &TypedSession) -> Result<Facts, TrainingError> {
    let room = found_room(tx, typed.room).await?;
    let region = match &room {
        Some(room) => Some(room.region.clone()),
        None => typed.typed_department().and_then(|one| one.region).map(str::to_owned),
    };
    let region = region.filter(|region| !region.is_empty());
    Ok(Facts { structure: typed.structure, region, ..Facts::default() })
}

async fn found_room(
    tx: &Tx,
    id: Option<TrainingRoomId>,
) -> Result<Option<training_room::Model>, TrainingError> {
    match id {
        Some(id) => Ok(training_room::Entity::find_by_id(id).one(tx.conn()).await?),
        None => Ok(None),
    }
}

async fn begin(
    tx: &mut Tx,
    typed: &TypedSession,
    slots: &[TypedSlot],
    series: Option<Uuid>,
) -> Result<training_session::Model, TrainingError> {
    let grant = tx.authorize(Permission::TrainingManage, &facts_of(tx, typed).await?)?;
    let mut faults = Vec::new();
    let new = typed.read().map_err(|found| faults.extend(found)).ok();
    let sheet = sheet_of(tx, typed, &mut faults).await?;
    let place = Place::of(tx, typed, new.as_ref(), &mut faults).await?;
    let zone = place.zone.clone();
    let read = read_slots(slots, &zone, tx.app().today()).map_err(|found| faults.extend(found)).ok();
    check_replaced(tx, typed.replaces, &mut faults).await?;
    let (Some(new), Some((programme, version)), Some(read)) = (new, sheet, read) else {
        return Err(faults.into());
    };
    let seats_min = new.seats_min.or(version.group_min).unwrap_or(1);
    let seats_max = new.seats_max.or(version.group_max).unwrap_or_else(|| seats_min.max(12));
    faults.extend(seats_faults((seats_min, seats_max), place.room.as_ref()));
    let first = read.first().map(|slot| slot.day);
    faults.extend(enrolment_fault(new.enrol_until, first));
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let row = row_of(tx, (typed, &new), (&programme, &version), place, (seats_min, seats_max)).await?;
    let row = dated(tx, row, first, series).await?;
    let tally =
        training_tally::Model { session_id: row.id, seats: seats_max, held: 0, waiting: 0, last_seq: 0 };
    let insert = training_session::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let insert = training_tally::Entity::insert(tally.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let whole = Whole::around(tx.conn(), row).await?;
    let mut opened = Opened { whole, grant };
    plan::write(tx, &mut opened, &read).await?;
    places::hold_rooms(tx, &opened.whole).await?;
    opened.record(tx, What::Created, Told::default(), None).await
}

/// The programme, and the version of its sheet that is published.
async fn sheet_of(
    tx: &Tx,
    typed: &TypedSession,
    faults: &mut Vec<Fault>,
) -> Result<Option<(programme::Model, programme_version::Model)>, TrainingError> {
    use programme_version::Column;
    let found = match typed.programme {
        Some(id) => programme::Entity::find_by_id(id).one(tx.conn()).await?,
        None => None,
    };
    let published = found.filter(|row| row.state == ProgrammeState::Published);
    let version = match &published {
        Some(row) => {
            programme_version::Entity::find()
                .filter(Column::ProgrammeId.eq(row.id))
                .filter(Column::State.eq(VersionState::Published))
                .one(tx.conn())
                .await?
        }
        None => None,
    };
    if version.is_none() {
        faults.push(Fault::new("/programme_id", "unknown", labels::faults::UNKNOWN_PROGRAMME));
    }
    Ok(published.zip(version))
}

async fn check_replaced(
    tx: &Tx,
    id: Option<TrainingSessionId>,
    faults: &mut Vec<Fault>,
) -> Result<(), TrainingError> {
    let Some(id) = id else { return Ok(()) };
    let known = training_session::Entity::find_by_id(id).one(tx.conn()).await?;
    let gone = [SessionState::Postponed, SessionState::Cancelled];
    if known.is_none_or(|row| !gone.contains(&row.state)) {
        faults.push(Fault::new("/postponed_from_id", "unknown", labels::faults::UNKNOWN_SESSION));
    }
    Ok(())
}

/// Where a session is: in a room of the list, at an address, or at a distance.
pub(super) struct Place {
    pub(super) room: Option<training_room::Model>,
    pub(super) address: String,
    pub(super) commune: String,
    pub(super) department: String,
    pub(super) region: String,
    pub(super) zone: String,
}

impl Place {
    /// The place that is typed; its faults go with the others.
    pub(super) async fn of(
        tx: &Tx,
        typed: &TypedSession,
        new: Option<&NewSession>,
        faults: &mut Vec<Fault>,
    ) -> Result<Self, TrainingError> {
        let room = found_room(tx, typed.room).await?;
        let usable = room.as_ref().is_some_and(|room| room.retired_on.is_none());
        if typed.room.is_some() && !usable {
            faults.push(Fault::new("/room_id", "unknown", labels::faults::UNKNOWN_ROOM));
        }
        if let Some(id) = typed.structure
            && structure::Entity::find_by_id(id).one(tx.conn()).await?.is_none()
        {
            faults.push(Fault::new("/structure_id", "unknown", labels::faults::UNKNOWN_STRUCTURE));
        }
        if let Some(room) = room {
            return Ok(Self {
                place: format!("{}, {}", room.name, room.address),
                commune: room.commune.clone(),
                department: room.department.clone(),
                region: room.region.clone(),
                zone: room.zone.clone(),
                room: Some(room),
            });
        }
        let department = typed.typed_department();
        let told = |of: fn(&NewSession) -> &String| new.map(of).cloned().unwrap_or_default();
        Ok(Self {
            room: None,
            address: told(|new| &new.address.place),
            commune: told(|new| &new.address.commune),
            department: department.map(|one| one.code.to_owned()).unwrap_or_default(),
            region: department.and_then(|one| one.region).unwrap_or_default().to_owned(),
            zone: department.map_or(PARIS, |one| one.zone).to_owned(),
        })
    }
}

/// The seats that cannot be.
pub(super) fn seats_faults((least, most): (i32, i32), room: Option<&training_room::Model>) -> Vec<Fault> {
    let mut faults = Vec::new();
    if most < least {
        faults.push(Fault::new("/seats_max", "less-than-the-least", labels::faults::SEATS_ORDER));
    }
    if let Some(room) = room.filter(|room| room.capacity < most) {
        let message = labels::faults::too_small(&room.name, room.capacity);
        faults.push(Fault::new("/seats_max", "more-than-the-room", message));
    }
    faults
}

/// A last day to enrol that comes too late.
pub(super) fn enrolment_fault(until: Option<Date>, first: Option<Date>) -> Option<Fault> {
    let late = until.zip(first).is_some_and(|(until, first)| until > first);
    late.then(|| Fault::new("/enrol_until", "after-the-start", labels::faults::ENROL_AFTER))
}

/// The price of the sheet for one person whose employer pays.
async fn usual_price(tx: &Tx, version: &programme_version::Model) -> Result<Option<i64>, TrainingError> {
    use programme_price::{Column, Payer};
    let prices = programme_price::Entity::find()
        .filter(Column::ProgrammeVersionId.eq(version.id))
        .filter(Column::Unit.eq(PriceUnit::Person))
        .order_by_asc(Column::AmountCents)
        .all(tx.conn())
        .await?;
    let employer = prices.iter().find(|row| row.payer == Payer::Employer);
    Ok(employer.or(prices.first()).map(|row| row.amount_cents))
}

/// The row of a new session, without its dates.
async fn row_of(
    tx: &Tx,
    (typed, new): (&TypedSession, &NewSession),
    (programme, version): (&programme::Model, &programme_version::Model),
    place: Place,
    (seats_min, seats_max): (i32, i32),
) -> Result<training_session::Model, TrainingError> {
    let price_cents = match new.price_cents {
        Some(cents) => Some(cents),
        None => usual_price(tx, version).await?,
    };
    let today = tx.app().today();
    Ok(training_session::Model {
        id: tx.new_id(),
        number: String::new(),
        programme_id: programme.id,
        programme_version_id: version.id,
        title: version.title.clone(),
        theme: programme.theme,
        kind: new.kind,
        delivery: new.delivery,
        state: BEGINS.0,
        public: typed.public,
        structure_id: typed.structure,
        room_id: place.room.as_ref().map(|room| room.id),
        modality: new.modality.unwrap_or(version.modality),
        place: place.address,
        commune: place.commune,
        department: place.department,
        region: place.region,
        zone: place.zone,
        access: said(&new.access, place.room.as_ref().map(|room| &room.access)),
        accessibility: said(&new.accessibility, place.room.as_ref().map(|room| &room.accessibility)),
        remote_url: new.remote_url.clone(),
        to_bring: new.to_bring.clone(),
        starts_on: None,
        ends_on: None,
        starts_at: None,
        ends_at: None,
        enrol_until: new.enrol_until,
        duration_minutes: version.duration_minutes.unwrap_or_default(),
        seats_min,
        seats_max,
        price_cents,
        price_note: new.price_note.clone(),
        funding_note: new.funding_note.clone(),
        eu_funded: typed.eu_funded,
        welcome_id: handbook_in_force(tx.conn(), HandbookKind::WelcomeBooklet, today)
            .await?
            .map(|row| row.id),
        rules_id: handbook_in_force(tx.conn(), HandbookKind::HouseRules, today).await?.map(|row| row.id),
        contact: said(&new.contact, Some(&version.contact)),
        officer_id: tx.actor().account_id(),
        series_id: None,
        postponed_from_id: typed.replaces,
        cause: None,
        reason: None,
        opened_at: None,
        confirmed_at: None,
        summoned_at: None,
        started_at: None,
        ended_at: None,
        closed_at: None,
        cancelled_at: None,
        sequence: 0,
        deadline_at: None,
        external_ref: None,
        created_by: tx.actor().account_id(),
        created_at: tx.instant(),
        version: 1,
        search: String::new(),
    })
}

/// What is typed, or what is known elsewhere.
pub(super) fn said(typed: &str, known: Option<&String>) -> String {
    if typed.is_empty() { known.cloned().unwrap_or_default() } else { typed.to_owned() }
}

/// The same with its number, and its last day to enrol as the rules propose it.
async fn dated(
    tx: &Tx,
    mut row: training_session::Model,
    first: Option<Date>,
    series: Option<Uuid>,
) -> Result<training_session::Model, TrainingError> {
    row.number = next_number(tx, "SES", first.unwrap_or_else(|| tx.app().today()).year()).await?;
    row.series_id = series;
    if row.enrol_until.is_none() {
        let rules = settings::enrolment_rules(tx.conn()).await?;
        row.enrol_until = first.map(|day| add_days(day, -i32::from(rules.close_days)));
    }
    row.search = wording::search(&row);
    Ok(row)
}
