//! No sequence of events, however concurrent, gives two rights that share a day.

use entity::dated_right::{self, RightState};
use entity::habilitation::Duty;
use parchemin::authz::Actor;
use parchemin::error::{DomainError, ErrorKind};
use parchemin::features::experts::ExpertError;
use parchemin::features::experts::actions;
use parchemin::features::experts::input::TypedHabilitation;
use parchemin::features::rights::queries::span;
use parchemin::rules::deadline::add_days;
use parchemin::rules::typed_date::iso;
use proptest::prelude::{Strategy, any};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sea_orm::EntityTrait;
use time::macros::date;
use tokio::task::JoinSet;

use crate::support::TestApp;

/// A grant: first day, length, the same certification or all.
type Asked = (i32, i32, bool);

async fn grant(
    t: &TestApp,
    expert: entity::ids::ExpertId,
    certification: entity::ids::CertificationId,
    asked: Asked,
    join: &mut JoinSet<Result<(), ExpertError>>,
) {
    let (from, long, whole) = asked;
    let from = add_days(date!(2025 - 01 - 01), from);
    let typed = TypedHabilitation {
        duty: Duty::Mandataire,
        starts_on: iso(from),
        ends_on: iso(add_days(from, long)),
        certification: (!whole).then_some(certification),
        regions: Vec::new(),
    };
    let app = std::sync::Arc::clone(&t.app);
    join.spawn(async move {
        let mut tx = app.begin(Actor::system("tests")).await?;
        actions::record(&mut tx, expert, None, &typed).await?;
        Ok(tx.commit().await?)
    });
}

/// No two rights of one holder on the same thing share a day; one on every certification is on each.
pub async fn no_shared_day(t: &TestApp) {
    let rows = dated_right::Entity::find().all(t.app.db.read()).await.unwrap();
    let live: Vec<_> = rows.iter().filter(|row| row.state != RightState::Void).collect();
    for (rank, one) in live.iter().enumerate() {
        for other in &live[rank + 1..] {
            let whole = one.scope.ends_with("|*") || other.scope.ends_with("|*");
            let duty = |row: &dated_right::Model| row.scope.split('|').next().map(str::to_owned);
            let same = one.holder_id == other.holder_id
                && one.kind == other.kind
                && (one.scope == other.scope || whole && duty(one) == duty(other));
            assert!(!(same && span(one).overlaps(span(other))), "{one:?} {other:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_grants_never_share_a_day() {
    let t = TestApp::new().await;
    let certification = t.certification_version("CQP_SP").await.certification_id;
    let mut runner = TestRunner::deterministic();
    let strategy = proptest::collection::vec((0i32..120, 0i32..40, any::<bool>()), 12);
    for round in 0..6 {
        let expert = t.expert(&format!("Abel{}", char::from(b'a' + round))).await;
        let asked = strategy.new_tree(&mut runner).unwrap().current();
        let mut join = JoinSet::new();
        for one in asked {
            grant(&t, expert.id, certification, one, &mut join).await;
        }
        let answers = join.join_all().await;
        for error in answers.iter().filter_map(|answer| answer.as_ref().err()) {
            assert_eq!(
                (error.kind(), error.code()),
                (ErrorKind::Conflict, "habilitation-overlap"),
                "{error:?}"
            );
        }
        assert!(answers.iter().any(Result::is_ok));
    }
    no_shared_day(&t).await;
}
