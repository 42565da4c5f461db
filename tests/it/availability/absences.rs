//! Absences, and their confidential reasons.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::json;
use time::Duration;

use super::{pair, state};
use crate::support::TestApp;

#[tokio::test]
async fn an_absence_beats_habits_and_a_date_said_later_is_an_exception() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let own = t.of_expert(expert.id).await;
    let path = format!("/experts/{}", expert.id);
    let yes = json!({ "half_days": [{ "day": "2025-10-15", "half_day": "morning", "available": true }] });
    let range = format!("{path}/availability?from=2025-10-13&until=2025-10-17");
    assert_eq!(t.put(&own, &range, Some(0), &yes).await.status, StatusCode::OK);
    let _before = t.effects().await;
    let body = json!({ "starts_on": "2025-10-13", "ends_on": "2025-10-17", "reason": "health" });
    let absent = t.post(&own, &format!("{path}/absences"), &body).await;
    assert_eq!(absent.status, StatusCode::CREATED, "{:?}", absent.body);
    assert_eq!(state(&absent.body, "2025-10-15", "morning"), pair("unavailable", "absence"));
    assert_eq!(absent.body["absences"][0]["reason"], "health");
    let exception = t.put(&own, &range, Some(2), &yes).await;
    assert_eq!(state(&exception.body, "2025-10-15", "morning"), pair("available", "single"));
    assert_eq!(t.effects().await.events, ["absence.declared", "availability.declared"]);

    // back two days earlier than said: the days already absent stay
    t.advance(Duration::days(9));
    let id = absent.body["absences"][0]["id"].as_str().unwrap();
    let back = t.delete(&own, &format!("{path}/absences/{id}")).await;
    assert_eq!(back.status, StatusCode::OK, "{:?}", back.body);
    let week = t.get(&own, &range).await;
    assert_eq!(state(&week.body, "2025-10-14", "morning"), pair("unavailable", "absence"));
    assert_eq!(state(&week.body, "2025-10-16", "morning"), pair("unknown", "nothing"));
    let over = t.delete(&own, &format!("{path}/absences/{id}")).await;
    assert_eq!((over.status, over.code()), (StatusCode::CONFLICT, "availability-over"));
}

#[tokio::test]
async fn the_reason_is_for_the_expert_and_the_managers_alone() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let own = t.of_expert(expert.id).await;
    let path = format!("/experts/{}", expert.id);
    let body = json!({ "starts_on": "2025-10-13", "reason": "training" });
    assert_eq!(t.post(&own, &format!("{path}/absences"), &body).await.status, StatusCode::CREATED);
    let seen = format!("{path}/availability?from=2025-10-13&until=2025-10-13");
    for (role, reason) in
        [(Role::Manager, json!("training")), (Role::Officer, json!(null)), (Role::Auditor, json!(null))]
    {
        let person = t.person(role).await;
        let read = t.get(&person, &seen).await;
        assert_eq!(read.body["absences"][0]["starts_on"], "2025-10-13", "{role}");
        assert_eq!(read.body["absences"][0]["reason"], reason, "{role}");
    }
    let officer = t.person(Role::Officer).await;
    let refused = t.post(&officer, &format!("{path}/absences"), &body).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "an officer says no reason");
    let manager = t.person(Role::Manager).await;
    let journal = t.get(&manager, "/journal/events?limit=200").await;
    assert!(!journal.body.to_string().contains("training"), "the journal does not tell it");
}

#[tokio::test]
async fn a_wrong_absence_tells_every_fault_and_changes_nothing() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let own = t.of_expert(expert.id).await;
    let path = format!("/experts/{}/absences", expert.id);
    let _before = t.effects().await;
    for (body, pointers) in [
        (json!({ "starts_on": "2025-10-05", "ends_on": "2025-10-08" }), vec!["/starts_on"]),
        (json!({ "starts_on": "2025-10-09", "ends_on": "2025-10-08" }), vec!["/ends_on"]),
        (json!({ "starts_on": "2035-10-09", "ends_on": "2025-10-01" }), vec!["/starts_on", "/ends_on"]),
    ] {
        let answer = t.post(&own, &path, &body).await;
        assert_eq!(
            (answer.status, answer.pointers()),
            (StatusCode::UNPROCESSABLE_ENTITY, pointers),
            "{body}"
        );
    }
    assert!(t.effects().await.events.is_empty());
}
