//! Sessions are created from the sheet of their programme, one by one or several at once.

use entity::training_tally;
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::json;

use super::Bench;

#[tokio::test]
async fn a_session_follows_the_sheet_of_its_programme() {
    let b = Bench::new().await;
    let _before = b.t.effects().await;
    let path = b.created(&b.body("2026-03-03")).await;
    let effects = b.t.effects().await;
    assert_eq!((effects.events, effects.mails.len()), (vec!["training_session.created".to_owned()], 0));
    let whole = b.read(&path).await;
    let session = &whole["session"];
    assert_eq!(
        (session["number"].as_str(), session["state"].as_str()),
        (Some("SES-2026-0001"), Some("project"))
    );
    assert_eq!((session["seats"].as_i64(), whole["seats_min"].as_i64()), (Some(10), Some(4)));
    assert_eq!((session["region"].as_str(), session["duration_minutes"].as_i64()), (Some("75"), Some(420)));
    assert_eq!(whole["slots"][0]["starts_at"], "2026-03-03T08:00:00Z", "at the hour of Poitiers");
    assert_eq!(whole["slots"][1]["half"], "afternoon");
    assert_eq!(whole["enrol_until"], "2026-02-24");
    let tally = training_tally::Entity::find_by_id(Bench::id(&path)).one(b.t.app.db.read()).await.unwrap();
    assert_eq!(tally.map(|row| (row.seats, row.held, row.waiting)), Some((10, 0, 0)));
}

#[tokio::test]
async fn every_fault_is_told_at_once_and_nothing_is_kept() {
    let b = Bench::new().await;
    let mut body = b.body("2026-03-03");
    body["programme_id"] = json!(b.t.app.new_id());
    body["kind"] = json!("intra");
    body["department"] = json!("99");
    body["slots"][0]["ends_time"] = json!("18:00");
    body["slots"][1]["starts_time"] = json!("25:00");
    let _before = b.t.effects().await;
    let refused = b.t.post(&b.officer, "/training-sessions", &body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        refused.pointers(),
        ["/structure_id", "/department", "/programme_id", "/slots/0/ends_time", "/slots/1/starts_time"]
    );
    assert!(b.t.effects().await.events.is_empty());
}

#[tokio::test]
async fn a_series_is_created_at_once_or_not_at_all() {
    let b = Bench::new().await;
    let series = |days: &[&str]| json!({ "session": b.body("2026-03-03"), "days": days });
    let wrong =
        b.t.post(&b.officer, "/training-sessions/series", &series(&["2026-03-03", "2026-03-03"])).await;
    assert_eq!(wrong.pointers(), ["/days/1"], "{wrong:?}");
    let days = ["2026-03-03", "2026-04-07", "2026-05-05"];
    let created = b.t.post(&b.officer, "/training-sessions/series", &series(&days)).await;
    assert_eq!(created.status, 201, "{created:?}");
    let items = created.body["items"].as_array().unwrap();
    let numbers: Vec<_> = items.iter().map(|one| one["number"].as_str().unwrap()).collect();
    assert_eq!(numbers, ["SES-2026-0001", "SES-2026-0002", "SES-2026-0003"]);
    assert!(items.iter().all(|one| one["series_id"] == items[0]["series_id"]));
    let one = format!("/training-sessions/{}", items[1]["id"].as_str().unwrap());
    assert_eq!(b.read(&one).await["slots"][1]["day"], "2026-04-07");
}

#[tokio::test]
async fn a_change_needs_the_version_that_was_read() {
    let b = Bench::new().await;
    let path = b.created(&b.body("2026-03-03")).await;
    let version = b.read(&path).await["session"]["version"].as_i64().unwrap();
    let body = json!({ "seats_max": 12, "to_bring": "Chaussures de sécurité" });
    let missing = b.t.patch(&b.officer, &path, None, &body).await;
    assert_eq!(missing.status, 428, "{missing:?}");
    let stale = b.t.patch(&b.officer, &path, Some(99), &body).await;
    assert_eq!(stale.status, 412, "{stale:?}");
    let version = i32::try_from(version).unwrap();
    let changed = b.t.patch(&b.officer, &path, Some(version), &body).await;
    assert_eq!((changed.status, changed.body["session"]["seats"].as_i64()), (StatusCode::OK, Some(12)));
    assert_eq!(changed.body["to_bring"], "Chaussures de sécurité");
    assert_eq!(changed.body["session"]["place"], "12 rue de la Paix, Poitiers", "what is left out stays");
}

#[tokio::test]
async fn seats_never_go_below_those_that_are_held() {
    let b = Bench::new().await;
    let path = b.created(&b.body("2026-03-03")).await;
    b.done(&path, "open", &json!({})).await;
    b.enrolled(&path, &[1, 2, 3, 4, 5]).await;
    let version = i32::try_from(b.read(&path).await["session"]["version"].as_i64().unwrap()).unwrap();
    let fewer = b.t.patch(&b.officer, &path, Some(version), &json!({ "seats_max": 4 })).await;
    assert_eq!(fewer.pointers(), ["/seats_max"], "{fewer:?}");
    let all = b.t.patch(&b.officer, &path, Some(version), &json!({ "seats_max": 5 })).await;
    assert_eq!(all.status, StatusCode::OK, "{all:?}");
}
