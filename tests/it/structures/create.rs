//! Recording a structure.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::{Value, json};

use crate::support::{TestApp, siret_of};

fn body() -> Value {
    json!({
        "siret": siret_of(7, 1).grouped(),
        "name": "Les Jardins du Morvan",
        "legal_form": "Association loi de 1901",
        "rna": "W582000123",
        "idcc": "3016",
        "activities": "maraîchage",
        "headcount": 24,
        "insertion_posts": 14,
        "contact": { "name": "Zoé N’Guyen-d’Arc", "email": "zoe@morvan.exemple", "phone": "03 86 00 00 12" },
        "address": "1 rue des Lilas",
        "postal_code": "58120",
        "commune": "Château-Chinon",
        "sites": [{
            "siret": siret_of(7, 2).to_string(),
            "label": "Serres",
            "address": "2 rue des Lilas",
            "postal_code": "58120",
            "commune": "Corancy",
        }],
    })
}

#[tokio::test]
async fn an_officer_records_a_structure_and_its_sites() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let answer = t.post(&officer, "/structures", &body()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
    let id = answer.body["id"].as_str().unwrap();
    assert_eq!(answer.location.as_deref(), Some(format!("/api/v1/structures/{id}").as_str()));
    assert_eq!(answer.etag.as_deref(), Some("\"1\""));
    assert_eq!(answer.body["region"], "27");
    assert_eq!(answer.body["zone"], "Europe/Paris");
    assert_eq!(answer.body["contact"]["phone"], "+33386000012");
    assert_eq!(answer.body["sites"][0]["is_seat"], true);
    assert_eq!(answer.body["sites"][1]["label"], "Serres");
    assert_eq!(t.effects().await.events, ["structure.created"]);
    let read = t.get(&officer, &format!("/structures/{id}")).await;
    assert_eq!((read.status, &read.body), (StatusCode::OK, &answer.body));
    assert_eq!(read.etag.as_deref(), Some("\"1\""));
}

#[tokio::test]
async fn a_missing_digit_is_told_and_every_other_fault_with_it() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let mut wrong = body();
    wrong["siret"] = json!("9999000700001");
    wrong["name"] = json!("  ");
    wrong["contact"]["email"] = json!("zoe.morvan.exemple");
    wrong["postal_code"] = json!("581");
    let answer = t.post(&officer, "/structures", &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.pointers(), ["/name", "/siret", "/postal_code", "/contact/email"]);
    assert_eq!(
        answer.body["errors"][1]["message"],
        "Le numéro SIRET compte 14 chiffres\u{202f}: il en manque un"
    );
    assert!(t.effects().await.events.is_empty());
}

#[tokio::test]
async fn a_siren_is_recorded_once() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    assert_eq!(t.post(&officer, "/structures", &body()).await.status, StatusCode::CREATED);
    let again = t.post(&officer, "/structures", &body()).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "structure-already-registered"));
    assert_eq!(t.effects().await.events.len(), 1);
}

#[tokio::test]
async fn only_the_team_records_structures() {
    let t = TestApp::new().await;
    let own = t.structure("Les Ateliers").await;
    for (person, status) in [
        (t.person(Role::Admin).await, StatusCode::CREATED),
        (t.person(Role::Auditor).await, StatusCode::NOT_FOUND),
        (t.person(Role::Trainee).await, StatusCode::NOT_FOUND),
        (t.of_structure(own.id).await, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(t.post(&person, "/structures", &body()).await.status, status);
    }
}

#[tokio::test]
async fn the_contact_is_not_written_in_the_journal_itself() {
    use sea_orm::EntityTrait;
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    t.post(&officer, "/structures", &body()).await;
    let db = t.app.db.read();
    let event = entity::audit_event::Entity::find().one(db).await.unwrap().unwrap();
    assert!(!event.payload.contains("morvan.exemple") && event.payload.contains("contact_email"));
    let kept = entity::audit_personal::Entity::find().all(db).await.unwrap();
    assert!(kept.iter().any(|row| row.value.as_deref() == Some("zoe@morvan.exemple")));
}
