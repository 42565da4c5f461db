//! The visits of a contrôleur: dated, made or still to be made.

use entity::agreement_request::{self, Column, RequestState};
use entity::ids::ExpertId;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::OffsetDateTime;

use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;

/// Most visits that a calendar is given.
const MOST: u64 = 100;

/// The visits that a contrôleur made or will make since an instant, the earliest first, for their calendar.
///
/// # Errors
/// What the database answers.
pub async fn visits_of(
    conn: &impl ConnectionTrait,
    controller: ExpertId,
    since: OffsetDateTime,
) -> Result<Vec<Dossier>, AgreementError> {
    let rows = agreement_request::Entity::find()
        .filter(Column::ControllerId.eq(controller))
        .filter(dated())
        .filter(Column::VisitAt.gte(entity::Instant::from(since)))
        .order_by_asc(Column::VisitAt)
        .order_by_asc(Column::Id)
        .limit(MOST)
        .all(conn)
        .await?;
    Dossier::several(conn, rows).await
}

/// Requests whose visit has its date: it is to come, or it was made.
#[must_use]
pub fn dated() -> Condition {
    Condition::any().add(Column::State.eq(RequestState::VisitScheduled)).add(Column::VisitedAt.is_not_null())
}
