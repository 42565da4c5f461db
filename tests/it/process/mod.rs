//! The program itself, killed, stopped, doubled, deprived of its relay, on a real database and a real relay.
//!
//! The test process prepares the data on the database of the program and looks at it from outside.

mod client;
mod drafts;
mod kill;
mod people;
mod relay;
mod server;
mod stop;
mod storms;
mod tamper;
mod twins;
mod work;

use std::time::{Duration, Instant};

use entity::mail::{self, MailState};
use parchemin::app::{Clock, SystemClock};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::support::TestApp;
use crate::support::smtp::Kept;

/// An application at the true hour, on whose database programs will run.
async fn scene() -> TestApp {
    let t = TestApp::new().await;
    t.set_now(SystemClock.now());
    t
}

/// Waits for a condition, looking often; fails when it never comes.
async fn until(what: &str, mut met: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_mins(2);
    let mut looks = tokio::time::interval(Duration::from_millis(50));
    loop {
        looks.tick().await;
        if met().await {
            return;
        }
        assert!(Instant::now() < deadline, "never: {what}");
    }
}

/// The leases of a program that was killed end, as they do when time passes.
async fn leases_end(t: &TestApp) {
    let past = entity::Instant::from(time::OffsetDateTime::UNIX_EPOCH);
    let conn = t.app.db.bookkeeping();
    let mails = mail::Entity::update_many()
        .col_expr(mail::Column::LeaseUntil, Expr::value(past))
        .filter(mail::Column::LeaseUntil.is_not_null());
    mails.exec(conn).await.unwrap();
    let jobs = entity::job::Entity::update_many()
        .col_expr(entity::job::Column::LeaseUntil, Expr::value(past))
        .filter(entity::job::Column::LeaseUntil.is_not_null());
    jobs.exec(conn).await.unwrap();
    entity::lease::Entity::delete_many().exec(conn).await.unwrap();
}

/// Waits until every mail has left.
async fn all_sent(t: &TestApp) {
    until("every mail has left", async || {
        let waiting = mail::Entity::find().filter(mail::Column::State.ne(MailState::Sent));
        waiting.count(t.app.db.read()).await.unwrap() == 0
    })
    .await;
}

/// Waits until every event is sealed.
async fn all_sealed(t: &TestApp) {
    until("every event is sealed", async || unsealed(t).await == 0).await;
}

async fn unsealed(t: &TestApp) -> u64 {
    entity::audit_pending::Entity::find().count(t.app.db.read()).await.unwrap()
}

/// How many times the relay kept the messages of each mail.
async fn times_kept(t: &TestApp, kept: &[Kept]) -> Vec<(mail::Model, usize)> {
    let mails = mail::Entity::find().all(t.app.db.read()).await.unwrap();
    let ids: Vec<String> = kept.iter().map(Kept::message_id).collect();
    let times = |mail: &mail::Model| {
        let start = format!("<{}.", mail.id.0.simple());
        ids.iter().filter(|id| id.starts_with(&start)).count()
    };
    mails.into_iter().map(|mail| (times(&mail), mail)).map(|(times, mail)| (mail, times)).collect()
}
