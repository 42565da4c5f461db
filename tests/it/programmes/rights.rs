//! Who sees, prepares and publishes programmes.

use entity::account_role::Role;
use entity::{audit_event, audit_personal};
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::json;

use super::{published, recorded, whole};
use crate::support::TestApp;

#[tokio::test]
async fn the_team_reads_managers_publish_and_others_know_nothing_of_it() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let path = published(&t).await;
    t.post(&manager, &format!("{path}/draft"), &json!({})).await;
    for role in [Role::Admin, Role::Auditor] {
        let person = t.person(role).await;
        let read = t.get(&person, &path).await;
        assert_eq!(read.status, StatusCode::OK, "{role}");
        assert_eq!(read.body["versions"].as_array().unwrap().len(), 1, "{role}: drafts stay inside");
        assert_eq!(t.get(&person, &format!("{path}/sheet?number=2")).await.status, StatusCode::NOT_FOUND);
        for answer in [
            t.put(&person, &format!("{path}/draft"), Some(1), &whole()).await,
            t.delete(&person, &format!("{path}/draft")).await,
            t.post_at(&person, &format!("{path}/publish"), 1).await,
            t.post_at(&person, &format!("{path}/retire"), 1).await,
        ] {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role}: {answer:?}");
        }
    }
    let trainee = t.person(Role::Trainee).await;
    assert_eq!(t.get(&trainee, &path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(t.get(&trainee, "/programmes").await.status, StatusCode::NOT_FOUND);
    assert_eq!(t.post_at(&trainee, &format!("{path}/retire"), 1).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn lists_are_filtered_by_words_state_and_theme() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    published(&t).await;
    let other = json!({ "code": "ECOUTE", "title": "L’écoute à l’accueil", "theme": "management" });
    assert_eq!(t.post(&manager, "/programmes", &other).await.status, StatusCode::CREATED);
    for (query, expected) in [
        ("", vec!["ECOUTE", "GESTES"]),
        ("?q=ecoute", vec!["ECOUTE"]),
        ("?q=blesser", vec!["GESTES"]),
        ("?state=published", vec!["GESTES"]),
        ("?theme=management", vec!["ECOUTE"]),
        ("?theme=sector", vec![]),
    ] {
        let read = t.get(&manager, &format!("/programmes{query}")).await;
        let codes: Vec<_> =
            read.body["items"].as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap()).collect();
        assert_eq!(codes, expected, "{query}");
    }
}

#[tokio::test]
async fn whom_to_call_stands_beside_the_journal() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let path = recorded(&t, &manager).await;
    super::put(&t, &manager, &path, &whole()).await;
    let events = audit_event::Entity::find().all(t.app.db.read()).await.unwrap();
    assert!(!format!("{events:?}").contains("handicap@essai.exemple"), "{events:?}");
    let beside = audit_personal::Entity::find().all(t.app.db.read()).await.unwrap();
    assert!(format!("{beside:?}").contains("handicap@essai.exemple"), "{beside:?}");
}
