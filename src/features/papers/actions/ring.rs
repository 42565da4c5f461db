//! What time does by itself: whoever lacks is reminded to sign, then the team is told that the delay has passed. Once each,
//! however many processes run: the paper is locked and looked at again.

use std::sync::Arc;

use entity::ids::TrainingDocumentId;
use entity::training_document;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Duration;

use crate::app::App;
use crate::authz::{Actor, Permission};
use crate::db::DueRun;
use crate::features::papers::events::{PaperEvent, What};
use crate::features::papers::{PaperError, Record, letters};
use crate::features::settings;

/// Rows looked at in one run.
const BATCH: u64 = 200;
const ACTOR: &str = "papers.deadlines";

/// Does everything that is due. Gives how many acts were done.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, PaperError> {
    use training_document::Column;
    let ids: Vec<TrainingDocumentId> = training_document::Entity::find()
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

async fn ring(app: &Arc<App>, id: TrainingDocumentId) -> Result<bool, PaperError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let mut record = Record::locked(&tx, id).await?;
    let grant = tx.authorize(Permission::PaperDeadline, &record.facts())?;
    let passed = record.paper.deadline_at.is_some_and(|at| *at <= tx.now());
    let (true, true, Some(until)) = (passed, record.is_open(), record.paper.sign_until) else {
        return Ok(false);
    };
    let content = record.content()?;
    if *until <= tx.now() {
        record.save(&tx, |paper| paper.deadline_at = None).await?;
        let mails = vec![letters::unsigned(app, &record, &content)];
        tx.record(&grant, &PaperEvent::of(&record, What::Overdue).telling(mails)).await?;
    } else {
        let rules = settings::paper_rules(tx.conn()).await?;
        let next = tx.now() + Duration::days(rules.reminder_days.into());
        record.save(&tx, |paper| paper.deadline_at = Some(next.min(*until).into())).await?;
        let mails = letters::all_to_sign(app, &record, &content, true)?;
        tx.record(&grant, &PaperEvent::of(&record, What::Reminded).telling(mails)).await?;
    }
    tx.commit().await?;
    Ok(true)
}
