//! A room holds one session on a half-day, and somebody who teaches is in one place at once.

use entity::habilitation::Duty;
use poem::http::StatusCode;
use serde_json::json;

use super::Bench;

#[tokio::test]
async fn a_room_holds_one_session_on_a_half_day() {
    let b = Bench::new().await;
    let room = b.room("Salle des Glycines").await;
    let mut body = b.body("2026-03-03");
    body["room_id"] = json!(room);
    let first = b.created(&body).await;
    let taken = b.t.post(&b.officer, "/training-sessions", &body).await;
    assert_eq!((taken.status, taken.code()), (StatusCode::CONFLICT, "training-room-taken"), "{taken:?}");
    assert!(taken.body["detail"].as_str().unwrap().contains("SES-2026-0001"), "{taken:?}");
    let other_day = json!({ "slots": b.body("2026-03-04")["slots"] });
    b.done(&first, "plan", &other_day).await;
    b.created(&body).await;
}

#[tokio::test]
async fn a_room_takes_no_more_people_than_it_holds_and_is_told_once() {
    let b = Bench::new().await;
    let room = b.room("Salle des Glycines").await;
    let mut body = b.body("2026-03-03");
    body["room_id"] = json!(room);
    body["seats_max"] = json!(15);
    let refused = b.t.post(&b.officer, "/training-sessions", &body).await;
    assert_eq!(refused.pointers(), ["/seats_max"], "{refused:?}");
    let again = json!({
        "name": "salle  des glycines",
        "address": "3, place du marché",
        "postal_code": "86000",
        "commune": "Poitiers",
        "capacity": 10,
    });
    let twice = b.t.post(&b.officer, "/training-rooms", &again).await;
    assert_eq!(twice.pointers(), ["/name"], "{twice:?}");
    let retired = b.t.post(&b.officer, &format!("/training-rooms/{room}/retire"), &json!({})).await;
    assert_eq!(retired.status, StatusCode::OK, "{retired:?}");
    body["seats_max"] = json!(10);
    let gone = b.t.post(&b.officer, "/training-sessions", &body).await;
    assert_eq!(gone.pointers(), ["/room_id"], "{gone:?}");
}

#[tokio::test]
async fn somebody_teaches_in_one_place_at_once_and_is_written_to() {
    let b = Bench::new().await;
    let (first, second) = (b.created(&b.body("2026-03-03")).await, b.created(&b.body("2026-03-03")).await);
    let abel = b.t.expert("Abel").await;
    let teaching = json!({ "expert_id": abel.id, "standing": "external" });
    let _before = b.t.effects().await;
    let given = b.done(&first, "trainers", &teaching).await;
    assert_eq!(given["slots"][0]["trainers"][0]["number"], abel.number);
    let effects = b.t.effects().await;
    assert_eq!(
        (effects.events, effects.mails),
        (vec!["training_session.trainer_assigned".to_owned()], vec!["training-trainer".to_owned()])
    );
    let taken = b.act(&second, "trainers", &teaching).await;
    assert_eq!((taken.status, taken.code()), (StatusCode::CONFLICT, "training-trainer-taken"), "{taken:?}");
    let again = b.act(&first, "trainers", &teaching).await;
    assert_eq!(again.pointers(), ["/expert_id"], "{again:?}");
    let verb = format!("trainers/{}/remove", abel.id);
    b.done(&first, &verb, &json!({ "reason": "Autre mission" })).await;
    b.done(&second, "trainers", &teaching).await;
}

#[tokio::test]
async fn who_teaches_holds_the_right_on_the_day() {
    let b = Bench::new().await;
    b.asks_for_a_right().await;
    let path = b.created(&b.body("2026-03-03")).await;
    let abel = b.t.expert("Abel").await;
    let teaching = json!({ "expert_id": abel.id, "standing": "own_staff" });
    let refused = b.act(&path, "trainers", &teaching).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "training-no-right"));
    assert_eq!(refused.body["blocking"].as_array().unwrap().len(), 1, "one day: {refused:?}");
    b.t.habilitate(abel.id, Duty::Mandataire, None, &[]).await;
    assert_eq!(b.act(&path, "trainers", &teaching).await.code(), "training-no-right", "another duty");
    b.t.habilitate(abel.id, Duty::Epsp, None, &[]).await;
    b.done(&path, "trainers", &teaching).await;
    let far = json!({ "slots": b.body("2028-01-11")["slots"] });
    let moved = b.done(&path, "plan", &far).await;
    assert!(moved["slots"][0]["trainers"].as_array().unwrap().is_empty(), "other half-days, nobody yet");
}

#[tokio::test]
async fn half_days_that_stay_keep_who_teaches() {
    let b = Bench::new().await;
    let path = b.created(&b.body("2026-03-03")).await;
    let abel = b.t.expert("Abel").await;
    b.done(&path, "trainers", &json!({ "expert_id": abel.id, "standing": "external" })).await;
    let slots = json!({ "slots": [
        { "day": "2026-03-03", "starts_time": "09:30", "ends_time": "12:30" },
        { "day": "2026-03-04", "starts_time": "09:00", "ends_time": "12:00" },
    ] });
    let whole = b.done(&path, "plan", &slots).await;
    let taught = |rank: usize| whole["slots"][rank]["trainers"].as_array().unwrap().len();
    assert_eq!((taught(0), taught(1)), (1, 0));
    assert_eq!(whole["session"]["duration_minutes"], 360);
    assert_eq!(whole["session"]["ends_on"], "2026-03-04");
}
