//! The rooms where sessions are held.

use entity::ids::{SiteId, StructureId, TrainingRoomId};
use entity::{site, structure, training_room};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

use super::super::events::{RoomEvent, RoomWhat};
use super::super::input::{NewRoom, TypedRoom};
use super::super::{TrainingError, labels};
use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::error::Fault;
use crate::rules::fold::{fold, searchable};

/// What the policy needs to know of a room.
fn facts(region: &str) -> Facts {
    let region = Some(region.to_owned()).filter(|region| !region.is_empty());
    Facts { region, ..Facts::default() }
}

/// Records a room.
///
/// # Errors
/// Every fault; a room of that name at that address; the refusal of the policy, what the database answers.
pub async fn create_room(tx: &mut Tx, typed: &TypedRoom) -> Result<training_room::Model, TrainingError> {
    let region = typed.department().and_then(|one| one.region).unwrap_or_default();
    let grant = tx.authorize(Permission::TrainingRoomManage, &facts(region))?;
    let new = read(tx, typed, None).await?;
    let row = row_of(typed, new, tx.new_id(), tx.instant(), 1);
    let insert = training_room::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    tx.record(&grant, &RoomEvent { room: &row, what: RoomWhat::Created }).await?;
    Ok(row)
}

/// Changes what is said of a room; the sessions that are held there keep the address that they were given.
///
/// # Errors
/// The same, [`TrainingError::Stale`].
pub async fn edit_room(
    tx: &mut Tx,
    id: TrainingRoomId,
    seen: Option<i32>,
    typed: &TypedRoom,
) -> Result<training_room::Model, TrainingError> {
    let known = locked(tx, id).await?;
    let grant = tx.authorize(Permission::TrainingRoomManage, &facts(&known.region))?;
    check(&known, seen)?;
    let new = read(tx, typed, Some(id)).await?;
    let row = training_room::Model {
        retired_on: known.retired_on,
        ..row_of(typed, new, id, known.created_at, known.version + 1)
    };
    update(tx, &row).await?;
    tx.record(&grant, &RoomEvent { room: &row, what: RoomWhat::Edited }).await?;
    Ok(row)
}

/// No session is planned in a room any more; those that are stay.
///
/// # Errors
/// [`TrainingError::Fixed`] when it was said before, [`TrainingError::Stale`], the refusal of the policy, what the database
/// answers.
pub async fn retire_room(
    tx: &mut Tx,
    id: TrainingRoomId,
    seen: Option<i32>,
) -> Result<training_room::Model, TrainingError> {
    let known = locked(tx, id).await?;
    let grant = tx.authorize(Permission::TrainingRoomManage, &facts(&known.region))?;
    check(&known, seen)?;
    if known.retired_on.is_some() {
        return Err(TrainingError::Fixed);
    }
    let row =
        training_room::Model { retired_on: Some(tx.app().today()), version: known.version + 1, ..known };
    update(tx, &row).await?;
    tx.record(&grant, &RoomEvent { room: &row, what: RoomWhat::Retired }).await?;
    Ok(row)
}

async fn locked(tx: &Tx, id: TrainingRoomId) -> Result<training_room::Model, TrainingError> {
    let found = training_room::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    found.ok_or(TrainingError::NotFound)
}

fn check(room: &training_room::Model, seen: Option<i32>) -> Result<(), TrainingError> {
    if seen.is_some_and(|seen| seen != room.version) { Err(TrainingError::Stale) } else { Ok(()) }
}

async fn update(tx: &Tx, row: &training_room::Model) -> Result<(), TrainingError> {
    let active = row.clone().into_active_model().reset_all();
    training_room::Entity::update(active).exec(tx.conn()).await?;
    Ok(())
}

/// The room that is typed, with the faults that only the registers know.
async fn read(tx: &Tx, typed: &TypedRoom, own: Option<TrainingRoomId>) -> Result<NewRoom, TrainingError> {
    let mut faults = Vec::new();
    let new = typed.read().map_err(|found| faults.extend(found)).ok();
    faults.extend(owner_fault(tx, typed.structure, typed.site).await?);
    if let Some(new) = &new
        && is_known(tx, new, own).await?
    {
        faults.push(Fault::new("/name", "twice", labels::faults::TWICE_ROOM));
    }
    match new {
        Some(new) if faults.is_empty() => Ok(new),
        _ => Err(faults.into()),
    }
}

async fn owner_fault(
    tx: &Tx,
    structure: Option<StructureId>,
    site: Option<SiteId>,
) -> Result<Option<Fault>, TrainingError> {
    if let Some(id) = structure
        && structure::Entity::find_by_id(id).one(tx.conn()).await?.is_none()
    {
        return Ok(Some(Fault::new("/structure_id", "unknown", labels::faults::UNKNOWN_STRUCTURE)));
    }
    if let Some(id) = site {
        let found = site::Entity::find_by_id(id).one(tx.conn()).await?;
        if found.is_none_or(|row| Some(row.structure_id) != structure) {
            return Ok(Some(Fault::new("/site_id", "unknown", labels::faults::UNKNOWN_SITE)));
        }
    }
    Ok(None)
}

/// Whether another room of that name is at that address.
async fn is_known(tx: &Tx, new: &NewRoom, own: Option<TrainingRoomId>) -> Result<bool, TrainingError> {
    use training_room::Column;
    let near = training_room::Entity::find()
        .filter(Column::PostalCode.eq(new.postal_code.as_str()))
        .filter(Column::RetiredOn.is_null())
        .all(tx.conn())
        .await?;
    let same = |row: &training_room::Model| {
        fold(&row.name) == fold(&new.name) && fold(&row.address) == fold(&new.address)
    };
    Ok(near.iter().any(|row| Some(row.id) != own && same(row)))
}

fn row_of(
    typed: &TypedRoom,
    new: NewRoom,
    id: TrainingRoomId,
    created_at: entity::Instant,
    version: i32,
) -> training_room::Model {
    training_room::Model {
        id,
        structure_id: typed.structure,
        site_id: typed.site,
        search: searchable(&format!("{} {} {} {}", new.name, new.address, new.postal_code, new.commune)),
        name: new.name,
        address: new.address,
        postal_code: new.postal_code,
        commune: new.commune,
        department: new.department.code.to_owned(),
        region: new.department.region.unwrap_or_default().to_owned(),
        zone: new.department.zone.to_owned(),
        capacity: new.capacity,
        access: new.access,
        accessibility: new.accessibility,
        equipment: new.equipment,
        retired_on: None,
        created_at,
        version,
    }
}
