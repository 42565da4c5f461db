//! The counters of the margin: each one is the length of the list that it leads to.

use std::collections::HashMap;

use entity::agreement::AgreementState;
use entity::agreement_request::RequestState;
use entity::habilitation::{Duty, HabilitationState};
use entity::ids::ExpertId;
use entity::{agreement, agreement_request, expert, habilitation};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::Date;

use crate::authz::{Actor, visible};
use crate::db;

/// How many things the actor sees in each state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markers {
    /// Requests by state.
    pub requests: HashMap<RequestState, i64>,
    /// Rights by state.
    pub rights: HashMap<AgreementState, i64>,
}

impl Markers {
    /// Requests in any of these states.
    #[must_use]
    pub fn requests_in(&self, states: &[RequestState]) -> i64 {
        states.iter().filter_map(|state| self.requests.get(state)).sum()
    }

    /// Rights in any of these states.
    #[must_use]
    pub fn rights_in(&self, states: &[AgreementState]) -> i64 {
        states.iter().filter_map(|state| self.rights.get(state)).sum()
    }
}

/// Counts what the actor sees.
///
/// # Errors
/// What the database answers.
pub async fn markers(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Markers, db::Error> {
    let requests: Vec<(RequestState, i64)> = agreement_request::Entity::find()
        .filter(visible::agreement_requests(actor))
        .select_only()
        .column(agreement_request::Column::State)
        .column_as(agreement_request::Column::Id.count(), "count")
        .group_by(agreement_request::Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    let rights: Vec<(AgreementState, i64)> = agreement::Entity::find()
        .filter(visible::agreements(actor))
        .select_only()
        .column(agreement::Column::State)
        .column_as(agreement::Column::Id.count(), "count")
        .group_by(agreement::Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(Markers { requests: requests.into_iter().collect(), rights: rights.into_iter().collect() })
}

/// How many people are entitled to each duty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heads {
    /// Mandataires.
    pub mandataires: usize,
    /// Contrôleurs.
    pub controleurs: usize,
    /// Formateurs EPSP.
    pub epsp: usize,
}

/// People, not habilitations, entitled on a day, as the list of experts counts them: a suspended habilitation does not
/// count, one that ended did until its last day.
///
/// # Errors
/// What the database answers.
pub async fn heads(conn: &impl ConnectionTrait, actor: &Actor, on: Date) -> Result<Heads, db::Error> {
    use habilitation::Column;
    let seen = expert::Entity::find()
        .select_only()
        .column(expert::Column::Id)
        .filter(visible::experts(actor))
        .into_query();
    let rows: Vec<(Duty, ExpertId)> = habilitation::Entity::find()
        .select_only()
        .columns([Column::Duty, Column::ExpertId])
        .distinct()
        .filter(Column::StartsOn.lte(on))
        .filter(Column::EndsOn.gte(on))
        .filter(Column::State.ne(HabilitationState::Suspended))
        .filter(Column::ExpertId.in_subquery(seen))
        .into_tuple()
        .all(conn)
        .await?;
    let count = |duty| rows.iter().filter(|row| row.0 == duty).count();
    Ok(Heads {
        mandataires: count(Duty::Mandataire),
        controleurs: count(Duty::Controleur),
        epsp: count(Duty::Epsp),
    })
}
