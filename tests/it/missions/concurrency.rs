//! Whatever is asked at the same time, nobody holds two missions on one half-day, nor one they are not entitled to.

use std::collections::HashSet;

use entity::declared_interest::TieKind;
use entity::engagement_half_day;
use entity::habilitation::{self, Duty};
use entity::ids::MissionId;
use entity::mission::{self, MissionObject, MissionState};
use futures_util::future::join_all;
use parchemin::authz::Actor;
use parchemin::features::experts;
use parchemin::features::missions::actions::recheck;
use parchemin::features::missions::state;
use parchemin::rules::engagement;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use time::macros::datetime;

use super::bench::Bench;

/// What a mission may be asked for: every object, for the habilitation that it wants by itself or for each of the others.
pub const ASKED: usize = 24;

/// One of them, those that name no habilitation first.
pub fn asked(what: usize) -> (MissionObject, Option<Duty>) {
    let objects: Vec<_> = MissionObject::all().collect();
    let duties: Vec<_> = std::iter::once(None).chain(Duty::all().map(Some)).collect();
    assert_eq!(objects.len() * duties.len(), ASKED);
    (objects[what % objects.len()], duties[what / objects.len()])
}

/// The body of a mission, for one of them.
pub fn set_asked(body: &mut Value, what: usize) {
    let (object, duty) = asked(what);
    body["object"] = json!(object.word());
    if let Some(duty) = duty {
        body["duty"] = json!(duty.word());
    }
}

/// The habilitations of which a mission wants one; none for what wants none. Written here again, apart from what gives
/// missions.
pub fn wanted(object: MissionObject, duty: Option<Duty>) -> Vec<Duty> {
    match (duty, object) {
        (Some(duty), _) => vec![duty],
        (None, MissionObject::Jury) => vec![Duty::Mandataire],
        (None, MissionObject::Inspection) => vec![Duty::Controleur],
        (None, MissionObject::Session) => vec![Duty::Epsp],
        (None, MissionObject::Support) => Duty::all().collect(),
        (None, MissionObject::Meeting | MissionObject::Observation) => Vec::new(),
    }
}

/// Nobody holds two missions on one half-day, and the half-days taken are those of the missions held.
pub async fn half_days(bench: &Bench) -> Vec<mission::Model> {
    let conn = bench.t.app.db.read();
    let held = mission::Entity::find()
        .filter(mission::Column::State.is_in(MissionState::all().filter(|one| state::is_held(*one))))
        .all(conn)
        .await
        .unwrap();
    let mut taken = HashSet::new();
    for row in &held {
        for half in engagement::taken(*row.starts_at, *row.ends_at, &row.zone) {
            assert!(taken.insert((row.expert_id, half)), "{} holds two missions on {half:?}", row.expert_id);
        }
    }
    let rows = engagement_half_day::Entity::find().filter(engagement_half_day::Column::Held.eq(true));
    let rows: HashSet<_> =
        rows.all(conn).await.unwrap().into_iter().map(|row| (row.expert_id, (row.day, row.half))).collect();
    assert_eq!(rows, taken, "the half-days are those of the missions held");
    held
}

/// What the database must never hold.
async fn check(bench: &Bench) {
    let conn = bench.t.app.db.read();
    for row in &half_days(bench).await {
        let day = parchemin::rules::deadline::date_in_zone(*row.starts_at, &row.zone).unwrap();
        let mut found = experts::queries::habilitations_of(conn, &[row.expert_id]).await.unwrap();
        let own = found.remove(&row.expert_id).unwrap_or_default();
        let wanted = wanted(row.object, row.duty);
        let entitled = own.iter().any(|one| wanted.contains(&one.file.duty) && one.valid_on(day));
        assert!(wanted.is_empty() || entitled, "not entitled to {} on {day}", row.object);
    }
}

#[tokio::test]
async fn many_answers_at_once_give_one_mission_per_half_day() {
    let bench = Bench::new().await;
    let hours =
        [("09:00", "12:00"), ("10:00", "11:00"), ("14:00", "18:00"), ("11:00", "15:00"), ("09:00", "17:00")];
    let mut ids = Vec::new();
    let objects = ["jury", "support", "meeting", "observation", "jury"];
    for ((from, until), object) in hours.into_iter().zip(objects) {
        let mut body = bench.jury(&bench.expert);
        body["object"] = json!(object);
        (body["starts_time"], body["ends_time"]) = (json!(from), json!(until));
        ids.push(bench.propose(&body).await);
    }
    let answers = join_all(ids.iter().map(|id| bench.act(&bench.own, id, "accept", &Value::Null))).await;
    for answer in &answers {
        let refused = ["mission-not-entitled", "mission-double-booking"].contains(&answer.code());
        assert!(answer.status == 200 || (answer.status == 409 && refused), "{answer:?}");
    }
    let accepted = answers.iter().filter(|answer| answer.status == 200).count();
    assert!((1..=2).contains(&accepted), "{accepted}");
    check(&bench).await;
}

#[tokio::test]
async fn one_offer_answered_many_times_at_once_is_answered_once() {
    let bench = Bench::new().await;
    let id = bench.propose(&bench.jury(&bench.expert)).await;
    let body = json!({ "reason": "too_far" });
    let nothing = Value::Null;
    let yes = || bench.act(&bench.own, &id, "accept", &nothing);
    let no = || bench.act(&bench.own, &id, "decline", &body);
    let (one, two, three, four) = tokio::join!(yes(), no(), yes(), no());
    let done = [one, two, three, four].iter().filter(|answer| answer.status == 200).count();
    assert_eq!(done, 1);
    check(&bench).await;
}

/// Suspends the habilitation of the expert of the bench from today on.
async fn suspend(bench: &Bench) {
    let conn = bench.t.app.db.read();
    let right = habilitation::Entity::find()
        .filter(habilitation::Column::ExpertId.eq(bench.expert.id))
        .one(conn)
        .await
        .unwrap()
        .unwrap();
    let mut tx = bench.t.app.begin(Actor::system("tests")).await.unwrap();
    experts::actions::habilitation::suspend(&mut tx, right.id, None, None, "plainte").await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn an_habilitation_suspended_meanwhile_refuses_the_answer() {
    let bench = Bench::new().await;
    let id = bench.propose(&bench.jury(&bench.expert)).await;
    suspend(&bench).await;
    let answer = bench.act(&bench.own, &id, "accept", &Value::Null).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "mission-not-entitled"));
    check(&bench).await;
}

#[tokio::test]
async fn a_planned_mission_is_taken_back_from_whoever_may_not_hold_it_any_more() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    assert_eq!(Box::pin(recheck::run(&bench.t.app)).await.unwrap(), 0);
    bench.t.effects().await;
    bench.t.interest(bench.expert.id, bench.structure.id, TieKind::EmployeeBoardOrProvider, None).await;
    bench.t.effects().await;
    assert_eq!(Box::pin(recheck::run(&bench.t.app)).await.unwrap(), 1);
    let effects = bench.t.effects().await;
    assert_eq!(effects.events, ["mission.withdrawn"]);
    assert_eq!(effects.mails, ["mission-withdrawn", "mission-structure", "mission-declined"]);
    assert_eq!(bench.state(&id).await, "withdrawn");
    assert!(bench.read(&id).await["reason"].as_str().unwrap().contains("Emploi"));
    assert_eq!(Box::pin(recheck::run(&bench.t.app)).await.unwrap(), 0, "once");
    check(&bench).await;
}

#[tokio::test]
async fn a_mission_does_not_begin_in_the_hands_of_someone_who_lost_the_right_since() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    suspend(&bench).await;
    bench.t.set_now(datetime!(2025-10-20 06:30 UTC));
    let by_hand = bench.act(&bench.own, &id, "start", &Value::Null).await;
    assert_eq!((by_hand.status.as_u16(), by_hand.code()), (409, "mission-not-entitled"), "{by_hand:?}");
    assert!(by_hand.body["blocking"][0].as_str().unwrap().contains("suspendue"), "{by_hand:?}");
    assert_eq!(bench.ring().await, 0, "its hour has not come");
    bench.t.effects().await;
    bench.t.set_now(datetime!(2025-10-20 07:00 UTC));
    assert_eq!(bench.ring().await, 1);
    let effects = bench.t.effects().await;
    assert_eq!(effects.events, ["mission.withdrawn"]);
    assert_eq!(effects.mails, ["mission-withdrawn", "mission-structure", "mission-declined"]);
    assert_eq!(bench.state(&id).await, "withdrawn");
    check(&bench).await;
}

/// Any sequence of acts keeps what must hold; the sequence follows a fixed series of numbers.
#[tokio::test]
async fn no_sequence_of_acts_breaks_what_must_hold() {
    let bench = Bench::new().await;
    bench.t.habilitate(bench.expert.id, Duty::Controleur, None, &[]).await;
    let people = [
        bench.expert.clone(),
        bench.holder("Bérard", Duty::Epsp).await,
        bench.holder("Corbin", Duty::Controleur).await,
    ];
    let accounts =
        [bench.own.clone(), bench.t.of_expert(people[1].id).await, bench.t.of_expert(people[2].id).await];
    let mut seed: u32 = 20_251_006;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        usize::try_from(seed >> 8).unwrap() % below
    };
    let (mut ids, mut accepted) = (Vec::new(), 0);
    for _ in 0..90 {
        let who = next(3);
        if ids.is_empty() || next(4) == 0 {
            let mut body = bench.jury(&people[who]);
            set_asked(&mut body, next(ASKED));
            let (from, until) = [("09:00", "12:00"), ("14:00", "17:00"), ("11:00", "16:00")][next(3)];
            body["starts_on"] = json!(format!("2025-10-{}", 20 + next(2)));
            (body["starts_time"], body["ends_time"]) = (json!(from), json!(until));
            let answer = bench.try_propose(&body).await;
            assert!(answer.status == 201 || answer.status == 409, "{answer:?}");
            ids.extend(answer.body["id"].as_str().map(str::to_owned));
            continue;
        }
        let id = ids[next(ids.len())].clone();
        let substitutes = json!([{ "expert_id": people[next(3)].id }]);
        let answer = match next(6) {
            0 => {
                let row = mission::Entity::find_by_id(MissionId(id.parse().unwrap()));
                let row = row.one(bench.t.app.db.read()).await.unwrap().unwrap();
                let holder = people.iter().position(|person| person.id == row.expert_id).unwrap();
                let answer = bench.act(&accounts[holder], &id, "accept", &Value::Null).await;
                accepted += usize::from(answer.status == 200);
                answer
            }
            1 => bench.act(&accounts[who], &id, "accept", &Value::Null).await,
            2 => bench.act(&accounts[who], &id, "decline", &json!({ "reason": "workload" })).await,
            3 => {
                let body = json!({ "reason": "health", "substitutes": substitutes });
                bench.act(&bench.officer, &id, "drop-out", &body).await
            }
            4 => bench.act(&bench.officer, &id, "offer", &json!({ "substitutes": substitutes })).await,
            _ => bench.act(&bench.officer, &id, "withdraw", &json!({ "reason": "Autre date" })).await,
        };
        assert!(answer.status.as_u16() < 500, "{answer:?}");
        check(&bench).await;
    }
    assert!(accepted > 0, "the sequence accepted something");
}
