//! The sessions that figures count: those that were held and whose decisions stand, by civil year of Paris.

use entity::jury_session::Column;
use entity::{certification, certification_version};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::{Date, Month, OffsetDateTime, Time};

use crate::features::juries::state::HELD;
use crate::rules::deadline::instant;
use crate::rules::territory::PARIS;

/// The sessions that were held and whose decisions stand; also while the minutes of what was told are corrected.
#[must_use]
pub fn held() -> Condition {
    let stands = Condition::any().add(Column::State.is_in(HELD)).add(Column::ClosedAt.is_not_null());
    Condition::all().add(stands).add(Column::StartsAt.is_not_null())
}

/// Those of them that began in a civil year of Paris.
#[must_use]
pub fn held_in(year: i32) -> Condition {
    let first = |year| entity::Instant::from(first_instant(year));
    held().add(Column::StartsAt.gte(first(year))).add(Column::StartsAt.lt(first(year.saturating_add(1))))
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
