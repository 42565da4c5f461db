//! `/metrics`, on an address of its own: nothing of it is reachable from the pages.

use std::sync::Arc;

use entity::{audit_event, audit_leaf, job, mail};
use poem::endpoint::BoxEndpoint;
use poem::http::StatusCode;
use poem::middleware::AddData;
use poem::web::Data;
use poem::{EndpointExt, IntoResponse, Response, Route, handler};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};
use time::Duration;

use crate::app::App;
use crate::telemetry::metrics::Text;

/// Events older than this are not looked at: one that waits is sealed within seconds, or the alarm rang long ago.
const UNSEALED_WINDOW: Duration = Duration::DAY;

/// The one path of the listener of the measures.
pub fn endpoint(app: &Arc<App>) -> BoxEndpoint<'static, Response> {
    Route::new()
        .at("/metrics", poem::get(metrics))
        .with(AddData::new(Arc::clone(app)))
        .map_to_response()
        .boxed()
}

#[handler]
async fn metrics(app: Data<&Arc<App>>) -> Response {
    let mut text = Text::default();
    app.metrics.write(&mut text);
    match waiting(&app, &mut text).await {
        Ok(()) => text.finish().with_content_type("text/plain; version=0.0.4; charset=utf-8").into_response(),
        Err(error) => {
            tracing::warn!(%error, "metrics");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// What waits in the database, which every process sees alike, and the pools of this one.
async fn waiting(app: &App, text: &mut Text) -> Result<(), DbErr> {
    let db = app.db.read();
    text.family("parchemin_mails", "gauge", "Mails of the outbox that are not sent.");
    for state in [mail::MailState::Pending, mail::MailState::Sending, mail::MailState::Failed] {
        let count = mail::Entity::find().filter(mail::Column::State.eq(state)).count(db).await?;
        text.sample(&format!("parchemin_mails{{state=\"{state}\"}}"), count);
    }
    text.family("parchemin_jobs", "gauge", "Queued work that is not done.");
    for state in [job::JobState::Pending, job::JobState::Running, job::JobState::Failed] {
        let count = job::Entity::find().filter(job::Column::State.eq(state)).count(db).await?;
        text.sample(&format!("parchemin_jobs{{state=\"{state}\"}}"), count);
    }
    let sealed = Query::select()
        .expr(Expr::value(1))
        .from(audit_leaf::Entity)
        .and_where(
            Expr::col((audit_leaf::Entity, audit_leaf::Column::EventId))
                .equals((audit_event::Entity, audit_event::Column::Id)),
        )
        .take();
    let unsealed = audit_event::Entity::find()
        .filter(audit_event::Column::At.gte(entity::Instant::from(app.now() - UNSEALED_WINDOW)))
        .filter(Expr::exists(sealed).not())
        .count(db)
        .await?;
    text.gauge("parchemin_journal_unsealed_events", "Events of the last day that no seal covers.", unsealed);
    text.family("parchemin_database_connections", "gauge", "Connections of this process to the database.");
    for pool in app.db.pools() {
        let name = pool.name;
        text.sample(&format!("parchemin_database_connections{{pool=\"{name}\",state=\"idle\"}}"), pool.idle);
        text.sample(&format!("parchemin_database_connections{{pool=\"{name}\",state=\"used\"}}"), pool.used);
    }
    Ok(())
}
