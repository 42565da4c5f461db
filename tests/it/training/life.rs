//! From a project to the end, in time.

use entity::training_session::{self, SessionState};
use parchemin::features::training::actions::ring;
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::json;
use time::macros::datetime;

use super::Bench;

#[tokio::test]
async fn a_refusal_to_confirm_tells_everything_that_lacks() {
    let b = Bench::new().await;
    let path = b.created(&b.body("2026-03-03")).await;
    b.done(&path, "open", &json!({})).await;
    let refused = b.act(&path, "confirm", &json!({})).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "training-lacking"));
    assert_eq!(refused.body["blocking"].as_array().unwrap().len(), 3, "{refused:?}");
    let missing = b.read(&path).await["missing"].clone();
    assert_eq!(missing, refused.body["blocking"], "told before too");
}

#[tokio::test]
async fn a_session_is_confirmed_starts_and_ends_by_itself() {
    let b = Bench::new().await;
    let path = b.ready("2026-03-03").await;
    let _before = b.t.effects().await;
    let confirmed = b.done(&path, "confirm", &json!({})).await;
    assert_eq!(confirmed["session"]["state"], "confirmed");
    let effects = b.t.effects().await;
    assert_eq!(effects.events, ["training_session.confirmed"]);
    let count = |name: &str| effects.mails.iter().filter(|mail| *mail == name).count();
    assert_eq!((count("training-trainer"), count("training-people")), (1, 4), "{effects:?}");
    let early = b.act(&path, "start", &json!({})).await;
    assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "training-time"));
    assert_eq!(ring::run(&b.t.app).await.unwrap(), 0);
    b.t.set_now(datetime!(2026-03-03 08:01 UTC));
    assert_eq!(ring::run(&b.t.app).await.unwrap(), 1);
    assert_eq!(state(&b, &path).await, SessionState::InProgress);
    assert_eq!(ring::run(&b.t.app).await.unwrap(), 0, "once");
    b.t.set_now(datetime!(2026-03-03 16:01 UTC));
    assert_eq!(ring::run(&b.t.app).await.unwrap(), 1);
    assert_eq!(state(&b, &path).await, SessionState::Ended);
    let open = b.act(&path, "close", &json!({})).await;
    assert_eq!((open.status, open.code()), (StatusCode::CONFLICT, "training-lacking"), "{open:?}");
}

#[tokio::test]
async fn a_confirmation_is_taken_back_and_a_session_withdrawn_while_nobody_is_enrolled() {
    let b = Bench::new().await;
    let path = b.ready("2026-03-03").await;
    b.done(&path, "confirm", &json!({})).await;
    let open = b.done(&path, "unconfirm", &json!({})).await;
    assert_eq!(open["session"]["state"], "open");
    let refused = b.act(&path, "withdraw", &json!({})).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "training-lacking"));
    let empty = b.created(&b.body("2026-04-07")).await;
    b.done(&empty, "open", &json!({})).await;
    let project = b.done(&empty, "withdraw", &json!({})).await;
    assert_eq!(project["session"]["state"], "project");
}

#[tokio::test]
async fn what_has_no_half_day_is_not_opened_and_what_has_begun_neither() {
    let b = Bench::new().await;
    let mut body = b.body("2026-03-03");
    body["slots"] = json!([]);
    let path = b.created(&body).await;
    assert_eq!(b.act(&path, "open", &json!({})).await.code(), "training-lacking");
    let past = b.created(&b.body("2024-09-03")).await;
    assert_eq!(b.act(&past, "open", &json!({})).await.code(), "training-time");
}

async fn state(b: &Bench, path: &str) -> SessionState {
    let row = training_session::Entity::find_by_id(Bench::id(path)).one(b.t.app.db.read()).await;
    row.unwrap().unwrap().state
}
