//! The states of requests on a day that is behind, from the journal.

use std::collections::HashMap;

use entity::agreement_request::{self, RequestState};
use entity::ids::AgreementRequestId;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::Date;

use crate::authz::{Actor, visible};
use crate::db;
use crate::features::agreements::error::AgreementError;

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
    let words = db::states_on(conn, "agreement_request", seen, day).await?;
    let state = |(id, word): (uuid::Uuid, String)| Some((id.into(), RequestState::from_word(&word)?));
    Ok(words.into_iter().filter_map(state).collect())
}
