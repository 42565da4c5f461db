//! What workers would have done meanwhile: messages of the past were sent, each address that received one beside it;
//! other works of the past were done.
//!
//! Only the messages of the last days reach the memory mailer, and only the last documents are made at the start,
//! so that the demonstration opens quickly. Those of the older files follow by themselves, a few at a time.

use std::collections::HashMap;

use anyhow::Context;
use entity::ids::{JobId, MailId};
use entity::job::JobState;
use entity::mail::MailState;
use entity::mail_delivery::{self, DeliveryState};
use entity::{Instant, job, mail};
use sea_orm::ActiveValue::Set;
use sea_orm::prelude::Json;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Duration;

use super::Stage;
use crate::events::Recipient;
use crate::features::certificates::documents::BATCH_JOB;
use crate::features::papers;
use crate::worker::recipients::resolve;

/// Messages younger than this are delivered at the start.
const FRESH: Duration = Duration::days(7);
/// Documents made at the start, the youngest.
const DOCUMENTS: u64 = 120;
/// How the works that typeset a document end their name, whatever the feature.
const TYPESET: &str = ".issue_document";
/// Sessions whose certificates are typeset at the start, the last ones.
const SESSIONS: usize = 4;
/// Wait before the first of the older documents, which leaves the start to the youngest.
const AFTERWARDS: Duration = Duration::minutes(1);
/// Older documents made together, and the time between two such lots: the pages stay quick meanwhile.
const LOT: usize = 4;
const BETWEEN_LOTS: Duration = Duration::seconds(15);
/// Lines of deliveries written at once.
const AT_ONCE: usize = 500;

/// Puts the past away.
pub(super) async fn put_away(stage: &Stage<'_>) -> anyhow::Result<()> {
    let conn = stage.app.db.bookkeeping();
    let fresh = Instant::from(stage.clock.real_now() - FRESH);
    deliver(stage, fresh).await.context("deliveries")?;
    mail::Entity::update_many()
        .col_expr(mail::Column::State, Expr::value(MailState::Sent))
        .col_expr(mail::Column::Attempts, Expr::value(1))
        .col_expr(mail::Column::SentAt, Expr::col(mail::Column::DueAt))
        .filter(mail::Column::DueAt.lt(fresh))
        .filter(mail::Column::State.eq(MailState::Pending))
        .exec(conn)
        .await?;
    let oldest_kept: Option<JobId> = job::Entity::find()
        .select_only()
        .column(job::Column::Id)
        .filter(job::Column::State.eq(JobState::Pending))
        .filter(job::Column::Kind.ne(BATCH_JOB))
        .order_by_desc(job::Column::Id)
        .offset(DOCUMENTS)
        .limit(1)
        .into_tuple()
        .one(conn)
        .await?;
    let Some(oldest_kept) = oldest_kept else { return Ok(()) };
    let older = put_off(stage, oldest_kept).await.context("older documents")?;
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(JobState::Done))
        .col_expr(job::Column::Attempts, Expr::value(1))
        .col_expr(job::Column::DoneAt, Expr::col(job::Column::DueAt))
        .filter(job::Column::Id.lte(oldest_kept))
        .filter(job::Column::Id.is_not_in(older))
        .filter(job::Column::Kind.ne(BATCH_JOB))
        .filter(job::Column::State.eq(JobState::Pending))
        .exec(conn)
        .await?;
    Ok(())
}

/// Plans the documents of the older files after the start, the youngest first, then the certificates of the older sessions;
/// says which works they are.
async fn put_off(stage: &Stage<'_>, oldest_kept: JobId) -> anyhow::Result<Vec<JobId>> {
    let conn = stage.app.db.bookkeeping();
    let waiting: Vec<(JobId, String)> = job::Entity::find()
        .select_only()
        .column(job::Column::Id)
        .column(job::Column::Kind)
        .filter(Condition::any().add(job::Column::Id.lte(oldest_kept)).add(job::Column::Kind.eq(BATCH_JOB)))
        .filter(job::Column::State.eq(JobState::Pending))
        .order_by_desc(job::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    let (sessions, others): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(_, kind)| kind == BATCH_JOB);
    let typesets = |kind: &str| kind.ends_with(TYPESET) || kind == papers::documents::JOB;
    let documents = others.into_iter().filter(|(_, kind)| typesets(kind));
    let documents: Vec<JobId> =
        documents.chain(sessions.into_iter().skip(SESSIONS)).map(|(id, _)| id).collect();
    let mut due = stage.clock.real_now() + AFTERWARDS;
    for lot in documents.chunks(LOT) {
        job::Entity::update_many()
            .col_expr(job::Column::DueAt, Expr::value(Instant::from(due)))
            .filter(job::Column::Id.is_in(lot.iter().copied()))
            .exec(conn)
            .await?;
        due += BETWEEN_LOTS;
    }
    Ok(documents)
}

/// Writes the addresses that received the messages due before an instant. Those of a recipient are looked for once.
async fn deliver(stage: &Stage<'_>, before: Instant) -> anyhow::Result<()> {
    let conn = stage.app.db.bookkeeping();
    let mails: Vec<(MailId, Json, Instant)> = mail::Entity::find()
        .select_only()
        .column(mail::Column::Id)
        .column(mail::Column::Recipient)
        .column(mail::Column::DueAt)
        .filter(mail::Column::DueAt.lt(before))
        .filter(mail::Column::State.eq(MailState::Pending))
        .order_by_asc(mail::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    let mut known: HashMap<String, Vec<String>> = HashMap::new();
    let mut rows = Vec::new();
    for (id, stored, at) in mails {
        let key = stored.to_string();
        let addresses = if let Some(found) = known.get(&key) {
            found.clone()
        } else {
            let to: Recipient = serde_json::from_value(stored).with_context(|| key.clone())?;
            let found = resolve(conn, &to).await?.unwrap_or_default();
            let found: Vec<_> = found.into_iter().map(|one| one.address).collect();
            known.insert(key, found.clone());
            found
        };
        rows.extend(addresses.iter().map(|address| delivery(stage, id, address, at)));
    }
    while !rows.is_empty() {
        let batch: Vec<_> = rows.drain(..rows.len().min(AT_ONCE)).collect();
        mail_delivery::Entity::insert_many(batch).exec_without_returning(conn).await?;
    }
    Ok(())
}

fn delivery(stage: &Stage<'_>, mail: MailId, address: &str, at: Instant) -> mail_delivery::ActiveModel {
    let id = stage.app.new_id();
    mail_delivery::ActiveModel {
        id: Set(id.into()),
        mail_id: Set(mail),
        address: Set(address.to_owned()),
        message_id: Set(format!("<{}@demo.test>", id.simple())),
        state: Set(DeliveryState::Accepted),
        answer: Set(None),
        at: Set(at),
    }
}
