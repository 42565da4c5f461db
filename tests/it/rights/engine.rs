//! What the actions do to a right, and what the database refuses by itself.

use entity::dated_right::{self, RightKind, RightState, SourceKind};
use entity::right_suspension;
use parchemin::authz::{Actor, Facts, Grant, Permission};
use parchemin::db::{self, Tx};
use parchemin::error::DomainError;
use parchemin::features::rights::actions::{
    NewRight, await_turn, close, end, grace, hold, make_room, prolong, resume, start, succeed, suspend, void,
};
use parchemin::features::rights::{Holder, RightError, Source, queries};
use parchemin::rules::deadline::add_days;
use parchemin::rules::right::{Span, Standing};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use time::Date;
use time::macros::date;

use crate::support::TestApp;

async fn acting(t: &TestApp) -> (Tx, Grant) {
    let tx = t.app.begin(Actor::system("tests")).await.unwrap();
    let grant = tx.authorize(Permission::RightDeadline, &Facts::default()).unwrap();
    (tx, grant)
}

fn insurance(t: &TestApp, holder: Holder, from: Date, until: Option<Date>) -> NewRight {
    NewRight {
        holder,
        kind: RightKind::Insurance,
        scope: "*".to_owned(),
        reference: "AGR-2025-0042 P12".to_owned(),
        span: Span { from, until },
        pending: false,
        source: Source::new(SourceKind::RequestPiece, t.app.new_id()),
    }
}

async fn standing(tx: &Tx, right: &dated_right::Model, day: Date) -> Standing {
    let source = Source::new(right.source_kind, right.source_id);
    queries::of_source(tx.conn(), source).await.unwrap()[0].standing_on(day)
}

#[tokio::test]
async fn a_right_is_refused_on_days_already_held_and_both_periods_are_named() {
    let t = TestApp::new().await;
    let holder = Holder::structure(t.structure("Les Jardins du Morvan").await.id);
    let (tx, grant) = acting(&t).await;
    let first = insurance(&t, holder, date!(2025 - 01 - 01), Some(date!(2025 - 12 - 31)));
    hold(&tx, &grant, first).await.unwrap();
    let met = insurance(&t, holder, date!(2025 - 12 - 31), None);
    let refusal = hold(&tx, &grant, met).await.unwrap_err();
    assert_eq!(refusal.code(), "right-overlap");
    assert_eq!(
        refusal.detail(),
        "La période demandée, à partir du 31 décembre 2025, recoupe un droit déjà enregistré (assurance), \
         du 1er janvier 2025 au 31 décembre 2025."
    );
    let reversed = insurance(&t, holder, date!(2026 - 02 - 01), Some(date!(2026 - 01 - 31)));
    assert!(matches!(hold(&tx, &grant, reversed).await, Err(RightError::Reversed)));
    hold(&tx, &grant, insurance(&t, holder, date!(2026 - 01 - 01), None)).await.unwrap();
}

#[tokio::test]
async fn the_database_itself_refuses_two_rights_that_share_a_day() {
    let t = TestApp::new().await;
    let holder = t.structure("Les Jardins du Morvan").await.id.0;
    let year = (date!(2025 - 01 - 01), Some(date!(2025 - 12 - 31)));
    let open = (date!(2025 - 12 - 31), None);
    let right = t.raw_right(holder, "*", year, RightState::InForce).await.unwrap();
    let refused = t.raw_right(holder, "*", open, RightState::InForce).await.unwrap_err();
    assert!(db::breaks(&refused, "dated_right_overlap"), "{refused}");
    t.raw_right(holder, "*", open, RightState::Pending).await.unwrap();
    let refused = t.raw_right(holder, "*", open, RightState::Pending).await.unwrap_err();
    assert!(db::breaks(&refused, "dated_right_overlap"), "two that wait: {refused}");
    t.raw_right(holder, "P13", open, RightState::InForce).await.unwrap();
    t.raw_right(holder, "*", open, RightState::Void).await.unwrap();
    let next = (date!(2026 - 01 - 01), None);
    t.raw_right(holder, "*", next, RightState::InForce).await.unwrap();
    let mut longer = right.into_active_model();
    longer.ends_on = Set(Some(date!(2026 - 01 - 01)));
    let refused = longer.update(t.app.db.bookkeeping()).await.unwrap_err();
    assert!(db::breaks(&refused, "dated_right_overlap"), "{refused}");
}

#[tokio::test]
async fn the_database_itself_refuses_two_agreements_that_share_a_service_and_a_day() {
    let t = TestApp::new().await;
    let days = (date!(2025 - 01 - 01), Some(date!(2025 - 12 - 31)));
    for (held, asked, refused) in [
        ("a|train", "a|train", true),
        ("a|train", "a|organise", false),
        ("a|train", "a|train_and_organise", true),
        ("a|train_and_organise", "a|organise", true),
        ("a|train_and_organise", "b|train_and_organise", false),
        ("a|train", "b|train", false),
    ] {
        let holder = t.app.new_id();
        let give = async |scope: &'static str, state: RightState| {
            t.raw_right_of(RightKind::Agreement, holder, scope, days, state).await
        };
        give(held, RightState::InForce).await.unwrap();
        let waits = give(asked, RightState::Pending).await.unwrap();
        let mut starts = waits.into_active_model();
        starts.state = Set(RightState::InForce);
        let started = starts.update(t.app.db.bookkeeping()).await;
        assert_eq!(started.is_err(), refused, "{held} {asked}");
        if let Err(error) = started {
            assert!(db::breaks(&error, "dated_right_overlap"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_right_that_waits_takes_the_days_of_those_that_make_room() {
    let t = TestApp::new().await;
    let holder = Holder::structure(t.structure("Les Jardins du Morvan").await.id);
    let (tx, grant) = acting(&t).await;
    let (from, until) = (date!(2025 - 01 - 01), Some(date!(2025 - 12 - 31)));
    let held = hold(&tx, &grant, insurance(&t, holder, from, until)).await.unwrap();
    let later = hold(&tx, &grant, insurance(&t, holder, date!(2026 - 02 - 01), None)).await.unwrap();
    let first = date!(2025 - 06 - 01);
    let waits = await_turn(&tx, &grant, insurance(&t, holder, first, None)).await.unwrap();
    assert_eq!(waits.state, RightState::Pending);
    let second = await_turn(&tx, &grant, insurance(&t, holder, first, None)).await;
    assert_eq!(second.unwrap_err().code(), "right-overlap");
    let cut = make_room(&tx, &grant, held.id, first).await.unwrap();
    assert_eq!((cut.state, cut.ends_on), (RightState::InForce, Some(date!(2025 - 05 - 31))));
    assert_eq!(make_room(&tx, &grant, later.id, first).await.unwrap().state, RightState::Void);
    let started = start(&tx, &grant, waits.id, first).await.unwrap();
    assert_eq!((started.state, started.starts_on), (RightState::InForce, first));
}

#[tokio::test]
async fn a_right_starts_is_set_aside_comes_back_and_ends() {
    let t = TestApp::new().await;
    let holder = Holder::structure(t.structure("Les Jardins du Morvan").await.id);
    let (tx, grant) = acting(&t).await;
    let day = |days| add_days(date!(2025 - 01 - 01), days);
    let mut new = insurance(&t, holder, day(0), Some(day(99)));
    new.pending = true;
    let right = hold(&tx, &grant, new).await.unwrap();
    assert_eq!(standing(&tx, &right, day(5)).await, Standing::Pending);
    assert!(matches!(suspend(&tx, &grant, right.id, day(5)).await, Err(RightError::WrongState)));
    start(&tx, &grant, right.id, day(0)).await.unwrap();
    assert!(matches!(start(&tx, &grant, right.id, day(0)).await, Err(RightError::WrongState)));
    suspend(&tx, &grant, right.id, day(10)).await.unwrap();
    assert!(matches!(suspend(&tx, &grant, right.id, day(11)).await, Err(RightError::WrongState)));
    resume(&tx, &grant, right.id, day(20)).await.unwrap();
    assert!(matches!(resume(&tx, &grant, right.id, day(21)).await, Err(RightError::WrongState)));
    for (at, expected) in [
        (9, Standing::InForce),
        (10, Standing::Suspended),
        (19, Standing::Suspended),
        (20, Standing::InForce),
    ] {
        assert_eq!(standing(&tx, &right, day(at)).await, expected, "{at}");
    }
    assert!(matches!(grace(&tx, &grant, right.id, Some(day(99))).await, Err(RightError::Reversed)));
    grace(&tx, &grant, right.id, Some(day(120))).await.unwrap();
    assert_eq!(standing(&tx, &right, day(110)).await, Standing::InGrace);
    prolong(&tx, &grant, right.id, Some(day(199))).await.unwrap();
    assert_eq!(standing(&tx, &right, day(150)).await, Standing::InForce);
    end(&tx, &grant, right.id, day(30)).await.unwrap();
    assert_eq!(standing(&tx, &right, day(31)).await, Standing::Ended);
    assert!(matches!(close(&tx, &grant, right.id).await, Err(RightError::WrongState)));
    hold(&tx, &grant, insurance(&t, holder, day(31), None)).await.unwrap();
    let longer = prolong(&tx, &grant, right.id, Some(day(31))).await.unwrap_err();
    assert_eq!(longer.code(), "right-overlap");
    void(&tx, &grant, right.id).await.unwrap();
    hold(&tx, &grant, insurance(&t, holder, day(0), Some(day(30)))).await.unwrap();
}

#[tokio::test]
async fn a_right_that_waited_past_its_first_day_starts_on_the_day_of_what_it_waited_for() {
    let t = TestApp::new().await;
    let holder = Holder::structure(t.structure("Les Jardins du Morvan").await.id);
    let (tx, grant) = acting(&t).await;
    let day = |days| add_days(date!(2025 - 01 - 01), days);
    let mut new = insurance(&t, holder, day(0), Some(day(99)));
    new.pending = true;
    let right = hold(&tx, &grant, new).await.unwrap();
    assert!(matches!(start(&tx, &grant, right.id, day(100)).await, Err(RightError::Reversed)));
    let started = start(&tx, &grant, right.id, day(40)).await.unwrap();
    assert_eq!((started.starts_on, started.ends_on), (day(40), Some(day(99))));
    assert_eq!(standing(&tx, &started, day(40)).await, Standing::InForce);
    assert!(!matches!(standing(&tx, &started, day(39)).await, Standing::InForce));
}

#[tokio::test]
async fn a_right_that_succeeds_cuts_or_replaces_those_before_and_never_shortens_the_cover() {
    let t = TestApp::new().await;
    let holder = Holder::structure(t.structure("Les Jardins du Morvan").await.id);
    let (tx, grant) = acting(&t).await;
    let new = |from, until| insurance(&t, holder, from, Some(until));
    let first =
        succeed(&tx, &grant, new(date!(2025 - 01 - 01), date!(2025 - 12 - 31))).await.unwrap().unwrap();
    assert!(succeed(&tx, &grant, new(date!(2025 - 06 - 01), date!(2025 - 12 - 31))).await.unwrap().is_none());
    let next =
        succeed(&tx, &grant, new(date!(2025 - 11 - 01), date!(2026 - 10 - 31))).await.unwrap().unwrap();
    let held = queries::of_holder(tx.conn(), holder).await.unwrap();
    let found = |id| held.iter().find(|held| held.right.id == id).unwrap().right.clone();
    assert_eq!(found(first.id).ends_on, Some(date!(2025 - 10 - 31)));
    let wider =
        succeed(&tx, &grant, new(date!(2025 - 10 - 15), date!(2027 - 10 - 31))).await.unwrap().unwrap();
    let held = queries::of_holder(tx.conn(), holder).await.unwrap();
    let found = |id| held.iter().find(|held| held.right.id == id).unwrap().right.clone();
    assert_eq!(found(first.id).ends_on, Some(date!(2025 - 10 - 14)));
    assert_eq!(found(next.id).state, RightState::Void);
    assert_eq!(found(wider.id).state, RightState::InForce);
}

#[tokio::test]
async fn the_database_and_the_rule_agree_on_every_day() {
    let t = TestApp::new().await;
    let holder = t.structure("Les Jardins du Morvan").await.id.0;
    let day = |days| add_days(date!(2025 - 01 - 01), days);
    let mut rows = Vec::new();
    for (rank, (from, until, state)) in [
        (0, Some(10), RightState::InForce),
        (0, None, RightState::InForce),
        (5, Some(20), RightState::Ended),
        (5, Some(20), RightState::Pending),
        (5, Some(20), RightState::Void),
        (2, Some(12), RightState::InForce),
    ]
    .into_iter()
    .enumerate()
    {
        let days = (day(from), until.map(day));
        rows.push(t.raw_right(holder, &format!("P{rank}"), days, state).await.unwrap());
    }
    let conn = t.app.db.bookkeeping();
    let mut graced = rows[5].clone().into_active_model();
    graced.grace_until = Set(Some(day(16)));
    graced.update(conn).await.unwrap();
    for (right, from, until) in [(0, 3, Some(5)), (1, 8, None), (5, 11, Some(14))] {
        let suspension = right_suspension::ActiveModel {
            id: Set(t.app.new_id().into()),
            right_id: Set(rows[right].id),
            starts_on: Set(day(from)),
            ends_on: Set(until.map(day)),
        };
        right_suspension::Entity::insert(suspension).exec_without_returning(conn).await.unwrap();
    }
    let holder = Holder { kind: dated_right::HolderKind::Structure, id: holder };
    let all = queries::of_holder(conn, holder).await.unwrap();
    for at in -1..25 {
        let expected: Vec<_> =
            all.iter().filter(|held| held.valid_on(day(at))).map(|held| held.right.id).collect();
        let found = queries::in_force(conn, RightKind::Insurance, None, day(at)).await.unwrap();
        let found: Vec<_> = found.iter().map(|held| held.right.id).collect();
        assert_eq!(found, expected, "day {at}");
    }
}
