//! The sites of a structure.

use entity::account_role::Role;
use entity::agreement_request::RequestState;
use poem::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;

use crate::agreements::desk::Desk;
use crate::support::{TestApp, siret_of};

fn site(establishment: u16) -> Value {
    json!({
        "siret": siret_of(0, establishment).to_string(),
        "label": "Serres",
        "address": "2 rue des Lilas",
        "postal_code": "97600",
        "commune": "Mamoudzou",
    })
}

#[tokio::test]
async fn a_site_is_added_then_becomes_the_seat_then_the_other_one_closes() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let officer = t.person(Role::Officer).await;
    let path = format!("/structures/{}", structure.id);
    let added = t.post(&officer, &format!("{path}/sites"), &site(2)).await;
    assert_eq!(added.status, StatusCode::CREATED, "{:?}", added.body);
    assert_eq!(added.body["zone"], "Indian/Mayotte");
    let new = added.body["id"].as_str().unwrap();
    let read = t.get(&officer, &path).await;
    let old = read.body["sites"][0]["id"].as_str().unwrap();

    let seat =
        t.post(&officer, &format!("{path}/sites/{old}/close"), &json!({ "closed_on": "2025-10-06" })).await;
    assert_eq!((seat.status, seat.code()), (StatusCode::CONFLICT, "site-is-seat"));
    let none = t.patch(&officer, &format!("{path}/sites/{old}"), Some(2), &json!({ "is_seat": false })).await;
    assert_eq!(none.pointers(), ["/is_seat"]);

    let moved = t.patch(&officer, &format!("{path}/sites/{new}"), Some(2), &json!({ "is_seat": true })).await;
    assert_eq!(moved.status, StatusCode::OK, "{:?}", moved.body);
    let read = t.get(&officer, &path).await;
    let seats = read.body["sites"].as_array().unwrap().iter().filter(|site| site["is_seat"] == true).count();
    assert_eq!((seats, read.body["zone"].as_str().unwrap()), (1, "Indian/Mayotte"));

    let closed =
        t.post(&officer, &format!("{path}/sites/{old}/close"), &json!({ "closed_on": "2025-10-06" })).await;
    assert_eq!((closed.status, &closed.body["closed_on"]), (StatusCode::OK, &json!("2025-10-06")));
    let change =
        t.patch(&officer, &format!("{path}/sites/{old}"), Some(4), &json!({ "label": "Dépôt" })).await;
    assert_eq!((change.status, change.code()), (StatusCode::CONFLICT, "site-closed"));
    let events = t.effects().await.events;
    assert_eq!(events, ["structure.created", "site.added", "site.changed", "site.changed", "site.closed"]);
}

#[tokio::test]
async fn a_site_belongs_to_the_siren_of_its_structure() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let officer = t.person(Role::Officer).await;
    let path = format!("/structures/{}/sites", structure.id);
    let mut other = site(2);
    other["siret"] = json!(siret_of(9, 1).to_string());
    let answer = t.post(&officer, &path, &other).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.body["errors"][0]["code"], "other-siren");
    let same = t.post(&officer, &path, &site(1)).await;
    assert_eq!(same.body["errors"][0]["code"], "duplicate");
}

#[tokio::test]
async fn a_structure_declares_the_new_address_of_an_agreed_site_and_the_team_looks_at_it() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::Granted).await;
    desk.sign().await;
    let t = &desk.t;
    let path = format!("/structures/{}", desk.structure.id);
    let site = t.get(&desk.owner, &path).await.body["sites"][0].clone();
    let page = format!("/structures/{}/sites/{}", desk.structure.siren, site["id"].as_str().unwrap());
    let text = |field: &str| site[field].as_str().unwrap().to_owned();
    let (siret, label) = (text("siret"), text("label"));
    let (postal_code, commune) = (text("postal_code"), text("commune"));
    let mut fields = vec![
        ("siret", siret.as_str()),
        ("label", label.as_str()),
        ("address", "8 rue Neuve"),
        ("postal_code", postal_code.as_str()),
        ("commune", commune.as_str()),
    ];
    t.effects().await;
    let (status, _, asked) = t.submit(&desk.owner, &page, &fields).await;
    assert_eq!(status, StatusCode::OK, "{asked}");
    for said in ["examine le changement sous trente jours", "une visite du site peut suivre", "8 rue Neuve"] {
        assert!(asked.contains(said), "{said}: {asked}");
    }
    assert!(t.effects().await.events.is_empty(), "a question changes nothing");
    fields.push(("confirme", "oui"));
    let (status, _, html) = t.submit(&desk.owner, &page, &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    assert_eq!(t.effects().await.events, ["site.changed"]);

    let waits = async || {
        let todo = t.get(&desk.officer, "/todo").await;
        let tasks = todo.body["items"].as_array().unwrap().clone();
        tasks.into_iter().find(|task| task["action"] == "review_move")
    };
    let due_on = (desk.today() + Duration::days(30)).to_string();
    assert_eq!(waits().await.expect("a task of the team")["due_on"], json!(due_on));
    let refused = t.submit(&desk.owner, &format!("{page}/examiner"), &[]).await;
    assert_eq!(refused.0, StatusCode::FORBIDDEN, "not by the structure");
    let (_, shown) = t.open(&desk.officer, &format!("/structures/{}", desk.structure.siren)).await;
    assert!(shown.contains("Nouvelle adresse déclarée le ") && shown.contains("/examiner"), "{shown}");
    assert_eq!(t.submit(&desk.officer, &format!("{page}/examiner"), &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(t.effects().await.events, ["site.move_reviewed"]);
    assert!(waits().await.is_none());
    let id = site["id"].as_str().unwrap();
    let again = t.post(&desk.officer, &format!("{path}/sites/{id}/review-move"), &Value::Null).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "site-not-moved"));
}
