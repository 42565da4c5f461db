//! Changing a structure.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn only_what_is_given_changes_and_the_journal_tells_it() {
    use sea_orm::{EntityTrait, QueryOrder};
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let officer = t.person(Role::Officer).await;
    let path = format!("/structures/{}", structure.id);
    let change = json!({ "headcount": 30, "insertion_posts": null, "contact": { "title": "Présidente" } });
    let answer = t.patch(&officer, &path, Some(1), &change).await;
    assert_eq!(answer.status, StatusCode::OK, "{:?}", answer.body);
    assert_eq!(answer.etag.as_deref(), Some("\"2\""));
    assert_eq!(answer.body["headcount"], 30);
    assert!(answer.body["insertion_posts"].is_null());
    assert_eq!(answer.body["contact"]["title"], "Présidente");
    assert_eq!(answer.body["contact"]["name"], "Maëlys Kerzoncuf-Attoumani");
    assert_eq!(t.effects().await.events, ["structure.created", "structure.changed"]);
    let last = entity::audit_event::Entity::find().order_by_desc(entity::audit_event::Column::Id);
    let last = last.one(t.app.db.read()).await.unwrap().unwrap();
    let payload: serde_json::Value = serde_json::from_str(&last.payload).unwrap();
    assert_eq!(payload["changed"]["headcount"], json!({ "before": 24, "after": 30 }));
    assert_eq!(payload["contact_changed"], json!(["contact_title"]));
}

#[tokio::test]
async fn a_change_needs_the_version_read_and_refuses_an_old_one() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let officer = t.person(Role::Officer).await;
    let path = format!("/structures/{}", structure.id);
    let change = json!({ "name": "Les Jardins de la Nièvre" });
    let without = t.patch(&officer, &path, None, &change).await;
    assert_eq!((without.status, without.code()), (StatusCode::PRECONDITION_REQUIRED, "if-match-required"));
    assert_eq!(t.patch(&officer, &path, Some(1), &change).await.status, StatusCode::OK);
    let stale = t.patch(&officer, &path, Some(1), &change).await;
    assert_eq!((stale.status, stale.code()), (StatusCode::PRECONDITION_FAILED, "stale"));
}

#[tokio::test]
async fn a_structure_changes_itself_and_does_not_know_the_others() {
    let t = TestApp::new().await;
    let own = t.structure("Les Jardins du Morvan").await;
    let other = t.structure("Les Ateliers du Port").await;
    let account = t.of_structure(own.id).await;
    let change = json!({ "contact": { "title": "Directrice adjointe" } });
    let (own, other) = (format!("/structures/{}", own.id), format!("/structures/{}", other.id));
    assert_eq!(t.patch(&account, &own, Some(1), &change).await.status, StatusCode::OK);
    assert_eq!(t.patch(&account, &other, Some(1), &change).await.status, StatusCode::NOT_FOUND);
    assert_eq!(t.get(&account, &other).await.status, StatusCode::NOT_FOUND);
    let listed = t.get(&account, "/structures").await;
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_auditor_reads_and_does_not_write() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let auditor = t.person(Role::Auditor).await;
    let path = format!("/structures/{}", structure.id);
    assert_eq!(t.get(&auditor, &path).await.status, StatusCode::OK);
    let answer = t.patch(&auditor, &path, Some(1), &json!({ "name": "X" })).await;
    assert_eq!((answer.status, answer.code()), (StatusCode::FORBIDDEN, "forbidden"));
}
