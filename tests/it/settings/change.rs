//! Changing a setting.

use entity::account_role::Role;
use parchemin::features::settings;
use poem::http::StatusCode;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn defaults_apply_until_a_manager_changes_them() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let read = t.get(&manager, "/settings/agreements.delays").await;
    assert_eq!((read.etag.as_deref(), &read.body["is_default"]), (Some("\"0\""), &json!(true)));
    assert_eq!(read.body["value"]["complement_days"], 30);

    let change = json!({ "value": { "complement_days": 45 } });
    let changed = t.patch(&manager, "/settings/agreements.delays", Some(0), &change).await;
    assert_eq!(changed.status, StatusCode::OK, "{:?}", changed.body);
    assert_eq!(changed.etag.as_deref(), Some("\"1\""));
    let delays = settings::agreement_delays(t.app.db.read()).await.unwrap();
    assert_eq!((delays.complement_days, delays.comment_days), (45, 15));

    let stale = t.patch(&manager, "/settings/agreements.delays", Some(0), &change).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let back = t.patch(&manager, "/settings/agreements.delays", Some(1), &json!({ "value": null })).await;
    assert_eq!((back.status, &back.body["is_default"]), (StatusCode::OK, &json!(true)));
    assert_eq!(t.effects().await.events, ["setting.changed", "setting.changed"]);
}

#[tokio::test]
async fn values_that_cannot_be_are_told_field_by_field() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    for (key, value, pointers) in [
        (
            "agreements.delays",
            json!({ "comment_days": 0, "renewal_before_months": 9 }),
            vec!["/value/comment_days", "/value/renewal_before_months"],
        ),
        ("agreements.delays", json!({ "comment_dayz": 3 }), vec!["/value"]),
        ("agreements.delays", json!("trois"), vec!["/value"]),
        ("journal.head_recipients", json!(["a@b.exemple", "rien"]), vec!["/value/1"]),
        (
            "notices.hours",
            json!({ "quiet_from": 24, "digest_at": 30 }),
            vec!["/value/quiet_from", "/value/digest_at"],
        ),
        ("experts.path", json!({ "epsp": { "supervised": 21 } }), vec!["/value/epsp/supervised"]),
        ("experts.path", json!({ "epsp": { "exam": 1 } }), vec!["/value"]),
        ("experts.tie_matrix", json!({ "friend": {} }), vec!["/value"]),
        ("experts.interest_declarations", json!({ "due_month": 13 }), vec!["/value/due_month"]),
        ("figures.rules", json!({ "smallest_cell": 0 }), vec!["/value/smallest_cell"]),
        ("juries.opening", json!({ "opens_before_hours": 25 }), vec!["/value/opens_before_hours"]),
        ("agreements.life", json!({ "hearing_days": 0 }), vec!["/value/hearing_days"]),
        ("inspections.signals", json!({ "smallest": 4 }), vec!["/value/smallest"]),
        ("agreements.pieces", json!({ "required": ["P13", "P02"] }), vec!["/value/required/1"]),
        ("inspections.grid_thresholds", json!({ "minor_tolerated": -1 }), vec!["/value"]),
    ] {
        let answer =
            t.patch(&manager, &format!("/settings/{key}"), Some(0), &json!({ "value": value })).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
        assert_eq!(answer.pointers(), pointers, "{key}");
    }
    assert!(t.effects().await.events.is_empty());
}

#[tokio::test]
async fn settings_are_for_managers_and_administrators() {
    let t = TestApp::new().await;
    let change = json!({ "value": { "minor_tolerated": 2 } });
    for (role, status) in [
        (Role::Manager, StatusCode::OK),
        (Role::Officer, StatusCode::NOT_FOUND),
        (Role::Auditor, StatusCode::NOT_FOUND),
    ] {
        let person = t.person(role).await;
        let path = "/settings/inspections.grid_thresholds";
        assert_eq!(t.get(&person, path).await.status, status);
        assert_eq!(t.patch(&person, path, Some(0), &change).await.status, status);
    }
    let manager = t.person(Role::Manager).await;
    assert_eq!(t.get(&manager, "/settings/unknown").await.status, StatusCode::NOT_FOUND);
    let without = t.patch(&manager, "/settings/experts.tie_matrix", None, &change).await;
    assert_eq!(without.status, StatusCode::PRECONDITION_REQUIRED);
}
