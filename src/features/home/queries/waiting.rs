//! Reads of the home page: a fixed number of queries, however many files there are.

use std::collections::HashMap;

use entity::account_role::Role;
use entity::agreement::AgreementState;
use entity::agreement_request::RequestState;
use entity::ids::{AccountId, AgreementRequestId};
use entity::mail::MailState;
use entity::reserve::ReserveState;
use entity::{
    access_request, agreement, agreement_request, appeal, certification_version, committee, decision, mail,
    partner_update, reserve, site, structure,
};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Func, IntoCondition, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationDef, Select,
};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::super::rows::{RequestRow, ReserveRow, RightRow, UpdateRow};
use super::super::todo::{self, Kind, Task};
use super::follow::read_notes;
use super::network::network;
use crate::authz::{Actor, Facts, Permission, may, visible};
use crate::db::{self, PageRequest};
use crate::features::{access, settings, ties, work};
use crate::rules::deadline::add_days;
use crate::rules::siret::Siret;

/// A mail that the relay gave back this long after its date tells that the relay is away, not slow.
const RELAY_LATE: Duration = Duration::hours(1);

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
    let mut tasks = Vec::new();
    for row in waiting_requests(conn, actor, today).await? {
        tasks.extend(todo::of_request(&row, &delays, today));
    }
    for row in unsigned_rights(conn, actor).await? {
        tasks.extend(todo::of_right(&row, &delays, today));
    }
    for row in open_reserves(conn, actor).await? {
        tasks.extend(todo::of_reserve(&row, &delays, today));
    }
    for row in partner_updates(conn, actor).await? {
        tasks.push(row.place.task(Kind::UpdatePartners, row.id, row.due_on));
    }
    tasks.extend(access_requests(conn, actor, today).await?);
    tasks.extend(learned_ties(conn, actor, today).await?);
    tasks.extend(moved_sites(conn, actor).await?);
    tasks.extend(failed_mails(conn, actor).await?);
    tasks.extend(relay_away(conn, actor, now).await?);
    tasks.extend(documents_to_redo(conn, actor).await?);
    tasks.extend(network(conn, actor, today).await?);
    let mut tasks = todo::todo(actor, tasks);
    if actor.is_staff() {
        read_notes(conn, &mut tasks, now).await?;
    }
    Ok(tasks)
}

async fn waiting_requests(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    today: Date,
) -> Result<Vec<RequestRow>, db::Error> {
    use agreement_request::Column;
    let mut rows = agreement_request::Entity::find()
        .filter(visible::agreement_requests(actor))
        .filter(Column::State.is_in(states(actor)))
        .filter(pieces_awaited(actor, today))
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
        .into_model::<RequestRow>()
        .all(conn)
        .await?;
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

/// Of the files to complete, those that may wait for a person: all of them for a structure; for the others, those
/// whose delay has passed, at the end of the day wherever on Earth it is.
fn pieces_awaited(actor: &Actor, today: Date) -> Condition {
    use agreement_request::Column;
    if actor.has(Role::Structure) {
        return Condition::all();
    }
    let tomorrow: entity::Instant = add_days(today, 1).midnight().assume_utc().into();
    Condition::any().add(Column::State.ne(RequestState::Incomplete)).add(Column::ReturnDueAt.lt(tomorrow))
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

/// The structures that ask for an account, by the day on which they may expect an answer.
async fn access_requests(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    today: Date,
) -> Result<Vec<Task>, db::Error> {
    let task = |request: access_request::Model| {
        let from = request.confirmed_at.map_or(today, |at| super::super::paris_day(*at));
        Task {
            reference: request.number.unwrap_or_default(),
            about: request.name,
            facts: Facts { region: Some(request.region), ..Facts::default() },
            ..Task::new(Kind::SettleAccess, request.id, add_days(from, todo::ACCESS_DAYS))
        }
    };
    Ok(access::queries::pending(conn, actor).await?.into_iter().map(task).collect())
}

/// The duties to look at again, by their day, or today while none is fixed.
async fn learned_ties(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    today: Date,
) -> Result<Vec<Task>, db::Error> {
    let task = |alert: ties::queries::Alert| Task {
        reference: alert.expert_number,
        about: alert.structure_name,
        facts: Facts { region: Some(alert.structure_region), ..Facts::default() },
        ..Task::new(Kind::SettleTie, alert.row.id, alert.row.due_on.unwrap_or(today))
    };
    Ok(ties::queries::alerts(conn, actor, None, true).await?.into_iter().map(task).collect())
}

/// The agreed sites of which another address was declared, by the day until which it is to be looked at.
async fn moved_sites(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Task>, db::Error> {
    if !actor.is_staff() {
        return Ok(Vec::new());
    }
    let moved = site::Entity::find().filter(site::Column::MovedAt.is_not_null()).all(conn).await?;
    if moved.is_empty() {
        return Ok(Vec::new());
    }
    let owners = structure::Entity::find()
        .filter(visible::structures(actor))
        .filter(structure::Column::Id.is_in(moved.iter().map(|site| site.structure_id)))
        .all(conn)
        .await?;
    let task = |site: &site::Model| {
        let owner = owners.iter().find(|owner| owner.id == site.structure_id)?;
        let from = super::super::paris_day(*site.moved_at?);
        Some(Task {
            reference: Siret::parse(&site.siret).map_or_else(|_| site.siret.clone(), Siret::grouped),
            about: owner.name.clone(),
            page: Some(format!("/structures/{}#sites", owner.siren)),
            facts: Facts {
                structure: Some(owner.id),
                region: Some(owner.region.clone()),
                ..Facts::default()
            },
            ..Task::new(Kind::ReviewMove, site.id, add_days(from, todo::MOVE_DAYS))
        })
    };
    Ok(moved.iter().filter_map(task).collect())
}

#[derive(FromQueryResult)]
struct Failures {
    count: i64,
    since: Option<entity::Instant>,
}

async fn failed_mails(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Option<Task>, db::Error> {
    if !may(actor, Permission::MailView, &Facts::default()) {
        return Ok(None);
    }
    let failures = mail::Entity::find()
        .filter(mail::Column::State.eq(MailState::Failed))
        .select_only()
        .column_as(mail::Column::Id.count(), "count")
        .column_as(mail::Column::CreatedAt.min(), "since")
        .into_model::<Failures>()
        .one(conn)
        .await?;
    let Some(Failures { count, since: Some(since) }) = failures else { return Ok(None) };
    let due_on = super::super::paris_day(*since);
    let count = u64::try_from(count).unwrap_or_default();
    Ok(Some(Task { count, ..Task::new(Kind::FailedMails, Uuid::nil(), due_on) }))
}

#[derive(FromQueryResult)]
struct Late {
    count: i64,
    /// How many of them the relay, or its absence, gave back.
    told: i64,
    since: Option<entity::Instant>,
}

/// The relay, when mails are long past their date and it was tried: one line, however many mails wait for it. They leave
/// by themselves once it is back.
async fn relay_away(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    now: OffsetDateTime,
) -> Result<Option<Task>, db::Error> {
    use mail::Column;
    if !may(actor, Permission::MailView, &Facts::default()) {
        return Ok(None);
    }
    let late = mail::Entity::find()
        .filter(Column::State.is_in([MailState::Pending, MailState::Sending]))
        .filter(Column::DueAt.lt(entity::Instant::from(now - RELAY_LATE)))
        .select_only()
        .column_as(Column::Id.count(), "count")
        .column_as(Column::Answer.count(), "told")
        .column_as(Column::DueAt.min(), "since")
        .into_model::<Late>()
        .one(conn)
        .await?;
    let Some(Late { count, told: 1.., since: Some(since) }) = late else { return Ok(None) };
    let due_on = super::super::paris_day(*since);
    let count = u64::try_from(count).unwrap_or_default();
    Ok(Some(Task { count, ..Task::new(Kind::RelayAway, Uuid::nil(), due_on) }))
}

/// The documents that the program could not typeset, among the files that the person follows.
async fn documents_to_redo(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Option<Task>, db::Error> {
    if !may(actor, Permission::DocumentRedo, &Facts::default()) {
        return Ok(None);
    }
    let failed = work::queries::list(conn, actor, &PageRequest::first(PageRequest::MOST)).await?.items;
    let Some(oldest) = failed.iter().map(|document| *document.created_at).min() else { return Ok(None) };
    let count = u64::try_from(failed.len()).unwrap_or(u64::MAX);
    let due_on = super::super::paris_day(oldest);
    Ok(Some(Task { count, ..Task::new(Kind::RedoDocuments, Uuid::nil(), due_on) }))
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
