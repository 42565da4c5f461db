//! The convention is one text: frozen when it is offered, signed by each party, whoever signs.

use entity::agreement_request::RequestState as S;
use entity::{agreement, document, job, legal_certifier};
use parchemin::config::Config;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::desk::Desk;
use super::guards::fault;
use crate::support::TestApp;

async fn right(desk: &Desk) -> agreement::Model {
    agreement::Entity::find().one(desk.t.app.db.read()).await.unwrap().unwrap()
}

#[tokio::test]
async fn both_parties_sign_the_text_that_was_offered_whoever_signs() {
    let desk = Desk::new().await;
    desk.reach(S::Granted).await;
    let offered = right(&desk).await;
    let text = offered.convention_text.clone().unwrap();
    assert_eq!(offered.convention_hash, Some(hex::encode(Sha256::digest(text.as_bytes()))));
    let facts: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(facts["structure"]["representative"], "Ulysse N’Diaye, président");
    assert!(facts["signatories"].is_null(), "who signs is no clause: {facts}");
    let page = desk.opens(&desk.manager, &desk.page("").await).await;
    assert!(page.contains("signe ici la personne qui administre le compte de la structure"), "{page}");

    let path = |verb: &str| format!("/agreements/{}/{verb}", offered.id);
    let other = json!({ "name": "Zoé N’Guyen" });
    let refused = desk.t.post(&desk.owner, &path("sign-structure"), &other).await;
    assert_eq!((fault(&refused), refused.pointers()[0]), ((422, "quality-missing"), "/quality"));
    let other = json!({ "name": "Zoé N’Guyen", "quality": "trésorière" });
    assert_eq!(desk.t.post(&desk.owner, &path("sign-structure"), &other).await.status, 200);
    let certifier = json!({ "name": "Irène Caldaguès" });
    assert_eq!(desk.t.post(&desk.manager, &path("sign-certifier"), &certifier).await.status, 200);

    let signed = right(&desk).await;
    assert_eq!(signed.convention_text.as_ref(), Some(&text));
    assert_eq!(signed.convention_hash, offered.convention_hash);
    assert_eq!(signed.signed_by_structure_quality.as_deref(), Some("trésorière"));
    assert_eq!(signed.signed_by_certifier_quality.as_deref(), Some("responsable de certification"));
    desk.work().await;
    for job in job::Entity::find().all(desk.t.app.db.read()).await.unwrap() {
        assert_eq!(job.state, job::JobState::Done, "{} {:?}", job.payload, job.error);
    }
    let all = document::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    assert_eq!(
        all.iter().filter(|one| one.kind == "agreement-convention").count(),
        2,
        "offered, then signed"
    );
}

/// The certifier as the convention offered names it, for an organisation of that name.
async fn certifier(organisation: &str) -> (Value, String) {
    let name = organisation.to_owned();
    let t = TestApp::with(|config| Config {
        organisation: name,
        organisation_address: "12 rue des Tisserands, 75000 Paris".to_owned(),
        organisation_representative: "Claire Exemple, présidente".to_owned(),
        ..config
    });
    let desk = Box::pin(Desk::on(t.await, "58000", "Nevers")).await;
    Box::pin(desk.reach(S::Granted)).await;
    let legal = legal_certifier::Entity::find()
        .filter(legal_certifier::Column::CertificationVersionId.eq(desk.version.id))
        .one(desk.t.app.db.read())
        .await
        .unwrap()
        .unwrap();
    let facts: Value = serde_json::from_str(&right(&desk).await.convention_text.unwrap()).unwrap();
    desk.work().await;
    for job in job::Entity::find().all(desk.t.app.db.read()).await.unwrap() {
        assert_eq!(job.state, job::JobState::Done, "{} {:?}", job.payload, job.error);
    }
    (facts["certifier"].clone(), legal.name)
}

#[tokio::test]
async fn the_convention_names_one_body_and_who_represents_it() {
    let (party, legal) = certifier("Organisme de démonstration").await;
    assert_eq!(party["name"], legal.as_str());
    assert!(party["address"].is_null() && party["representative"].is_null(), "those of another: {party}");
    let mandate = &party["mandate"];
    assert_eq!(mandate["name"], "Organisme de démonstration");
    assert_eq!(mandate["address"], "12 rue des Tisserands, 75000 Paris");
    assert_eq!(mandate["representative"], "Claire Exemple, présidente");

    let (party, legal) = certifier(&legal).await;
    assert_eq!(party["name"], legal.as_str());
    assert_eq!(party["address"], "12 rue des Tisserands, 75000 Paris");
    assert_eq!(party["representative"], "Claire Exemple, présidente");
    assert!(party["mandate"].is_null(), "{party}");
}

#[tokio::test]
async fn a_member_who_may_not_sign_is_told_who_may() {
    let desk = Desk::new().await;
    desk.reach(S::Granted).await;
    let member = desk.t.member_of(desk.structure.id).await;
    let file = desk.page("").await;
    let page = desk.opens(&member, &file).await;
    assert!(page.contains("signe ici la personne qui administre le compte de la structure"), "{page}");
    assert!(!page.contains("/signer\""), "{page}");
    let own = desk.opens(&member, "/notre-agrement").await;
    assert!(own.contains("Lire la convention, à signer") && !own.contains("Signer la convention"), "{own}");
    let own = desk.opens(&desk.owner, "/notre-agrement").await;
    assert!(own.contains("Signer la convention"), "{own}");
}
