//! Plans a meeting of the agreement committee.

use entity::committee::{self, CommitteeState};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect,
};
use time::{Date, OffsetDateTime};

use crate::authz::{Denied, Facts, Permission};
use crate::db::{self, Tx};
use crate::error::Fault;
use crate::features::agreements::actions::record_committee;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::CommitteeWhat;
use crate::rules::deadline::is_zone;

/// Plans a committee; one a day, those that were cancelled apart.
///
/// # Errors
/// A date in the past or already taken; an unknown zone; no place; the refusals of every act.
pub async fn plan_committee(
    tx: &mut Tx,
    meets_on: Date,
    zone: &str,
    place: &str,
) -> Result<committee::Model, AgreementError> {
    let grant = tx.authorize(Permission::CommitteeManage, &Facts::default())?;
    let author = tx.actor().account_id().ok_or(Denied::Anonymous)?;
    let faults = faults(meets_on, zone, place, tx.now());
    if !faults.is_empty() {
        return Err(AgreementError::Invalid(faults));
    }
    // The day of a committee that was cancelled is free again.
    let saved = if let Some(former) = cancelled_on(tx, meets_on).await? {
        let version = former.version + 1;
        let mut row: committee::ActiveModel = former.into();
        row.zone = Set(zone.to_owned());
        row.place = Set(place.trim().to_owned());
        row.state = Set(CommitteeState::Planned);
        row.version = Set(version);
        row.update(tx.conn()).await
    } else {
        let row = committee::ActiveModel {
            id: Set(tx.new_id()),
            meets_on: Set(meets_on),
            zone: Set(zone.to_owned()),
            place: Set(place.trim().to_owned()),
            state: Set(CommitteeState::Planned),
            created_by: Set(author),
            created_at: Set(tx.instant()),
            version: Set(1),
        };
        row.insert(tx.conn()).await
    };
    let committee = one_a_day(saved)?;
    record_committee(tx, &grant, &committee, 0, CommitteeWhat::Planned).await?;
    Ok(committee)
}

async fn cancelled_on(tx: &Tx, day: Date) -> Result<Option<committee::Model>, AgreementError> {
    let found = committee::Entity::find()
        .filter(committee::Column::MeetsOn.eq(day))
        .filter(committee::Column::State.eq(CommitteeState::Cancelled))
        .lock_exclusive()
        .one(tx.conn())
        .await?;
    Ok(found)
}

/// What is wrong with the day, the zone and the place of a committee.
pub(super) fn faults(meets_on: Date, zone: &str, place: &str, now: OffsetDateTime) -> Vec<Fault> {
    let mut faults = Vec::new();
    if meets_on < now.date() {
        faults.push(Fault::new("/meets_on", "date-in-the-past", "Choisissez une date à venir"));
    }
    if !is_zone(zone) {
        faults.push(Fault::new("/zone", "zone-unknown", "Ce fuseau horaire n’est pas reconnu"));
    }
    if place.trim().is_empty() {
        faults.push(Fault::new("/place", "place-missing", "Indiquez le lieu ou le lien de la réunion"));
    }
    faults
}

/// The committee as it was written, or the fault of a day that already has one.
pub(super) fn one_a_day(saved: Result<committee::Model, DbErr>) -> Result<committee::Model, AgreementError> {
    match saved {
        Ok(committee) => Ok(committee),
        Err(error) if db::is_unique_violation(&error) => Err(AgreementError::fault(
            "/meets_on",
            "committee-exists",
            "Une commission est déjà prévue ce jour-là",
        )),
        Err(error) => Err(error.into()),
    }
}
