//! Missions and visits of requests share the half-days of a person: the database refuses two of them on one half-day.

use entity::agreement_request::RequestState as S;
use entity::habilitation::Duty;
use entity::ids::{AgreementRequestId, MissionId};
use entity::{engagement_half_day, mission};
use parchemin::db;
use parchemin::features::agreements::actions::visit;
use parchemin::features::agreements::state::Step;
use poem::http::StatusCode;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use time::Date;
use time::macros::date;

use super::bench::property;
use crate::agreements::desk::Desk;
use crate::support::Answer;

/// The day of the visit that the desk asks for.
async fn day_of_visit(desk: &Desk) -> Date {
    let (_, _, body) = desk.ask(Step::Schedule).await;
    let at = body["at"].as_str().unwrap();
    Date::parse(&at[..10], &time::format_description::well_known::Iso8601::DATE).unwrap()
}

/// A meeting of the contrôleur in an afternoon.
async fn try_meeting(desk: &Desk, day: Date) -> Answer {
    let body = json!({
        "expert_id": desk.controller.id,
        "object": "meeting",
        "title": "Réunion de travail",
        "place": "Salle Verlaine",
        "department": "58",
        "starts_on": day.to_string(),
        "starts_time": "14:00",
        "ends_time": "16:00",
    });
    desk.t.post(&desk.officer, "/missions", &body).await
}

/// The key and the number of a meeting that waits for the answer of the contrôleur.
async fn meeting(desk: &Desk, day: Date) -> (String, String) {
    let answer = try_meeting(desk, day).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let text = |name: &str| answer.body[name].as_str().unwrap().to_owned();
    (text("id"), text("number"))
}

async fn accept(desk: &Desk, id: &str) -> Answer {
    desk.t.post(&desk.expert, &format!("/missions/{id}/accept"), &Value::Null).await
}

async fn held(desk: &Desk) -> Vec<engagement_half_day::Model> {
    let rows = engagement_half_day::Entity::find().filter(engagement_half_day::Column::Held.eq(true));
    rows.all(desk.t.app.db.read()).await.unwrap()
}

fn refusal(answer: &Answer) -> (u16, &str) {
    (answer.status.as_u16(), answer.code())
}

#[tokio::test]
async fn a_visit_is_refused_on_the_half_day_of_a_mission_which_is_named_to_whoever_may_see_it() {
    let desk = Desk::new().await;
    desk.reach(S::VisitToSchedule).await;
    let day = day_of_visit(&desk).await;
    let (id, number) = meeting(&desk, day).await;
    assert_eq!(accept(&desk, &id).await.status, 200);
    let (event, expert, body) = desk.ask(Step::Schedule).await;
    let answer = desk.act(expert, event, &body).await;
    assert_eq!(refusal(&answer), (409, "visit-double-booking"));
    let detail = answer.body["detail"].as_str().unwrap();
    assert!(detail.contains(&number) && detail.contains("après-midi"), "{detail}");
    assert_eq!(desk.read().await["state"], "visit_to_schedule");

    let (_, _, mut elsewhere) = desk.ask(Step::Schedule).await;
    elsewhere["at"] = json!(format!("{}T09:00:00Z", date!(2025 - 11 - 05)));
    assert_eq!(desk.act(expert, event, &elsewhere).await.status, 200);
    let (event, owner, mut body) = desk.ask(Step::Postpone).await;
    body["at"] = json!(format!("{day}T09:00:00Z"));
    let answer = desk.act(owner, event, &body).await;
    assert_eq!(refusal(&answer), (409, "visit-double-booking"));
    let detail = answer.body["detail"].as_str().unwrap();
    assert!(detail.contains("déjà prise") && !detail.contains("MIS-"), "not told to a structure: {detail}");
    let days: Vec<_> = held(&desk).await.into_iter().map(|row| row.day).collect();
    assert_eq!(days.iter().filter(|one| **one == date!(2025 - 11 - 05)).count(), 2, "{days:?}");
}

#[tokio::test]
async fn a_mission_is_refused_on_the_half_day_of_a_visit_until_the_visit_moves_or_goes() {
    let desk = Desk::new().await;
    desk.reach(S::VisitScheduled).await;
    let number = desk.read().await["number"].as_str().unwrap().to_owned();
    let day = held(&desk).await[0].day;
    let answer = try_meeting(&desk, day).await;
    assert_eq!(refusal(&answer), (409, "mission-not-entitled"));
    let reason = answer.body["blocking"][0].as_str().unwrap();
    assert!(reason.contains(&format!("la visite de la demande {number}")), "{reason}");
    desk.step(Step::Postpone).await;
    let (id, _) = meeting(&desk, day).await;
    assert_eq!(accept(&desk, &id).await.status, 200, "the first date is free again");
    let moved = held(&desk).await.into_iter().find(|row| row.request_id.is_some()).unwrap().day;
    assert_ne!(moved, day);
    assert_eq!(try_meeting(&desk, moved).await.status, 409);
    desk.step(Step::Withdraw).await;
    assert!(held(&desk).await.iter().all(|row| row.request_id.is_none()));
    assert_eq!(try_meeting(&desk, moved).await.status, 201, "the request is gone, and its visit with it");
}

#[tokio::test]
async fn a_visit_counts_in_the_load_of_whoever_could_hold_a_mission() {
    let desk = Desk::new().await;
    desk.reach(S::VisitScheduled).await;
    let other = desk.t.expert("Bérard").await;
    desk.t.habilitate(other.id, Duty::Mandataire, None, &[]).await;
    let body = json!({
        "expert_id": other.id,
        "object": "meeting",
        "title": "Réunion de travail",
        "place": "Salle Verlaine",
        "department": "58",
        "starts_on": "2025-12-10",
        "starts_time": "14:00",
        "ends_time": "16:00",
    });
    let proposed = desk.t.post(&desk.officer, "/missions", &body).await;
    assert_eq!(proposed.status, 201, "{proposed:?}");
    let path = format!("/missions/{}/candidates", proposed.body["id"].as_str().unwrap());
    for load in [1, 0] {
        let found = desk.t.get(&desk.officer, &path).await;
        let rows = found.body["items"].as_array().unwrap();
        let one = rows.iter().find(|one| one["expert_id"] == json!(desk.controller.id)).unwrap();
        assert_eq!(one["load"], load, "{one}");
        if load == 1 {
            desk.step(Step::Withdraw).await;
        }
    }
}

#[tokio::test]
async fn two_visits_of_one_person_never_share_a_half_day() {
    let mut desk = Desk::new().await;
    desk.reach(S::VisitScheduled).await;
    let first = desk.read().await["number"].as_str().unwrap().to_owned();
    desk.structure = desk.t.structure("Ateliers du Nohain").await;
    desk.owner = desk.t.of_structure(desk.structure.id).await;
    desk.reach(S::VisitToSchedule).await;
    let (event, expert, body) = desk.ask(Step::Schedule).await;
    let answer = desk.act(expert, event, &body).await;
    assert_eq!(refusal(&answer), (409, "visit-double-booking"));
    assert!(answer.body["detail"].as_str().unwrap().contains(&first), "{answer:?}");
    assert_eq!(held(&desk).await.len(), 2);
}

#[tokio::test]
async fn of_two_commands_at_once_on_one_half_day_one_wins() {
    for _ in 0..3 {
        let desk = Desk::new().await;
        desk.reach(S::VisitToSchedule).await;
        let (id, _) = meeting(&desk, day_of_visit(&desk).await).await;
        let (event, expert, body) = desk.ask(Step::Schedule).await;
        let (mission, visit) = tokio::join!(accept(&desk, &id), desk.act(expert, event, &body));
        let answers = [&mission, &visit];
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
        let lost = answers.into_iter().find(|answer| answer.status != 200).unwrap();
        let codes = ["mission-not-entitled", "mission-double-booking", "visit-double-booking"];
        assert!(lost.status == 409 && codes.contains(&lost.code()), "{lost:?}");
        let expected = if mission.status == 200 { 1 } else { 2 };
        assert_eq!(held(&desk).await.len(), expected, "only the half-days of the winner");
    }
}

#[tokio::test]
async fn the_database_itself_refuses_a_second_engagement_and_one_that_is_neither() {
    let desk = Desk::new().await;
    desk.reach(S::VisitScheduled).await;
    let taken = held(&desk).await.remove(0);
    let (id, _) = meeting(&desk, date!(2025 - 12 - 09)).await;
    let mission = mission::Entity::find().one(desk.t.app.db.read()).await.unwrap().unwrap();
    assert_eq!(mission.id.to_string(), id);
    let conn = desk.t.app.db.bookkeeping();
    let insert = |mission_id: Option<MissionId>, request_id: Option<AgreementRequestId>, day: Date| {
        let row = engagement_half_day::ActiveModel {
            id: Set(desk.t.app.new_id().into()),
            mission_id: Set(mission_id),
            request_id: Set(request_id),
            training_session_id: Set(None),
            expert_id: Set(desk.controller.id),
            day: Set(day),
            half: Set(taken.half),
            held: Set(true),
        };
        engagement_half_day::Entity::insert(row).exec_without_returning(conn)
    };
    let error = insert(Some(mission.id), None, taken.day).await.unwrap_err();
    assert!(db::is_unique_violation(&error), "{error}");
    let free = date!(2025 - 12 - 10);
    for (mission_id, request_id) in [(None, None), (Some(mission.id), taken.request_id)] {
        let error = insert(mission_id, request_id, free).await.unwrap_err();
        assert!(!db::is_unique_violation(&error), "{error}");
    }
    insert(Some(mission.id), None, free).await.unwrap();
}

#[tokio::test]
async fn a_visit_is_in_the_agenda_the_feed_and_the_half_days_of_its_controleur() {
    let desk = Desk::new().await;
    desk.reach(S::VisitScheduled).await;
    let number = desk.read().await["number"].as_str().unwrap().to_owned();
    let day = held(&desk).await[0].day;
    let (status, page) = desk.t.open(&desk.expert, "/agenda").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(&number) && page.contains("Visite d’agrément"), "{page}");
    let opened = desk.t.post(&desk.expert, "/missions/feed", &Value::Null).await;
    let url = opened.body["url"].as_str().unwrap().to_owned();
    let read = async || {
        let response = desk.t.client.get(&url[url.find("/agenda/").unwrap()..]).send().await;
        response.0.into_body().into_string().await.unwrap()
    };
    let uid = format!("visit-{}@parchemin", desk.id());
    assert_eq!(property(&read().await, "UID"), [uid.as_str()]);
    let range = format!("/experts/{}/availability?from={day}&until={day}", desk.controller.id);
    let shown = desk.t.get(&desk.expert, &range).await;
    for half in shown.body["half_days"].as_array().unwrap() {
        assert_eq!((&half["visit"], &half["taken"]), (&json!(number), &json!(true)), "{half}");
        assert!(half["mission"].is_null(), "{half}");
    }
    let month = format!("/disponibilites?mois={}", &day.to_string()[..7]);
    let (_, page) = desk.t.open(&desk.expert, &month).await;
    assert!(page.contains(&format!("<a href=\"/agrements/{number}\">Visite d’agrément</a>")), "{page}");
    desk.step(Step::Withdraw).await;
    assert!(property(&read().await, "UID").is_empty(), "the visit is gone");
}

#[tokio::test]
async fn the_visits_fixed_before_half_days_were_kept_take_theirs_once() {
    let desk = Desk::new().await;
    desk.reach(S::VisitScheduled).await;
    let before = held(&desk).await.len();
    let conn = desk.t.app.db.bookkeeping();
    engagement_half_day::Entity::delete_many().exec(conn).await.unwrap();
    assert_eq!(visit::take_those_fixed_before(&desk.t.app).await.unwrap(), 1);
    assert_eq!(held(&desk).await.len(), before);
    assert_eq!(visit::take_those_fixed_before(&desk.t.app).await.unwrap(), 0);
}
