//! The sessions that figures count: those that were held and whose decisions stand, by civil year of Paris.

use entity::jury_session::Column;
use entity::{certification, certification_version};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::{Date, Month, OffsetDateTime, Time};

use crate::features::juries::state::HELD;
use crate::rules::deadline::instant;
use crate::rules::territory::PARIS;

/// The sessions that were held and whose decisions stand, of a civil year of Paris.
#[must_use]
pub fn held_in(year: i32) -> Condition {
    held_between(first_instant(year), first_instant(year.saturating_add(1)))
}

/// The sessions that were held and whose decisions stand, from an instant to another, which is left out.
#[must_use]
pub fn held_between(from: OffsetDateTime, before: OffsetDateTime) -> Condition {
    Condition::all()
        .add(Column::State.is_in(HELD))
        .add(Column::StartsAt.gte(entity::Instant::from(from)))
        .add(Column::StartsAt.lt(entity::Instant::from(before)))
}

/// The sessions of the certification of a code.
#[must_use]
pub fn of_certification(code: &str) -> Condition {
    let certifications = certification::Entity::find()
        .select_only()
        .column(certification::Column::Id)
        .filter(certification::Column::Code.eq(code));
    let versions = certification_version::Entity::find()
        .select_only()
        .column(certification_version::Column::Id)
        .filter(certification_version::Column::CertificationId.in_subquery(certifications.into_query()));
    Condition::all().add(Column::CertificationVersionId.in_subquery(versions.into_query()))
}

/// First instant of a civil year in Paris.
#[must_use]
pub fn first_instant(year: i32) -> OffsetDateTime {
    let day = Date::from_calendar_date(year, Month::January, 1).unwrap_or(Date::MIN);
    instant(day, Time::MIDNIGHT, PARIS).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
