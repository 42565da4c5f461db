//! Declared interests are confidential.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn the_manager_and_the_expert_alone_read_and_record_them() {
    let t = TestApp::new().await;
    let expert = t.controller("Abel").await;
    let other = t.controller("Bérard").await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let path = format!("/experts/{}/interests", expert.id);
    for (since, person, read, recorded) in [
        (2018, t.person(Role::Manager).await, StatusCode::OK, StatusCode::CREATED),
        (2019, t.of_expert(expert.id).await, StatusCode::OK, StatusCode::CREATED),
        (2020, t.of_expert(other.id).await, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
        (2021, t.person(Role::Officer).await, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
        (2022, t.person(Role::Admin).await, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
        (2023, t.person(Role::Auditor).await, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(t.get(&person, &path).await.status, read, "{:?}", person.actor.held);
        // Each declares other days: the same ones twice would be refused.
        let (from, until) = (format!("{since}-01-01"), format!("{since}-12-31"));
        let body =
            json!({ "structure_id": structure.id.0, "tie": "support_expert", "since": from, "until": until });
        assert_eq!(t.post(&person, &path, &body).await.status, recorded, "{:?}", person.actor.held);
    }
}

#[tokio::test]
async fn the_same_tie_is_declared_once_over_the_same_days_and_not_before_it_begins() {
    let t = TestApp::new().await;
    let expert = t.controller("Abel").await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let manager = t.person(Role::Manager).await;
    let path = format!("/experts/{}/interests", expert.id);
    let body = |tie: &str, since: &str, until: Option<&str>| json!({ "structure_id": structure.id.0, "tie": tie, "since": since, "until": until });
    let first = t.post(&manager, &path, &body("board", "2024-01-01", Some("2024-12-31"))).await;
    assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
    for (tie, since, until, code) in [
        ("board", "2024-01-01", Some("2024-12-31"), Some("already-declared")),
        ("board", "2024-12-31", None, Some("already-declared")),
        ("board", "2025-10-07", None, Some("in-the-future")),
        ("board", "2025-01-01", None, None),
        ("family", "2024-01-01", Some("2024-12-31"), None),
    ] {
        let answer = t.post(&manager, &path, &body(tie, since, until)).await;
        match code {
            Some(code) => {
                assert_eq!(answer.pointers(), ["/since"], "{tie} {since}: {answer:?}");
                assert_eq!(answer.body["errors"][0]["code"], code, "{tie} {since}");
            }
            None => assert_eq!(answer.status, StatusCode::CREATED, "{tie} {since}: {answer:?}"),
        }
    }
}

#[tokio::test]
async fn the_journal_does_not_tell_what_was_declared() {
    use sea_orm::{EntityTrait, QueryOrder};
    let t = TestApp::new().await;
    let expert = t.controller("Abel").await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let manager = t.person(Role::Manager).await;
    let body = json!({ "structure_id": structure.id.0, "tie": "support_expert", "until": "2024-01-01", "since": "2025-01-01" });
    let path = format!("/experts/{}/interests", expert.id);
    assert_eq!(t.post(&manager, &path, &body).await.pointers(), ["/until"]);
    let body = json!({ "structure_id": t.app.new_id(), "tie": "support_expert" });
    assert_eq!(t.post(&manager, &path, &body).await.pointers(), ["/structure_id"]);
    let body = json!({ "structure_id": structure.id.0, "tie": "jury_president", "detail": "Jury de mai" });
    assert_eq!(t.post(&manager, &path, &body).await.status, StatusCode::CREATED);
    let last = entity::audit_event::Entity::find().order_by_desc(entity::audit_event::Column::Id);
    let last = last.one(t.app.db.read()).await.unwrap().unwrap();
    assert_eq!(last.name, "interest.declared");
    assert!(!last.payload.contains("Jury de mai") && !last.payload.contains(&structure.id.to_string()));
}

#[tokio::test]
async fn each_tie_that_people_declare_stands_in_the_way_of_its_duties() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let served: &[(&str, bool)] =
        &[("jury_president", true), ("controller", true), ("support_expert", true), ("team_trainer", true)];
    let trained: &[(&str, bool)] = &[("jury_president", false), ("controller", true)];
    let free: &[(&str, bool)] = &[];
    for (tie, expected) in [
        ("employee_board_or_provider", served),
        ("board", served),
        ("shares", served),
        ("family", served),
        ("support_expert", trained),
        ("epsp_trainer_of_team", trained),
        ("supervised", trained),
        ("jury_president", free),
    ] {
        let (expert, structure) = (t.expert("Abel").await, t.structure("Les Jardins du Morvan").await);
        let body = json!({ "structure_id": structure.id.0, "tie": tie });
        let declared = t.post(&manager, &format!("/experts/{}/interests", expert.id), &body).await;
        assert_eq!(declared.status, StatusCode::CREATED, "{declared:?}");
        let read = t.get(&manager, &format!("/experts/{}/ties", expert.id)).await.body;
        assert_eq!(read["items"][0]["tie"], tie);
        let effects: Vec<_> = read["items"][0]["effects"]
            .as_array()
            .unwrap()
            .iter()
            .map(|effect| (effect["duty"].as_str().unwrap(), effect["blocking"].as_bool().unwrap()))
            .collect();
        assert_eq!(effects, expected, "{tie}");
    }
}
