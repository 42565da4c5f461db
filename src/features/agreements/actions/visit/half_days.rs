//! The half-days that a visit takes from its contrôleur, among those of every other engagement.

use std::sync::Arc;

use entity::agreement_request::{self, RequestState};
use entity::engagement_half_day;
use entity::ids::AgreementRequestId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use time::OffsetDateTime;

use crate::app::App;
use crate::db::{self, DueRun, Tx};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::availability::engagements::{self, Engagement, HoldError};
use crate::rules::engagement::of_visit;

/// Requests looked at in one run.
const BATCH: u64 = 200;

/// Takes the half-days of a visit at an instant from the contrôleur in charge.
pub(super) async fn take(
    tx: &Tx,
    dossier: &Dossier,
    at: OffsetDateTime,
    zone: &str,
) -> Result<(), AgreementError> {
    let Some(controller) = dossier.request.controller_id else { return Ok(()) };
    let by = Engagement::Visit(dossier.request.id);
    Ok(engagements::hold(tx, controller, by, &of_visit(at, zone)).await?)
}

/// Gives back those of the visit in force, that an earlier visit of the same request did not make.
pub(in crate::features::agreements::actions) async fn give_back(
    tx: &Tx,
    dossier: &Dossier,
) -> Result<(), AgreementError> {
    let request = &dossier.request;
    let Some((at, zone)) = request.visit_at.zip(request.visit_zone.as_deref()) else { return Ok(()) };
    let first = of_visit(*at, zone).first().map(|(day, _)| *day);
    Ok(engagements::release(tx.conn(), Engagement::Visit(request.id), first).await?)
}

/// Takes the half-days of the visits whose date was fixed before half-days were kept. No act, so no event: the date
/// itself is in the journal. A half-day that the contrôleur has given meanwhile stays to the other engagement.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn take_those_fixed_before(app: &Arc<App>) -> Result<usize, AgreementError> {
    use agreement_request::Column;
    let taken = engagement_half_day::Entity::find()
        .select_only()
        .column(engagement_half_day::Column::RequestId)
        .filter(engagement_half_day::Column::RequestId.is_not_null())
        .filter(engagement_half_day::Column::Held.eq(true))
        .into_query();
    let ids: Vec<AgreementRequestId> = agreement_request::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::State.eq(RequestState::VisitScheduled))
        .filter(Column::VisitAt.gt(entity::Instant::from(app.now())))
        .filter(Column::Id.not_in_subquery(taken))
        .order_by_asc(Column::VisitAt)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let mut due = DueRun::of("agreements.visits");
    for id in ids {
        due.count(id, take_one(app, id).await)?;
    }
    due.end()
}

/// Takes those of one visit, if its date still stands: the row is locked and looked at again.
async fn take_one(app: &Arc<App>, id: AgreementRequestId) -> Result<bool, AgreementError> {
    let conn = db::begin_bookkeeping(&app.db).await?;
    let request = agreement_request::Entity::find_by_id(id).lock_exclusive().one(&conn).await?;
    let Some(request) = request.filter(|request| request.state == RequestState::VisitScheduled) else {
        return Ok(false);
    };
    let (Some(controller), Some(at), Some(zone)) =
        (request.controller_id, request.visit_at, request.visit_zone)
    else {
        return Ok(false);
    };
    let (by, slots) = (Engagement::Visit(id), of_visit(*at, &zone));
    match engagements::hold_quietly(&conn, || app.new_id(), controller, by, &slots).await {
        Ok(()) => {
            conn.commit().await?;
            Ok(true)
        }
        Err(HoldError::Taken(_)) => {
            tracing::warn!(request = %id, "a visit whose half-days are another engagement's");
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}
