//! Enrolling somebody.

use entity::candidate;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

use super::bench::{Bench, agree};

#[tokio::test]
async fn a_structure_enrols_somebody_who_is_told() {
    let b = Bench::new().await;
    let answer = b.t.post(&b.owner, "/candidates", &b.somebody()).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let year = b.t.app.today().year();
    assert_eq!(answer.body["candidate"]["number"], format!("CAN-{year}-0001"));
    assert_eq!(answer.body["candidate"]["state"], "enrolled");
    assert_eq!(answer.body["civil_status"]["completeness"], 100);
    assert_eq!(answer.body["civil_status"]["birth_locality"], "Mamoudzou", "the name goes with the code");
    assert_eq!(answer.body["civil_status"]["first_names"], json!(["Anne Lise", "Zoé"]));
    assert_eq!(answer.body["stays"][0]["structure_name"], "Les Jardins du Morvan");
    let mails = b.mails("candidate-enrolled").await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipient, json!({ "to": "address", "address": "zoe@candidats.exemple" }));
}

#[tokio::test]
async fn a_civil_status_that_lacks_something_is_flagged_and_a_wrong_one_refused() {
    let b = Bench::new().await;
    let mut body = b.somebody();
    body["civil_status"] = json!({ "first_names": ["Zoé"], "birth_date": "1985" });
    let path = b.enrol(&body).await;
    let found = b.t.get(&b.owner, &path).await.body;
    assert!(found["civil_status"]["completeness"].as_i64().unwrap() < 60, "{found}");
    assert_eq!(found["civil_status"]["birth_date"], "1985", "an unknown day stays unknown");

    body["civil_status"] =
        json!({ "birth_name": "D4rc", "birth_date": "1985-02-30", "birth_commune": "75999" });
    body["contact"]["email"] = json!("sans arobase");
    let refused = b.t.post(&b.owner, "/candidates", &body).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    let pointers = refused.pointers();
    for pointer in ["/civil_status/birth_name", "/civil_status/birth_date", "/contact/email"] {
        assert!(pointers.contains(&pointer), "{pointers:?}");
    }
    assert_eq!(candidate::Entity::find().count(b.t.app.db.read()).await.unwrap(), 1);
}

#[tokio::test]
async fn a_structure_without_an_agreement_enrols_nobody() {
    let b = Bench::new().await;
    let mut body = b.somebody();
    body["structure_id"] = json!(b.other.id);
    let refused = b.t.post(&b.stranger, "/candidates", &body).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "candidate-lacking"), "{refused:?}");
    let hidden = b.t.post(&b.owner, "/candidates", &body).await;
    assert_eq!(hidden.status, 404, "nobody enrols for another structure");
    agree(&b.t, &b.other, &b.version).await;
    assert_eq!(b.t.post(&b.stranger, "/candidates", &body).await.status, 201);
}

#[tokio::test]
async fn somebody_alike_is_told_and_confirmed() {
    let b = Bench::new().await;
    b.enrol(&b.somebody()).await;
    let mut again = b.somebody();
    again["civil_status"]["birth_name"] = json!("NGUYEN D'ARC");
    let told = b.t.post(&b.owner, "/candidates", &again).await;
    assert_eq!((told.status.as_u16(), told.code()), (409, "candidate-alike"), "{told:?}");
    assert!(told.body["blocking"][0].as_str().unwrap().contains("CAN-"), "{told:?}");
    again["confirmed"] = json!(true);
    assert_eq!(b.t.post(&b.owner, "/candidates", &again).await.status, 201);

    agree(&b.t, &b.other, &b.version).await;
    again["structure_id"] = json!(b.other.id);
    again["confirmed"] = json!(false);
    let told = b.t.post(&b.stranger, "/candidates", &again).await;
    assert_eq!(told.code(), "candidate-alike");
    assert!(!told.body["blocking"][0].as_str().unwrap().contains("CAN-"), "a file of others is not named");
}

#[tokio::test]
async fn messages_for_somebody_detained_go_through_the_structure_without_its_name() {
    let b = Bench::new().await;
    let mut body = b.somebody();
    body["contact"] = json!({ "contract": "none", "detained": true });
    b.enrol(&body).await;
    let mails = b.mails("candidate-enrolled").await;
    assert_eq!(mails[0].recipient["to"], "structure");
    assert!(!mails[0].body_text.contains("Morvan"), "{}", mails[0].body_text);
}
