//! What time does by itself: whoever has not paid is reminded, then the team is told. Once each, however many processes run: the
//! invoice is locked and looked at again.

use std::sync::Arc;

use entity::ids::InvoiceId;
use entity::invoice;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Duration;

use crate::app::App;
use crate::authz::{Actor, Permission};
use crate::db::DueRun;
use crate::features::invoices::events::{InvoiceEvent, What};
use crate::features::invoices::{InvoiceError, Record, letters};
use crate::features::settings;

/// Rows looked at in one run.
const BATCH: u64 = 200;
const ACTOR: &str = "invoices.deadlines";

/// Does everything that is due. Gives how many acts were done.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, InvoiceError> {
    use invoice::Column;
    let ids: Vec<InvoiceId> = invoice::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::DeadlineAt.lte(entity::Instant::from(app.now())))
        .order_by_asc(Column::DeadlineAt)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let mut due = DueRun::of(ACTOR);
    for id in ids {
        due.count(id, Box::pin(ring(app, id)).await)?;
    }
    due.end()
}

async fn ring(app: &Arc<App>, id: InvoiceId) -> Result<bool, InvoiceError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let mut record = Record::locked(&tx, id).await?;
    let grant = tx.authorize(Permission::InvoiceDeadline, &record.facts())?;
    let passed = record.invoice.deadline_at.is_some_and(|at| *at <= tx.now());
    if !passed || !record.is_open() {
        return Ok(false);
    }
    let rules = settings::invoice_rules(tx.conn()).await?;
    let mail = letters::overdue(app, &record)?;
    let left = i32::from(rules.reminders) > record.invoice.reminders;
    if let Some(mail) = mail.filter(|_| left) {
        let next = tx.now() + Duration::days(rules.reminder_days.into());
        record
            .save(&tx, |invoice| {
                invoice.reminders += 1;
                invoice.deadline_at = Some(next.into());
            })
            .await?;
        tx.record(&grant, &InvoiceEvent::of(&record, What::Reminded).telling(vec![mail])).await?;
    } else {
        record.save(&tx, |invoice| invoice.deadline_at = None).await?;
        let mails = vec![letters::late(app, &record)];
        tx.record(&grant, &InvoiceEvent::of(&record, What::Late).telling(mails)).await?;
    }
    tx.commit().await?;
    Ok(true)
}
