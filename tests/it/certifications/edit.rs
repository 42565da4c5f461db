//! Changing versions, register entries and bodies in charge.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn a_manager_enters_the_registration_which_ends_the_open_one() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_SP").await;
    let manager = t.person(Role::Manager).await;
    let path = format!("/certifications/{}/versions/{}", version.certification_id, version.id);
    let entry =
        json!({ "register": "rs", "number": "RS0000", "starts_on": "2025-11-01", "ends_on": "2028-10-31" });
    let added = t.post(&manager, &format!("{path}/registrations"), &entry).await;
    assert_eq!(added.status, StatusCode::CREATED, "{:?}", added.body);
    let entries = added.body["registrations"].as_array().unwrap();
    assert_eq!((entries.len(), &entries[0]["ends_on"]), (2, &json!("2025-10-31")));
    let again = t.post(&manager, &format!("{path}/registrations"), &entry).await;
    assert_eq!((again.status, again.pointers()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["/starts_on"]));
    let body = json!({ "name": "CEF", "siret": "123", "starts_on": "2026-01-01" });
    let wrong = t.post(&manager, &format!("{path}/legal-certifiers"), &body).await;
    assert_eq!(wrong.pointers(), ["/siret"]);
}

#[tokio::test]
async fn a_version_changes_at_the_version_read_and_by_a_manager_only() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_SP").await;
    let manager = t.person(Role::Manager).await;
    let path = format!("/certifications/{}/versions/{}", version.certification_id, version.id);
    let change = json!({ "valid_until": "2028-10-31" });
    assert_eq!(t.patch(&manager, &path, None, &change).await.status, StatusCode::PRECONDITION_REQUIRED);
    let changed = t.patch(&manager, &path, Some(1), &change).await;
    assert_eq!((changed.status, &changed.body["valid_until"]), (StatusCode::OK, &json!("2028-10-31")));
    assert_eq!(t.patch(&manager, &path, Some(1), &change).await.status, StatusCode::PRECONDITION_FAILED);
    let reversed = t.patch(&manager, &path, Some(2), &json!({ "valid_until": "2020-01-01" })).await;
    assert_eq!(reversed.pointers(), ["/valid_until"]);
    let same = t.patch(&manager, &path, Some(2), &json!({ "label": "2013" })).await;
    assert_eq!(same.pointers(), ["/label"]);
    let auditor = t.person(Role::Auditor).await;
    assert_eq!(t.patch(&auditor, &path, Some(2), &change).await.status, StatusCode::FORBIDDEN);
    let events = t.effects().await.events;
    assert_eq!(events[2..], ["certification_version.changed"]);
}
