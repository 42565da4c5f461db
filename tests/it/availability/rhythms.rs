//! Half-days of the week that come back.

use poem::http::StatusCode;
use serde_json::json;
use time::Duration;

use super::{pair, state};
use crate::support::TestApp;

#[tokio::test]
async fn a_half_day_comes_back_every_other_week_until_it_is_stopped() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let own = t.of_expert(expert.id).await;
    let path = format!("/experts/{}", expert.id);
    let _before = t.effects().await;
    let body = json!({
        "half_days": [{ "weekday": 2, "half_day": "morning" }, { "weekday": 4, "half_day": "afternoon" }],
        "starts_on": "2025-10-07", "every_other_week": true,
    });
    let added = t.post(&own, &format!("{path}/rhythms"), &body).await;
    assert_eq!(added.status, StatusCode::CREATED, "{:?}", added.body);
    assert_eq!(state(&added.body, "2025-10-07", "morning"), pair("available", "recurring"));
    assert_eq!(state(&added.body, "2025-10-14", "morning"), pair("unknown", "nothing"));
    assert_eq!(state(&added.body, "2025-10-21", "morning"), pair("available", "recurring"));
    assert_eq!(state(&added.body, "2025-10-09", "afternoon"), pair("available", "recurring"));
    let again = json!({ "half_days": [{ "weekday": 2, "half_day": "morning" }] });
    let again = t.post(&own, &format!("{path}/rhythms"), &again).await;
    assert_eq!((again.status, again.pointers()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["/half_days"]));

    t.advance(Duration::days(10));
    let id = added.body["recurring"][0]["id"].as_str().unwrap();
    let ended = t.delete(&own, &format!("{path}/rhythms/{id}")).await;
    assert_eq!(ended.status, StatusCode::OK, "{:?}", ended.body);
    assert_eq!(state(&ended.body, "2025-10-21", "morning"), pair("unknown", "nothing"));
    let past = t.get(&own, &format!("{path}/availability?from=2025-10-07&until=2025-10-07")).await;
    assert_eq!(
        state(&past.body, "2025-10-07", "morning"),
        pair("available", "recurring"),
        "what is past stays"
    );
    let twice = t.delete(&own, &format!("{path}/rhythms/{id}")).await;
    assert_eq!((twice.status, twice.code()), (StatusCode::CONFLICT, "availability-over"));
    assert_eq!(t.effects().await.events, ["availability.rhythm_added", "availability.rhythm_ended"]);
}

#[tokio::test]
async fn a_habit_declared_later_stands_for_the_dates_said_before() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let own = t.of_expert(expert.id).await;
    let path = format!("/experts/{}", expert.id);
    let no = json!({ "half_days": [{ "day": "2025-10-14", "half_day": "morning", "available": false }] });
    let range = format!("{path}/availability?from=2025-10-07&until=2025-10-31");
    assert_eq!(t.put(&own, &range, Some(0), &no).await.status, StatusCode::OK);
    let body = json!({ "half_days": [{ "weekday": 2, "half_day": "morning" }] });
    let added = t.post(&own, &format!("{path}/rhythms"), &body).await;
    assert_eq!(state(&added.body, "2025-10-14", "morning"), pair("available", "recurring"));
    let exception = t.put(&own, &range, Some(2), &no).await;
    assert_eq!(state(&exception.body, "2025-10-14", "morning"), pair("unavailable", "single"));
}

#[tokio::test]
async fn a_wrong_habit_tells_every_fault() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let own = t.of_expert(expert.id).await;
    let path = format!("/experts/{}/rhythms", expert.id);
    let body = json!({ "half_days": [], "starts_on": "2025-10-05", "ends_on": "2030-01-01" });
    assert_eq!(t.post(&own, &path, &body).await.pointers(), ["/half_days", "/starts_on", "/ends_on"]);
    let other = t.expert("Zéphyr").await;
    let one = json!({ "half_days": [{ "weekday": 1, "half_day": "morning" }] });
    let added = t.post(&own, &path, &one).await;
    let id = added.body["recurring"][0]["id"].as_str().unwrap();
    let foreign = t.of_expert(other.id).await;
    let stolen = t.delete(&foreign, &format!("/experts/{}/rhythms/{id}", other.id)).await;
    assert_eq!(stolen.status, StatusCode::NOT_FOUND, "a habit of somebody else");
}
