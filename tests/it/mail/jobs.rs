//! Queued and periodic work.

use std::sync::atomic::{AtomicUsize, Ordering};

use entity::idempotency_key;
use entity::job::{self, JobState};
use parchemin::worker::{JobKind, Periodic, WorkError, jobs, schedule};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use crate::support::TestApp;

const KINDS: [JobKind; 4] = [
    JobKind { name: "test.good", run: |_, _| Box::pin(async { Ok(()) }) },
    JobKind { name: "test.away", run: |_, _| Box::pin(async { Err(WorkError::Retry("away".to_owned())) }) },
    JobKind {
        name: "test.wrong",
        run: |_, _| Box::pin(async { Err(WorkError::GiveUp("wrong".to_owned())) }),
    },
    JobKind { name: "test.panic", run: |_, _| Box::pin(async { panic!("on purpose") }) },
];

impl TestApp {
    async fn queue(&self, kind: &str) -> entity::ids::JobId {
        let id = self.app.new_id().into();
        let row = job::ActiveModel {
            id: Set(id),
            kind: Set(kind.to_owned()),
            payload: Set(json!({})),
            dedupe: Set(None),
            state: Set(JobState::Pending),
            attempts: Set(0),
            due_at: Set(self.app.now().into()),
            lease_until: Set(None),
            error: Set(None),
            created_at: Set(self.app.now().into()),
            done_at: Set(None),
        };
        job::Entity::insert(row).exec_without_returning(self.app.db.bookkeeping()).await.unwrap();
        id
    }

    async fn job(&self, id: entity::ids::JobId) -> job::Model {
        job::Entity::find_by_id(id).one(self.app.db.read()).await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn work_ends_done_put_off_or_failed() {
    let t = TestApp::new().await;
    for (kind, state, error) in [
        ("test.good", JobState::Done, None),
        ("test.away", JobState::Pending, Some("away")),
        ("test.wrong", JobState::Failed, Some("wrong")),
        ("test.panic", JobState::Pending, Some("panicked")),
        ("test.unknown", JobState::Pending, Some("unknown kind of work test.unknown")),
    ] {
        let id = t.queue(kind).await;
        assert_eq!(jobs::run_once(&t.app, &KINDS).await.unwrap(), 1, "{kind}");
        let job = t.job(id).await;
        assert_eq!((job.state, job.error.as_deref()), (state, error), "{kind}");
    }
}

#[tokio::test]
async fn work_put_off_is_tried_again_then_given_up() {
    let t = TestApp::new().await;
    let id = t.queue("test.away").await;
    let mut attempts = 0;
    while t.job(id).await.state == JobState::Pending {
        t.set_now(*t.job(id).await.due_at);
        attempts += jobs::run_once(&t.app, &KINDS).await.unwrap();
    }
    assert_eq!((attempts, t.job(id).await.state), (10, JobState::Failed));
}

static RUNS: AtomicUsize = AtomicUsize::new(0);

#[tokio::test]
async fn periodic_work_runs_once_for_all_processes_and_again_after_its_interval() {
    let t = TestApp::new().await;
    let other = t.another_process(parchemin::mailer::Mailer::memory());
    let work = [Periodic {
        name: "test.tick",
        every: std::time::Duration::from_hours(1),
        run: |_| {
            Box::pin(async {
                RUNS.fetch_add(1, Ordering::SeqCst);
                Ok(())
            })
        },
    }];
    let (one, two) = tokio::join!(schedule::run_once(&t.app, &work), schedule::run_once(&other, &work));
    assert_eq!(one.unwrap() + two.unwrap(), 1);
    t.advance(Duration::minutes(59));
    assert_eq!(schedule::run_once(&other, &work).await.unwrap(), 0);
    t.advance(Duration::minutes(2));
    assert_eq!(schedule::run_once(&other, &work).await.unwrap(), 1);
    assert_eq!(RUNS.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn periodic_work_that_fails_or_panics_is_tried_again_soon() {
    let t = TestApp::new().await;
    let every = std::time::Duration::from_hours(1);
    let work = [
        Periodic {
            name: "test.away",
            every,
            run: |_| Box::pin(async { Err(WorkError::Retry("away".to_owned())) }),
        },
        Periodic { name: "test.panic", every, run: |_| Box::pin(async { panic!("on purpose") }) },
    ];
    assert_eq!(schedule::run_once(&t.app, &work).await.unwrap(), 2);
    t.advance(Duration::seconds(9));
    assert_eq!(schedule::run_once(&t.app, &work).await.unwrap(), 0);
    t.advance(Duration::seconds(2));
    assert_eq!(schedule::run_once(&t.app, &work).await.unwrap(), 2);
}

#[tokio::test]
async fn loops_stop_when_told_and_forget_old_idempotency_keys_meanwhile() {
    let t = TestApp::new().await;
    for (id, age) in [(1, Duration::hours(49)), (2, Duration::hours(47))] {
        let row = idempotency_key::ActiveModel {
            id: Set(Uuid::from_u128(id)),
            request_hash: Set(vec![0]),
            status: Set(None),
            body: Set(None),
            content_type: Set(None),
            disposition: Set(None),
            location: Set(None),
            etag: Set(None),
            created_at: Set((t.app.now() - age).into()),
        };
        idempotency_key::Entity::insert(row).exec_without_returning(t.app.db.bookkeeping()).await.unwrap();
    }
    let stop = tokio_util::sync::CancellationToken::new();
    let running =
        tokio::spawn(parchemin::worker::run_all(t.app.clone(), KINDS.to_vec(), Vec::new(), stop.clone()));
    let left = || async { idempotency_key::Entity::find().all(t.app.db.read()).await.unwrap() };
    for _ in 0..200 {
        if left().await.len() == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(left().await.iter().map(|key| key.id).collect::<Vec<_>>(), [Uuid::from_u128(2)]);
    stop.cancel();
    tokio::time::timeout(std::time::Duration::from_secs(5), running).await.unwrap().unwrap();
}
