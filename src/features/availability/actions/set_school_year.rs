//! Writes the school holidays of a zone for one school year, as somebody of the team typed them.

use entity::school_holiday;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::AvailabilityError;
use super::super::events::AvailabilityEvent;
use super::super::input::TypedSchoolYear;
use super::super::school::SchoolHoliday;
use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::rules::school_zone::{SchoolZone, school_year};

/// Writes them in place of those of the zone and of the year; with none, what the program knows applies again.
///
/// # Errors
/// Every fault, the refusal of the policy, what the database answers.
pub async fn set_school_year(
    tx: &mut Tx,
    typed: &TypedSchoolYear,
) -> Result<Vec<SchoolHoliday>, AvailabilityError> {
    let grant = tx.authorize(Permission::SchoolCalendarEdit, &Facts::default())?;
    let (zone, year, holidays) = typed.read()?;
    forget(tx, zone, year).await?;
    for one in &holidays {
        let row = school_holiday::Model {
            id: tx.new_id(),
            zone: zone.word().to_owned(),
            name: one.name.clone(),
            starts_on: one.period.from(),
            ends_on: one.period.until(),
            source: one.source.clone(),
        };
        let insert = school_holiday::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
    }
    let event = AvailabilityEvent::SchoolYearSet { id: tx.new_id(), zone, year, holidays: holidays.clone() };
    tx.record(&grant, &event).await?;
    Ok(holidays)
}

/// Forgets what was kept of a zone and of a school year.
async fn forget(tx: &Tx, zone: SchoolZone, year: i32) -> Result<(), AvailabilityError> {
    let known = school_holiday::Entity::find()
        .filter(school_holiday::Column::Zone.eq(zone.word()))
        .all(tx.conn())
        .await?;
    let old = known.iter().filter(|row| school_year(row.starts_on) == year).map(|row| row.id);
    school_holiday::Entity::delete_many()
        .filter(school_holiday::Column::Id.is_in(old))
        .exec(tx.conn())
        .await?;
    Ok(())
}
