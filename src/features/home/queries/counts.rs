//! The counters of the navigation: only the things that wait for this person.

use entity::agreement_request::RequestState;
use entity::mission::MissionState;
use entity::{agreement_request, decision, mission, task_note};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    QueryTrait,
};
use time::Date;

use super::super::todo::Kind;
use crate::authz::{Actor, visible};
use crate::db;

/// The states in which a request waits for the team, whatever the day, and for which act.
const OF_TEAM: [(RequestState, Kind); 7] = [
    (RequestState::Submitted, Kind::Examine),
    (RequestState::Complete, Kind::Assign),
    (RequestState::OpinionGiven, Kind::PutOnAgenda),
    (RequestState::InCommittee, Kind::Prepare),
    (RequestState::InCommittee, Kind::Decide),
    (RequestState::Adjourned, Kind::Resume),
    (RequestState::Appeal, Kind::Settle),
];

/// How many requests wait for an act of this member of the team. Whoever decided does not settle the appeal, and what the
/// team put off to a later day waits for nobody until then.
///
/// # Errors
/// What the database answers.
pub async fn requests_to_do(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    today: Date,
) -> Result<u64, db::Error> {
    use agreement_request::Column;
    let theirs = |kind: Kind| kind.business().0.iter().any(|role| actor.has(*role));
    let acts: Vec<_> = OF_TEAM.into_iter().filter(|(_, kind)| theirs(*kind)).collect();
    let states: Vec<_> = acts.iter().map(|(state, _)| *state).collect();
    let Some(account) = actor.account_id().filter(|_| !states.is_empty()) else { return Ok(0) };
    let decided = decision::Entity::find()
        .select_only()
        .column(decision::Column::RequestId)
        .filter(decision::Column::DecidedBy.eq(account));
    let theirs_to_settle = Condition::any()
        .add(Column::State.ne(RequestState::Appeal))
        .add(Column::Id.not_in_subquery(decided.into_query()));
    let due = acts.into_iter().fold(Condition::any(), |any, (state, kind)| {
        let put_off = task_note::Entity::find()
            .select_only()
            .column(task_note::Column::SubjectId)
            .filter(task_note::Column::Kind.eq(kind.name()))
            .filter(task_note::Column::PostponedUntil.gt(today));
        let act = Condition::all()
            .add(Column::State.eq(state))
            .add(Column::Id.not_in_subquery(put_off.into_query()));
        any.add(act)
    });
    let waiting = agreement_request::Entity::find()
        .filter(visible::agreement_requests(actor))
        .filter(Column::State.is_in(states))
        .filter(due)
        .filter(theirs_to_settle)
        .select_only()
        .column(Column::Id);
    Ok(waiting.count(conn).await?)
}

/// How many missions of this expert wait for their answer or their report.
///
/// # Errors
/// What the database answers.
pub async fn missions_to_do(conn: &impl ConnectionTrait, actor: &Actor) -> Result<u64, db::Error> {
    use mission::Column;
    let Some(expert) = actor.held.iter().find_map(|held| held.expert) else { return Ok(0) };
    let waiting = mission::Entity::find()
        .filter(Column::ExpertId.eq(expert))
        .filter(Column::State.is_in([MissionState::Proposed, MissionState::Done]))
        .select_only()
        .column(Column::Id);
    Ok(waiting.count(conn).await?)
}
