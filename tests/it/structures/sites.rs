//! The sites of a structure.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::{Value, json};

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
