//! What waits for a person beside the files: an account asked for, a tie learnt, a site that moved, mails and documents that
//! failed.

use entity::mail::MailState;
use entity::{access_request, mail, site, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::super::todo::{self, Kind, Task};
use crate::authz::{Actor, Facts, Permission, may, visible};
use crate::db::{self, PageRequest};
use crate::features::home::todo::network::{of_life, of_support};
use crate::features::{access, agreements, supports, ties, work};
use crate::rules::deadline::add_days;
use crate::rules::siret::Siret;

/// A mail that the relay gave back this long after its date tells that the relay is away, not slow.
const RELAY_LATE: Duration = Duration::hours(1);

/// All of it.
///
/// # Errors
/// What the database answers.
pub(super) async fn alone(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    now: OffsetDateTime,
) -> Result<Vec<Task>, db::Error> {
    let today = super::super::paris_day(now);
    let mut tasks = access_requests(conn, actor, today).await?;
    tasks.extend(learned_ties(conn, actor, today).await?);
    tasks.extend(moved_sites(conn, actor).await?);
    tasks.extend(failed_mails(conn, actor).await?);
    tasks.extend(relay_away(conn, actor, now).await?);
    tasks.extend(documents_to_redo(conn, actor).await?);
    tasks.extend(agreements::queries::waiting::waiting(conn, actor).await?.into_iter().map(of_life));
    tasks.extend(supports::queries::waiting(conn, actor).await?.into_iter().map(of_support));
    Ok(tasks)
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
