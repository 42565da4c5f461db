//! The states of requests on a day that is behind, from the journal: the table keeps that of today only.

use std::collections::HashMap;

use entity::agreement_request::{self, RequestState};
use entity::audit_event::{self, Column};
use entity::ids::AgreementRequestId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use time::{Date, OffsetDateTime, Time};
use uuid::Uuid;

use crate::authz::{Actor, visible};
use crate::features::agreements::error::AgreementError;
use crate::rules::deadline::{add_days, instant};
use crate::rules::territory::PARIS;

/// The state of every request that the actor may see and that existed at the end of a day in Paris: the one that its
/// last act until then left.
///
/// # Errors
/// What the database answers.
pub(super) async fn states_on(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    day: Date,
) -> Result<HashMap<AgreementRequestId, RequestState>, AgreementError> {
    let seen = agreement_request::Entity::find()
        .filter(visible::agreement_requests(actor))
        .select_only()
        .column(agreement_request::Column::Id)
        .into_query();
    let end = instant(add_days(day, 1), Time::MIDNIGHT, PARIS).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let acts: Vec<(Uuid, Option<String>)> = audit_event::Entity::find()
        .select_only()
        .columns([Column::SubjectId, Column::StateAfter])
        .filter(Column::SubjectKind.eq("agreement_request"))
        .filter(Column::SubjectId.in_subquery(seen))
        .filter(Column::StateAfter.is_not_null())
        .filter(Column::At.lt(entity::Instant::from(end)))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    // In the order of the acts: the last one of each request stays.
    let state = |word: Option<String>| RequestState::from_word(&word?);
    Ok(acts.into_iter().filter_map(|(id, word)| Some((id.into(), state(word)?))).collect())
}
