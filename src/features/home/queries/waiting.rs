//! Reads of the home page: a fixed number of queries, however many files there are.

use std::collections::HashMap;

use entity::account_role::Role;
use entity::agreement::AgreementState;
use entity::agreement_request::RequestState;
use entity::ids::{AccountId, AgreementRequestId};
use entity::reserve::ReserveState;
use entity::{
    agreement, agreement_request, appeal, certification_version, committee, decision, partner_update,
    reserve, structure,
};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Func, IntoCondition, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, RelationDef, Select,
};
use time::{Date, OffsetDateTime};

use super::super::rows::{RequestColumns, RequestRow, ReserveRow, RightRow, UpdateRow};
use super::super::todo::{self, Kind, Task};
use super::alone::alone;
use super::follow::read_notes;
use super::network::network;
use crate::authz::{Actor, visible};
use crate::db;
use crate::features::settings;
use crate::rules::deadline::add_days;
use crate::rules::delays::AgreementDelays;

/// States of a request in which somebody has something to do.
pub const WAITING: [RequestState; 12] = [
    RequestState::Draft,
    RequestState::Submitted,
    RequestState::Incomplete,
    RequestState::Complete,
    RequestState::VisitToSchedule,
    RequestState::VisitScheduled,
    RequestState::VisitDone,
    RequestState::Adversarial,
    RequestState::OpinionGiven,
    RequestState::InCommittee,
    RequestState::Adjourned,
    RequestState::Appeal,
];

/// Everything that waits for this person on the day of an instant in Paris, oldest date first. It holds what the order needs: the structures
/// of requests have no name before [`super::name`] reads those of the tasks shown.
///
/// # Errors
/// What the database answers.
pub async fn todo(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    now: OffsetDateTime,
) -> Result<Vec<Task>, db::Error> {
    let today = super::super::paris_day(now);
    let delays = settings::agreement_delays(conn).await?;
    let (requests, rights, reserves, updates, alone, network) = tokio::try_join!(
        waiting_requests(conn, actor, &delays, today),
        unsigned_rights(conn, actor),
        open_reserves(conn, actor),
        partner_updates(conn, actor),
        alone(conn, actor, now),
        Box::pin(network(conn, actor, today)),
    )?;
    let mut tasks = Vec::new();
    tasks.extend(requests.iter().flat_map(|row| todo::of_request(row, &delays, today)));
    tasks.extend(rights.iter().flat_map(|row| todo::of_right(row, &delays, today)));
    tasks.extend(reserves.iter().flat_map(|row| todo::of_reserve(row, &delays, today)));
    tasks.extend(updates.iter().map(|row| row.place.task(Kind::UpdatePartners, row.id, row.due_on)));
    tasks.extend(alone);
    tasks.extend(network);
    let mut tasks = todo::todo(actor, tasks);
    if actor.is_staff() {
        read_notes(conn, &mut tasks, now).await?;
    }
    Ok(tasks)
}

async fn waiting_requests(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    delays: &AgreementDelays,
    today: Date,
) -> Result<Vec<RequestRow>, db::Error> {
    use agreement_request::Column;
    let rows: Vec<RequestColumns> = agreement_request::Entity::find()
        .filter(visible::agreement_requests(actor))
        .filter(Column::State.is_in(states(actor)))
        .filter(not_of_others(actor, delays, today))
        .join(JoinType::InnerJoin, db::structure_of_request())
        .join(JoinType::InnerJoin, version_of_request())
        .join(JoinType::LeftJoin, committee_of_request())
        .join(JoinType::LeftJoin, open_appeal_of_request())
        .select_only()
        .columns([
            Column::Id,
            Column::State,
            Column::StructureId,
            Column::ControllerId,
            Column::CommentedAt,
            Column::AdjournedUntil,
        ])
        .expr_as(reference(), "reference")
        .expr_as(since(), "since")
        .column_as(structure::Column::Region, "region")
        .column_as(structure::Column::Zone, "zone")
        .column_as(certification_version::Column::CertificationId, "certification_id")
        .column_as(committee::Column::MeetsOn, "committee_on")
        .into_tuple()
        .all(conn)
        .await?;
    let mut rows: Vec<RequestRow> = rows.into_iter().map(RequestRow::from).collect();
    let deciders = deciders(conn, &rows).await?;
    for row in &mut rows {
        row.decided_by = deciders.get(&row.id).copied();
    }
    Ok(rows)
}

/// The states read for a person: a draft waits for its structure only, and a visit that has its date for its contrôleur.
fn states(actor: &Actor) -> Vec<RequestState> {
    let reads = |state: &RequestState| match state {
        RequestState::Draft => actor.has(Role::Structure),
        RequestState::VisitScheduled => actor.has(Role::Expert),
        _ => true,
    };
    WAITING.into_iter().filter(reads).collect()
}

/// All of them for a structure. Some states wait for the team only once the delay of somebody else has passed, at the end of
/// the day wherever on Earth it is; visits, reports and opinions wait for their contrôleur from the start.
fn not_of_others(actor: &Actor, delays: &AgreementDelays, today: Date) -> Condition {
    use RequestState as S;
    use agreement_request::Column;
    if actor.has(Role::Structure) {
        return Condition::all();
    }
    let before = |days: u16| -> entity::Instant {
        add_days(today, 1 - i32::from(days)).midnight().assume_utc().into()
    };
    let late = |state: S, column: Column, days: u16| {
        Condition::any().add(Column::State.ne(state)).add(column.lt(before(days)))
    };
    let pieces = Condition::all().add(late(S::Incomplete, Column::ReturnDueAt, 0));
    if actor.has(Role::Expert) {
        return pieces;
    }
    pieces.add(late(S::VisitDone, Column::VisitedAt, delays.report_within_days))
}

/// The instant that the state of a request counts from: one column for each row, instead of one for each state.
fn since() -> SimpleExpr {
    use RequestState as S;
    use agreement_request::Column;
    let starts = [
        (S::Draft, Column::TouchedAt),
        (S::Submitted, Column::TouchedAt),
        (S::Incomplete, Column::ReturnDueAt),
        (S::VisitScheduled, Column::VisitAt),
        (S::VisitDone, Column::VisitedAt),
        (S::Adversarial, Column::CommentsDueAt),
        (S::OpinionGiven, Column::OpinionAt),
    ];
    let mut case = CaseStatement::new();
    for (state, column) in starts {
        case = case.case(Column::State.eq(state), Expr::col((agreement_request::Entity, column)));
    }
    // A visit that comes back is to be entrusted again: its delay begins anew.
    let unassigned = [Column::GivenBackAt, Column::CompletedAt];
    let unassigned = Func::coalesce(unassigned.map(|column| Expr::col((agreement_request::Entity, column))));
    let case = case.case(Column::State.eq(S::Complete), unassigned);
    // A second visit counts from the day on which the examination was resumed.
    let given = [Column::ResumedAt, Column::AssignedAt];
    let given_at = Func::coalesce(given.map(|column| Expr::col((agreement_request::Entity, column))));
    let lodged_at = Expr::col((appeal::Entity, appeal::Column::LodgedAt));
    let case = case.case(Column::State.eq(S::VisitToSchedule), given_at);
    case.case(Column::State.eq(S::Appeal), lodged_at).into()
}

/// The number of a request, or of its draft.
fn reference() -> SimpleExpr {
    use agreement_request::Column;
    let numbers = [Column::Number, Column::DraftNumber];
    Func::coalesce(numbers.map(|column| Expr::col((agreement_request::Entity, column)))).into()
}

/// Who took the last decision of each request under appeal.
async fn deciders(
    conn: &impl ConnectionTrait,
    rows: &[RequestRow],
) -> Result<HashMap<AgreementRequestId, AccountId>, db::Error> {
    let appealed: Vec<_> =
        rows.iter().filter(|row| row.state == RequestState::Appeal).map(|row| row.id).collect();
    if appealed.is_empty() {
        return Ok(HashMap::new());
    }
    let decisions: Vec<(AgreementRequestId, AccountId)> = decision::Entity::find()
        .select_only()
        .columns([decision::Column::RequestId, decision::Column::DecidedBy])
        .filter(decision::Column::RequestId.is_in(appealed))
        .order_by_asc(decision::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(decisions.into_iter().collect())
}

async fn unsigned_rights(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<RightRow>, db::Error> {
    use agreement::Column;
    let rights = agreement::Entity::find()
        .filter(visible::agreements(actor))
        .filter(Column::State.eq(AgreementState::Pending));
    let rows = placed(rights)
        .columns([
            Column::Id,
            Column::ConventionSentAt,
            Column::SignedByStructureAt,
            Column::SignedByCertifierAt,
        ])
        .into_model()
        .all(conn)
        .await?;
    Ok(rows)
}

async fn open_reserves(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<ReserveRow>, db::Error> {
    let alive = [AgreementState::Pending, AgreementState::ActiveWithReserves, AgreementState::Suspended];
    let rights = agreement::Entity::find()
        .filter(visible::agreements(actor))
        .filter(agreement::Column::State.is_in(alive))
        .join(JoinType::InnerJoin, reserves_of_right())
        .filter(reserve::Column::State.eq(ReserveState::Open));
    let rows = placed(rights)
        .column_as(reserve::Column::Id, "id")
        .column_as(reserve::Column::Text, "text")
        .column_as(reserve::Column::DueOn, "due_on")
        .column_as(reserve::Column::ProofAt, "proof_at");
    Ok(rows.into_model().all(conn).await?)
}

async fn partner_updates(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<UpdateRow>, db::Error> {
    let due = partner_update::Entity::find()
        .select_only()
        .column(partner_update::Column::AgreementId)
        .filter(partner_update::Column::DoneAt.is_null());
    let rights = agreement::Entity::find()
        .filter(visible::agreements(actor))
        .filter(agreement::Column::Id.in_subquery(due.into_query()))
        .join(JoinType::InnerJoin, updates_of_right())
        .filter(partner_update::Column::DoneAt.is_null());
    let rows = placed(rights)
        .column_as(partner_update::Column::Id, "id")
        .column_as(partner_update::Column::DueOn, "due_on");
    Ok(rows.into_model().all(conn).await?)
}

/// Rights with what a [`super::super::rows::Place`] needs, and no other column yet.
fn placed(rights: Select<agreement::Entity>) -> Select<agreement::Entity> {
    rights
        .join(JoinType::InnerJoin, request_of_right())
        .join(JoinType::InnerJoin, structure_of_right())
        .join(JoinType::InnerJoin, version_of_right())
        .select_only()
        .expr_as(reference(), "reference")
        .column_as(agreement::Column::StructureId, "structure_id")
        .column_as(structure::Column::Name, "structure_name")
        .column_as(structure::Column::Region, "region")
        .column_as(structure::Column::Zone, "zone")
        .column_as(certification_version::Column::CertificationId, "certification_id")
}

fn version_of_request() -> RelationDef {
    agreement_request::Entity::belongs_to(certification_version::Entity)
        .from(agreement_request::Column::CertificationVersionId)
        .to(certification_version::Column::Id)
        .into()
}

fn committee_of_request() -> RelationDef {
    agreement_request::Entity::belongs_to(committee::Entity)
        .from(agreement_request::Column::CommitteeId)
        .to(committee::Column::Id)
        .into()
}

/// At most one: an appeal is settled before another is lodged.
fn open_appeal_of_request() -> RelationDef {
    let appeals: RelationDef = agreement_request::Entity::belongs_to(appeal::Entity)
        .from(agreement_request::Column::Id)
        .to(appeal::Column::RequestId)
        .into();
    appeals
        .on_condition(|_, appeal| Expr::col((appeal, appeal::Column::SettledAt)).is_null().into_condition())
}

fn request_of_right() -> RelationDef {
    agreement::Entity::belongs_to(agreement_request::Entity)
        .from(agreement::Column::RequestId)
        .to(agreement_request::Column::Id)
        .into()
}

fn structure_of_right() -> RelationDef {
    agreement::Entity::belongs_to(structure::Entity)
        .from(agreement::Column::StructureId)
        .to(structure::Column::Id)
        .into()
}

fn version_of_right() -> RelationDef {
    agreement::Entity::belongs_to(certification_version::Entity)
        .from(agreement::Column::CertificationVersionId)
        .to(certification_version::Column::Id)
        .into()
}

fn reserves_of_right() -> RelationDef {
    agreement::Entity::belongs_to(reserve::Entity)
        .from(agreement::Column::Id)
        .to(reserve::Column::AgreementId)
        .into()
}

fn updates_of_right() -> RelationDef {
    agreement::Entity::belongs_to(partner_update::Entity)
        .from(agreement::Column::Id)
        .to(partner_update::Column::AgreementId)
        .into()
}
