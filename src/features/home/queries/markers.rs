//! The counters of the margin: each one is the length of the list that it leads to.

use std::collections::{HashMap, HashSet};

use entity::agreement::AgreementState;
use entity::agreement_request::RequestState;
use entity::habilitation::Duty;
use entity::ids::ExpertId;
use entity::jury_session::JuryState;
use entity::{agreement, agreement_request, expert, jury_session};
use sea_orm::sea_query::{CaseStatement, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::{Date, OffsetDateTime};

use crate::authz::{Actor, visible};
use crate::db;
use crate::features::rights::{self, RightKind};
use crate::features::{agreements, missions};

/// How many things the actor sees in each state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markers {
    /// Requests by state.
    pub requests: HashMap<RequestState, i64>,
    /// Rights by state.
    pub rights: HashMap<AgreementState, i64>,
    /// Sessions of juries by state: those that wait for a date and those whose minutes are to be signed.
    pub juries: HashMap<JuryState, i64>,
    /// Missions that nobody has.
    pub vacant: i64,
    /// Missions that have ended and whose report is awaited.
    pub reports: i64,
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

    /// Sessions of juries in this state.
    #[must_use]
    pub fn juries_in(&self, state: JuryState) -> i64 {
        self.juries.get(&state).copied().unwrap_or_default()
    }
}

/// Counts what the actor sees; a right that was signed counts from its first day on.
///
/// # Errors
/// What the database answers.
pub async fn markers(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    today: Date,
    now: OffsetDateTime,
) -> Result<Markers, db::Error> {
    let requests = requests_by_state(conn, actor).await?;
    let rights: Vec<(AgreementState, i64)> = agreement::Entity::find()
        .filter(visible::agreements(actor))
        .filter(agreements::queries::begun_by(today))
        .select_only()
        .column(agreement::Column::State)
        .column_as(agreement::Column::Id.count(), "count")
        .group_by(agreement::Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    let juries: Vec<(JuryState, i64)> = jury_session::Entity::find()
        .filter(visible::jury_sessions(actor))
        .filter(jury_session::Column::State.is_in([JuryState::Requested, JuryState::ToSign]))
        .select_only()
        .column(jury_session::Column::State)
        .column_as(jury_session::Column::Id.count(), "count")
        .group_by(jury_session::Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    let (vacant, reports) = missions::queries::counts(conn, actor, now).await?;
    let (rights, juries) = (rights.into_iter().collect(), juries.into_iter().collect());
    Ok(Markers { requests, rights, juries, vacant, reports })
}

/// One column for each state and no group: grouped, SQLite follows the order of the index on states and reads the
/// row of every request to know its structure; like this, the index on the standing of structures holds all.
async fn requests_by_state(
    conn: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<HashMap<RequestState, i64>, db::Error> {
    use agreement_request::Column;
    let mut select =
        agreement_request::Entity::find().filter(visible::agreement_requests(actor)).select_only();
    for state in RequestState::all() {
        let one_each: SimpleExpr = CaseStatement::new().case(Column::State.eq(state), 1).into();
        select = select.expr_as(one_each.count(), state.word().as_str());
    }
    let statement = conn.get_database_backend().build(&select.into_query());
    let Some(row) = conn.query_one_raw(statement).await? else { return Ok(HashMap::new()) };
    let mut counted = HashMap::new();
    for state in RequestState::all() {
        let count: i64 = row.try_get("", &state.word())?;
        counted.insert(state, count);
    }
    Ok(counted)
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
    /// Distinct people.
    pub people: usize,
}

/// People, not habilitations, entitled on a day: counted from the rights that held on it. A person with two duties counts
/// in both, and once among the people.
///
/// # Errors
/// What the database answers.
pub async fn heads(conn: &impl ConnectionTrait, actor: &Actor, on: Date) -> Result<Heads, db::Error> {
    let seen: Vec<ExpertId> = expert::Entity::find()
        .select_only()
        .column(expert::Column::Id)
        .filter(visible::experts(actor))
        .into_tuple()
        .all(conn)
        .await?;
    let seen: HashSet<_> = seen.into_iter().map(|id| id.0).collect();
    let held = rights::queries::in_force(conn, RightKind::Habilitation, None, on).await?;
    let held: Vec<_> = held.iter().filter(|held| seen.contains(&held.right.holder_id)).collect();
    let count = |duty: Duty| {
        let word = duty.word();
        let own = held.iter().filter(|held| held.scope().next() == Some(word.as_str()));
        own.map(|held| held.right.holder_id).collect::<HashSet<_>>().len()
    };
    Ok(Heads {
        mandataires: count(Duty::Mandataire),
        controleurs: count(Duty::Controleur),
        epsp: count(Duty::Epsp),
        people: held.iter().map(|held| held.right.holder_id).collect::<HashSet<_>>().len(),
    })
}
