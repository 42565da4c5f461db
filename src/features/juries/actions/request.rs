//! A structure asks for a jury, or the team records one for it (S1).

use entity::agreement::{self, AgreementState};
use entity::agreement_request::AgreementRole;
use entity::ids::{CertificationId, StructureId};
use entity::jury_session::{self, JuryState};
use entity::{certification_version, jury_wish, site, structure};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    QueryTrait,
};
use time::Date;

use super::super::input::{NewRequest, TypedRequest};
use super::super::load::{self, Whole};
use super::super::state::{self, Event};
use super::super::{JuryError, What, labels, wording};
use super::{Opened, choose};
use crate::authz::{Facts, Permission};
use crate::db::{Tx, next_number};
use crate::error::Fault;

/// Asks for a jury, under the next number of the year, `JUR-2026-0001`.
///
/// # Errors
/// Every fault; a structure without agreement; the refusal of the policy, what the database answers.
pub async fn request(tx: &mut Tx, typed: &TypedRequest) -> Result<jury_session::Model, JuryError> {
    let structure = structure::Entity::find_by_id(typed.structure).one(tx.conn()).await?;
    let version = load::version_of(tx.conn(), typed.version).await;
    let facts = Facts {
        structure: Some(typed.structure),
        region: structure.as_ref().map(|one| one.region.clone()),
        certification: version.as_ref().ok().map(|(_, certification)| certification.id),
        ..Facts::default()
    };
    let grant = tx.authorize(Permission::JuryRequest, &facts)?;
    let line = state::TABLE.next(None, Event::Request)?;
    let mut faults = Vec::new();
    let new = typed.read(tx.app().today()).map_err(|found| faults.extend(found)).ok();
    let version = told(version, &mut faults)?;
    if structure.is_none() {
        faults.push(Fault::new("/structure_id", "unknown", labels::faults::UNKNOWN_STRUCTURE));
    }
    let site = told(site_of(tx, typed).await, &mut faults)?;
    let chosen = match &version {
        Some((version, _)) => {
            let found = choose::chosen(tx, None, version.id, &typed.candidates).await;
            told(found, &mut faults)?
        }
        None => None,
    };
    let (Some(new), Some((_, certification)), Some(structure), Some(site), Some(chosen)) =
        (new, version, structure, site, chosen)
    else {
        return Err(faults.into());
    };
    if !faults.is_empty() {
        return Err(faults.into());
    }
    if !may_organise(tx.conn(), structure.id, certification.id, tx.app().today()).await? {
        return Err(JuryError::NoAgreement);
    }
    let row = insert(tx, typed, &new, &structure, &site).await?;
    let mut whole = Whole::around(tx.conn(), row).await?;
    choose::seat(tx, &mut whole, chosen).await?;
    Opened { whole, grant }.record(tx, line, What::Requested).await
}

/// The value, or its faults with the others.
fn told<T>(found: Result<T, JuryError>, faults: &mut Vec<Fault>) -> Result<Option<T>, JuryError> {
    match found {
        Ok(value) => Ok(Some(value)),
        Err(JuryError::Invalid(found)) => {
            faults.extend(found);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The site that is named, or the seat.
async fn site_of(tx: &Tx, typed: &TypedRequest) -> Result<site::Model, JuryError> {
    let own = site::Entity::find()
        .filter(site::Column::StructureId.eq(typed.structure))
        .filter(site::Column::ClosedOn.is_null());
    let (which, message) = match typed.site {
        Some(id) => (own.filter(site::Column::Id.eq(id)), labels::faults::UNKNOWN_SITE),
        None => (own.filter(site::Column::IsSeat.eq(true)), labels::faults::NO_SITE),
    };
    let found = which.one(tx.conn()).await?;
    found.ok_or_else(|| JuryError::fault("/site_id", "unknown", message))
}

/// Whether a structure holds, on a day, an agreement to organise the assessment of a certification.
///
/// # Errors
/// What the database answers.
pub(in crate::features::juries) async fn may_organise(
    conn: &impl ConnectionTrait,
    structure: StructureId,
    certification: CertificationId,
    day: Date,
) -> Result<bool, JuryError> {
    use agreement::Column;
    let versions = certification_version::Entity::find()
        .select_only()
        .column(certification_version::Column::Id)
        .filter(certification_version::Column::CertificationId.eq(certification));
    let held = agreement::Entity::find()
        .filter(Column::StructureId.eq(structure))
        .filter(Column::CertificationVersionId.in_subquery(versions.into_query()))
        .filter(Column::State.is_in([AgreementState::Active, AgreementState::ActiveWithReserves]))
        .filter(Column::Role.is_in([AgreementRole::Organise, AgreementRole::TrainAndOrganise]))
        .filter(Column::StartsOn.lte(day))
        .filter(Column::EndsOn.gte(day));
    Ok(held.one(conn).await?.is_some())
}

async fn insert(
    tx: &Tx,
    typed: &TypedRequest,
    new: &NewRequest,
    structure: &structure::Model,
    site: &site::Model,
) -> Result<jury_session::Model, JuryError> {
    let number = next_number(tx, "JUR", tx.now().year()).await?;
    let place = wording::address(structure, Some(site));
    let row = jury_session::Model {
        id: tx.new_id(),
        search: wording::search(&number, &structure.name, &place, &new.room),
        number,
        structure_id: structure.id,
        site_id: Some(site.id),
        certification_version_id: typed.version,
        referential_id: None,
        state: JuryState::Requested,
        expected: new.expected,
        mode: new.mode,
        place,
        room: new.room.clone(),
        department: site.department.clone(),
        region: site.region.clone(),
        zone: site.zone.clone(),
        starts_at: None,
        ends_at: None,
        accessibility: new.accessibility.clone(),
        request_note: new.note.clone(),
        reason: None,
        requested_by: tx.actor().account_id(),
        requested_at: tx.instant(),
        confirmed_at: None,
        summoned_at: None,
        files_sent_at: None,
        opened_at: None,
        heard_at: None,
        frozen_at: None,
        signed_at: None,
        checked_by: None,
        validated_by: None,
        delivered_on: None,
        closed_at: None,
        remarks: String::new(),
        sequence: 0,
        deadline_at: None,
        external_ref: None,
        version: 1,
    };
    let insert = jury_session::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    for (rank, (day, half)) in new.wishes.iter().enumerate() {
        let wish = jury_wish::Model {
            id: tx.new_id(),
            session_id: row.id,
            position: i32::try_from(rank + 1).unwrap_or(i32::MAX),
            day: *day,
            half: *half,
        };
        let insert = jury_wish::Entity::insert(wish.into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
    }
    Ok(row)
}
