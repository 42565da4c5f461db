//! Validating the decisions and telling them.

use entity::candidate::{self, CandidateState, JuryDecision};
use entity::{certificate, document, job, jury_passage, mail};
use poem::http::StatusCode;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};

use super::bench::Bench;

#[tokio::test]
async fn a_manager_validates_and_takes_it_back_before_anybody_is_told() {
    let b = Bench::new().await;
    b.heard("Diallo", JuryDecision::Total).await;
    b.checked().await;
    let day = b.t().app.today().to_string();
    let body = json!({ "delivered_on": day });
    assert_eq!(b.act(&b.base.officer, "validate", &body).await.status, StatusCode::FORBIDDEN);
    let early = b.act(&b.base.manager, "validate", &json!({ "delivered_on": "2020-01-01" })).await;
    assert_eq!(early.pointers(), ["/delivered_on"], "{early:?}");
    assert_eq!(b.done(&b.base.manager, "validate", &body).await["state"], "validated");
    b.t().effects().await;
    let back = b.done(&b.base.manager, "take-back", &json!({ "reason": "Date à revoir" })).await;
    assert_eq!(back["state"], "checked");
    let effects = b.t().effects().await;
    assert_eq!(
        (effects.events.as_slice(), effects.mails.len()),
        (&["jury.validation_taken_back".to_owned()][..], 0)
    );
    assert_eq!(b.done(&b.base.manager, "validate", &body).await["state"], "validated");
}

#[tokio::test]
async fn telling_moves_writes_and_delivers_at_once() {
    let b = Bench::new().await;
    let amina = b.heard("Diallo", JuryDecision::Total).await;
    let basile = b.heard("Basile", JuryDecision::Refused).await;
    b.validated().await;
    b.t().effects().await;
    let body = b.done(&b.base.officer, "notify", &Value::Null).await;
    assert_eq!(body["state"], "closed");
    let effects = b.t().effects().await;
    assert_eq!(
        effects.events,
        [
            "certificate.issued",
            "certificate_batch.issued",
            "candidate.notified",
            "candidate.notified",
            "jury.closed",
            "jury.results_told",
        ]
    );
    assert_eq!(
        effects.mails,
        ["certificate-delivered", "jury-notice", "candidate-result", "candidate-result"]
    );
    for one in [&amina, &basile] {
        assert_eq!(b.state_of(one).await, CandidateState::Notified);
    }
    let conn = b.t().app.db.read();
    assert_eq!(certificate::Entity::find().all(conn).await.unwrap().len(), 1);
    let live = jury_passage::Entity::find().filter(jury_passage::Column::Live.eq(true));
    assert!(live.one(conn).await.unwrap().is_none(), "they may be expected elsewhere");
    b.base.work().await;
    for job in job::Entity::find().all(conn).await.unwrap() {
        assert_eq!(job.state, job::JobState::Done, "{} {:?}", job.payload, job.error);
    }
    let letters = document::Entity::find().filter(document::Column::Kind.eq("result-letter"));
    assert_eq!(letters.all(conn).await.unwrap().len(), 2);
    let again = b.act(&b.base.officer, "notify", &Value::Null).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "jury-wrong-state"));
}

#[tokio::test]
async fn a_civil_status_that_lacks_something_holds_back_its_certificate_and_no_result() {
    let b = Bench::new().await;
    let amina = b
        .base
        .candidate_with("Diallo", JuryDecision::Total, |row| {
            row.state = CandidateState::Present;
            row.birth_date = String::new();
        })
        .await;
    b.validated().await;
    b.t().effects().await;
    let at = |verb: &str| format!("/jurys/{}/{verb}", b.base.session.number);
    for page in [at("pv"), at("resultats")] {
        let (_, text) = b.t().open(&b.base.manager, &page).await;
        for told in
            ["Avant d’annoncer", "Le résultat est annoncé, le certificat attend.", amina.number.as_str()]
        {
            assert!(text.contains(told), "{page}, {told}: {text}");
        }
    }
    assert_eq!(b.done(&b.base.officer, "notify", &Value::Null).await["state"], "closed");
    assert_eq!(b.state_of(&amina).await, CandidateState::Notified);
    let effects = b.t().effects().await;
    assert_eq!(effects.events, ["candidate.notified", "jury.closed", "jury.results_told"]);
    let conn = b.t().app.db.read();
    let told = mail::Entity::find().filter(mail::Column::Template.eq("candidate-result"));
    let told = told.one(conn).await.unwrap().unwrap();
    assert!(told.body_text.contains("quand votre état civil sera complet"), "{}", told.body_text);
    assert!(certificate::Entity::find().one(conn).await.unwrap().is_none());
    let (_, text) = b.t().open(&b.base.manager, &at("pv")).await;
    assert!(text.contains("Certificats en attente"), "{text}");

    let row = candidate::Entity::find_by_id(amina.id).one(conn).await.unwrap().unwrap();
    let whole = candidate::Model { birth_date: "1985-05-12".to_owned(), ..row };
    let update = candidate::Entity::update(whole.into_active_model().reset_all());
    update.exec(b.t().app.db.bookkeeping()).await.unwrap();
    let issued = b.base.issue().await;
    assert_eq!(issued.status, StatusCode::CREATED, "{issued:?}");
    let (_, text) = b.t().open(&b.base.manager, &at("pv")).await;
    assert!(!text.contains("Certificats en attente"), "{text}");
}

#[tokio::test]
async fn what_is_looked_at_before_the_results_is_shown_on_the_page_of_the_minutes() {
    let b = Bench::new().await;
    b.heard("Diallo", JuryDecision::Total).await;
    b.validated().await;
    let page = format!("/jurys/{}/pv", b.base.session.number);
    let (_, text) = b.t().open(&b.base.manager, &page).await;
    for told in ["Procès-verbal signé et contrôlé", "L’état civil de chaque titulaire est complet"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let (_, text) = b.t().open(&b.president.person, &page).await;
    assert!(!text.contains("Avant d’annoncer les résultats"), "{text}");
}

#[tokio::test]
async fn whoever_is_detained_is_told_on_paper_by_their_structure() {
    let b = Bench::new().await;
    b.base
        .candidate_with("Diallo", JuryDecision::Refused, |row| {
            row.state = CandidateState::Present;
            row.detained = true;
        })
        .await;
    b.published().await;
    let mails = entity::mail::Entity::find().filter(entity::mail::Column::Template.eq("candidate-result"));
    let mails = mails.all(b.t().app.db.read()).await.unwrap();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipient["to"], "structure", "{:?}", mails[0].recipient);
}

#[tokio::test]
async fn a_structure_reads_no_minutes() {
    let b = Bench::new().await;
    b.heard("Diallo", JuryDecision::Total).await;
    b.closed().await;
    let own = b.t().of_structure(b.base.structure.id).await;
    assert_eq!(b.t().get(&own, &b.path("minutes")).await.status, StatusCode::NOT_FOUND);
    let page = format!("/jurys/{}/pv", b.base.session.number);
    assert_eq!(b.t().open(&own, &page).await.0, StatusCode::NOT_FOUND);
}
