//! What is planned under an habilitation: what suspending it, taking it away or giving it up touches.

use entity::agreement_request::{self, RequestState};
use entity::habilitation::{self, Duty, HabilitationState};
use entity::mission::{self, MissionObject, MissionState};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::habilitations_of;
use crate::db;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

/// What someone does for the certifier on a day to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlannedKind {
    /// A mission accepted: it is taken back, then offered to somebody else.
    Mission,
    /// A mission offered, not answered yet: it can no longer be accepted.
    Offer,
    /// The visit of a request: it is taken back, its date cancelled, and somebody else is to be assigned.
    Visit,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// What it is.
    pub kind: PlannedKind,
    /// Number of the mission or of the request.
    pub reference: String,
    /// Its first day, where it takes place; none for a visit given and not dated yet.
    pub day: Option<Date>,
}

/// What is planned from a day on under a file that was granted, in order of days; visits without a date come last, whatever
/// the day.
///
/// # Errors
/// What the database answers.
pub async fn planned(
    conn: &impl ConnectionTrait,
    file: &habilitation::Model,
    from: Date,
) -> Result<Vec<Planned>, db::Error> {
    use HabilitationState as S;
    if matches!(file.state, S::Applied | S::InTraining | S::Presented | S::Refused) {
        return Ok(Vec::new());
    }
    let mut found = missions(conn, file).await?;
    if file.duty == Duty::Controleur {
        found.extend(visits(conn, file).await?);
    }
    found.retain(|one| one.day.is_none_or(|day| day >= from));
    found.sort_by_key(|one| (one.day.is_none(), one.day));
    Ok(found)
}

async fn missions(
    conn: &impl ConnectionTrait,
    file: &habilitation::Model,
) -> Result<Vec<Planned>, db::Error> {
    use mission::Column;
    // Teaching support is given by whoever holds an habilitation, be it another one.
    let any_will_do =
        Condition::all().add(Column::Duty.is_null()).add(Column::Object.eq(MissionObject::Support));
    let all = habilitations_of(conn, &[file.expert_id]).await?.remove(&file.expert_id).unwrap_or_default();
    let otherwise = |day: Date| all.iter().any(|held| held.file.id != file.id && held.valid_on(day));
    let rows = mission::Entity::find()
        .filter(Column::ExpertId.eq(file.expert_id))
        .filter(Condition::any().add(Column::Duty.eq(file.duty)).add(any_will_do))
        .filter(Column::State.is_in([MissionState::Proposed, MissionState::Accepted]))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    let concerned = |row: &mission::Model| {
        let pair = file.certification_id.zip(row.certification_id);
        let held_otherwise = row.duty.is_none() && otherwise(day_in_zone(*row.starts_at, &row.zone));
        pair.is_none_or(|(own, asked)| own == asked) && !held_otherwise
    };
    let planned = |row: mission::Model| Planned {
        kind: if row.state == MissionState::Accepted { PlannedKind::Mission } else { PlannedKind::Offer },
        day: Some(day_in_zone(*row.starts_at, &row.zone)),
        reference: row.number,
    };
    Ok(rows.into_iter().filter(concerned).map(planned).collect())
}

async fn visits(conn: &impl ConnectionTrait, file: &habilitation::Model) -> Result<Vec<Planned>, db::Error> {
    use agreement_request::Column;
    let rows = agreement_request::Entity::find()
        .filter(Column::ControllerId.eq(file.expert_id))
        .filter(Column::State.is_in([RequestState::VisitToSchedule, RequestState::VisitScheduled]))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    let planned = |row: agreement_request::Model| {
        let zone = row.visit_zone.as_deref().unwrap_or(PARIS);
        let day = row.visit_at.map(|at| day_in_zone(*at, zone));
        Some(Planned { kind: PlannedKind::Visit, reference: row.number.clone()?, day })
    };
    Ok(rows.into_iter().filter_map(planned).collect())
}
