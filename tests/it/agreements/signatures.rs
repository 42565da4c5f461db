//! The convention is one text: frozen when it is offered, signed by each party, whoever signs.

use entity::agreement_request::RequestState as S;
use entity::{agreement, document, job};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::desk::Desk;
use super::guards::fault;

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
