//! What a person wishes of messages, over the API.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::json;

use super::{PREFERENCES, preferences};
use crate::support::TestApp;

#[tokio::test]
async fn what_the_certifier_proposes_applies_until_something_is_recorded() {
    let t = TestApp::new().await;
    let person = t.person(Role::Structure).await;
    let read = t.get(&person, PREFERENCES).await;
    assert_eq!((read.status, read.etag.as_deref()), (StatusCode::OK, Some("\"0\"")));
    let expected = json!({
        "work": "at_once", "reminder": "at_once", "quiet_from": 20, "quiet_until": 7, "work_waits": false,
        "weekends": true, "digest_at": 8, "zone": "Europe/Paris", "version": 0,
    });
    assert_eq!(read.body, expected);

    let change = json!({
        "work": "digest", "reminder": "never", "legal": "at_once", "quiet_from": 18, "work_waits": true,
        "weekends": false, "zone": "Indian/Mayotte",
    });
    let changed = t.patch(&person, PREFERENCES, Some(0), &change).await;
    assert_eq!((changed.status, changed.etag.as_deref()), (StatusCode::OK, Some("\"1\"")));
    let expected = json!({
        "work": "digest", "reminder": "never", "quiet_from": 18, "quiet_until": 7, "work_waits": true,
        "weekends": false, "digest_at": 8, "zone": "Indian/Mayotte", "version": 1,
    });
    assert_eq!(preferences(&t, &person).await, expected);
    assert_eq!(t.effects().await.events.last().unwrap(), "notices.preferences_changed");
}

#[tokio::test]
async fn legal_messages_cannot_be_turned_off() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    for (class, wish) in [("legal", "never"), ("legal", "digest"), ("security", "never")] {
        let mut change = json!({ "work": "at_once", "reminder": "at_once" });
        change[class] = json!(wish);
        let refused = t.patch(&person, PREFERENCES, Some(0), &change).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{class} {wish}");
        assert_eq!(refused.pointers(), [format!("/{class}")], "{class} {wish}");
        let fault = &refused.body["errors"][0];
        assert_eq!(fault["code"], "always-sent");
        assert!(fault["message"].as_str().unwrap().contains("ne peuvent pas être désactivés"));
    }
    assert!(t.effects().await.events.is_empty());
    assert_eq!(preferences(&t, &person).await["version"], 0);
}

#[tokio::test]
async fn every_fault_is_told_and_a_stale_version_is_refused() {
    let t = TestApp::new().await;
    let person = t.person(Role::Expert).await;
    let wrong =
        json!({ "work": "at_once", "reminder": "at_once", "quiet_from": 24, "zone": "Europe/Nevers" });
    let refused = t.patch(&person, PREFERENCES, Some(0), &wrong).await;
    assert_eq!(refused.pointers(), ["/quiet_from", "/zone"]);
    let good = json!({ "work": "digest", "reminder": "at_once" });
    let without = t.patch(&person, PREFERENCES, None, &good).await;
    assert_eq!(without.status, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(t.patch(&person, PREFERENCES, Some(0), &good).await.status, StatusCode::OK);
    assert_eq!(t.patch(&person, PREFERENCES, Some(0), &good).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(t.effects().await.events, ["notices.preferences_changed"]);
}

#[tokio::test]
async fn nobody_changes_the_wishes_of_another() {
    let t = TestApp::new().await;
    let (one, other) = (t.person(Role::Officer).await, t.person(Role::Officer).await);
    super::wish(&t, &one, "never", "never").await;
    assert_eq!(preferences(&t, &other).await["work"], "at_once");
    let anonymous = t.client.get(format!("/api/v1{PREFERENCES}")).send().await;
    anonymous.assert_status(StatusCode::UNAUTHORIZED);
}
