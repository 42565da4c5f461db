//! The visits of a contrôleur: dated, made or still to be made.

use entity::agreement_request::{self, Column};
use entity::ids::ExpertId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::OffsetDateTime;

use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
pub use crate::features::availability::load::dated;

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
