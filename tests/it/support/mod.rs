//! The application of a test: its own database, a clock that the test moves, mails kept in memory, no port.

mod builders;
mod calls;
pub mod clamd;
pub mod database;
mod people;
pub mod smtp;

use std::sync::{Arc, Mutex};

use entity::{audit_event, job, mail};
use parchemin::app::{App, Clock};
use parchemin::config::{Config, RateLimits};
use parchemin::mailer::Mailer;
use parchemin::storage::Storage;
use parchemin::{features, http, worker};
use poem::Response;
use poem::endpoint::BoxEndpoint;
use poem::test::TestClient;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

pub use builders::siret_of;
pub use calls::Answer;
pub use people::{Person, enter};

/// A clock that stands still until the test moves it.
pub struct TestClock(Mutex<OffsetDateTime>);

impl Clock for TestClock {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap()
    }
}

/// The application of one test.
pub struct TestApp {
    pub app: Arc<App>,
    pub client: TestClient<BoxEndpoint<'static, Response>>,
    clock: Arc<TestClock>,
    _folder: tempfile::TempDir,
    seen: Mutex<(usize, usize, usize)>,
}

/// What an act left behind: names of the events, templates of the mails, kinds of the jobs.
#[derive(Debug, PartialEq, Eq)]
pub struct Effects {
    pub events: Vec<String>,
    pub mails: Vec<String>,
    pub jobs: Vec<String>,
}

impl TestApp {
    /// A fresh application on Monday 6 October 2025 at 10:00 in Paris.
    pub async fn new() -> Self {
        Self::with(|config| config).await
    }

    /// The same, with another configuration.
    pub async fn with(configure: impl FnOnce(Config) -> Config) -> Self {
        Self::built(configure, Mailer::memory()).await
    }

    /// The same, sending its mails for real.
    pub async fn sending(mailer: Mailer) -> Self {
        Self::built(|config| config, mailer).await
    }

    /// Another process on the same database, with the same clock.
    pub fn another_process(&self, mailer: Mailer) -> Arc<App> {
        let clock = Arc::clone(&self.clock) as Arc<dyn Clock>;
        App::new(self.app.config.clone(), self.app.db.clone(), Storage::memory(), mailer, clock)
    }

    async fn built(configure: impl FnOnce(Config) -> Config, mailer: Mailer) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = configure(Config {
            data_dir: folder.path().to_owned(),
            rate_limits: RateLimits::Off,
            second_factor_roles: Vec::new(),
            organisation: "Certifieur d’essai".to_owned(),
            ..Config::default()
        });
        let db = database::fresh(folder.path()).await;
        let clock = Arc::new(TestClock(Mutex::new(datetime!(2025-10-06 08:00 UTC))));
        let app = App::new(config, db, Storage::memory(), mailer, Arc::clone(&clock) as Arc<dyn Clock>);
        let pages = if app.config.demo { features::demo_pages() } else { features::pages() };
        let endpoint = http::endpoint(&app, features::api(&app), pages);
        Self { app, client: TestClient::new(endpoint), clock, _folder: folder, seen: Mutex::default() }
    }

    /// Moves the clock.
    pub fn advance(&self, duration: Duration) {
        *self.clock.0.lock().unwrap() += duration;
    }

    /// Sets the clock.
    pub fn set_now(&self, now: OffsetDateTime) {
        *self.clock.0.lock().unwrap() = now;
    }

    /// Does all the queued work. A refused act keeps its locks until its connection is given back, and work that is locked
    /// is passed over: what is still due is asked for again.
    pub async fn work(&self) {
        let kinds = features::jobs();
        loop {
            while worker::jobs::run_once(&self.app, &kinds).await.unwrap() > 0 {}
            if !self.has_due_work().await {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    async fn has_due_work(&self) -> bool {
        let now = entity::Instant::from(self.app.now());
        let waiting = job::Entity::find().filter(job::Column::State.eq(job::JobState::Pending));
        waiting.filter(job::Column::DueAt.lte(now)).one(self.app.db.read()).await.unwrap().is_some()
    }

    /// Names and labels of the sensitive readings, in order; they are no effects.
    pub async fn readings(&self) -> Vec<(String, String)> {
        let db = self.app.db.read();
        let events = audit_event::Entity::find().order_by_asc(audit_event::Column::Id).all(db).await.unwrap();
        let readings = events.into_iter().filter(|event| is_reading(&event.name));
        readings.map(|event| (event.name, event.subject_label)).collect()
    }

    /// What happened since the last call, sensitive readings left out.
    pub async fn effects(&self) -> Effects {
        let db = self.app.db.read();
        let events = audit_event::Entity::find().order_by_asc(audit_event::Column::Id).all(db).await.unwrap();
        let mails = mail::Entity::find().order_by_asc(mail::Column::Id).all(db).await.unwrap();
        let jobs = job::Entity::find().order_by_asc(job::Column::Id).all(db).await.unwrap();
        let mut seen = self.seen.lock().unwrap();
        let effects = Effects {
            events: events[seen.0..]
                .iter()
                .map(|event| event.name.clone())
                .filter(|name| !is_reading(name))
                .collect(),
            mails: mails[seen.1..].iter().map(|mail| mail.template.clone()).collect(),
            jobs: jobs[seen.2..].iter().map(|job| job.kind.clone()).collect(),
        };
        *seen = (events.len(), mails.len(), jobs.len());
        effects
    }
}

fn is_reading(name: &str) -> bool {
    [
        "expert.viewed",
        "interest.read",
        "candidate.adaptations_read",
        "enrolment.adaptations_read",
        "account.viewed",
        "document.downloaded",
    ]
    .contains(&name)
}
