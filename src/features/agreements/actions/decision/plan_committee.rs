//! Plans a meeting of the agreement committee.

use entity::committee::{self, CommitteeState};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};
use time::Date;

use crate::authz::{Denied, Facts, Permission};
use crate::db::{self, Tx};
use crate::error::Fault;
use crate::events::{DomainEvent, Subject};
use crate::features::agreements::error::AgreementError;
use crate::rules::deadline::is_zone;

/// Plans a committee; one a day.
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
    let mut faults = Vec::new();
    if meets_on < tx.now().date() {
        faults.push(Fault::new("/meets_on", "date-in-the-past", "Choisissez une date à venir"));
    }
    if !is_zone(zone) {
        faults.push(Fault::new("/zone", "zone-unknown", "Ce fuseau horaire n’est pas reconnu"));
    }
    if place.trim().is_empty() {
        faults.push(Fault::new("/place", "place-missing", "Indiquez le lieu ou le lien de la réunion"));
    }
    if !faults.is_empty() {
        return Err(AgreementError::Invalid(faults));
    }
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
    let committee = match row.insert(tx.conn()).await {
        Ok(committee) => committee,
        Err(error) if db::is_unique_violation(&error) => {
            return Err(AgreementError::fault(
                "/meets_on",
                "committee-exists",
                "Une commission est déjà prévue ce jour-là",
            ));
        }
        Err(error) => return Err(error.into()),
    };
    tx.record(&grant, &Planned(&committee)).await?;
    Ok(committee)
}

struct Planned<'a>(&'a committee::Model);

impl DomainEvent for Planned<'_> {
    fn name(&self) -> &'static str {
        "committee.planned"
    }

    fn code(&self) -> &'static str {
        "COMMITTEE_PLANNED"
    }

    fn subject(&self) -> Subject {
        Subject::new("committee", self.0.id, self.0.meets_on.to_string())
    }

    fn payload(&self) -> Value {
        json!({ "meets_on": self.0.meets_on.to_string(), "place": self.0.place, "zone": self.0.zone })
    }
}
