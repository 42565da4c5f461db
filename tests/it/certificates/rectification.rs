//! A certificate whose content is being put right.

use entity::candidate::{self, JuryDecision};
use entity::candidate_appeal::{self, AppealOutcome};
use entity::jury_passage;
use entity::jury_session::JuryState;
use poem::http::StatusCode;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};

use super::bench::Bench;

const TOLD: &str = "Certificat valide — rectification en cours";

/// The public page and what the API answers.
async fn told(bench: &Bench, number: &str) -> (String, Value) {
    let page = bench.t.client.get(format!("/verifier/{number}")).send().await;
    let text = page.0.into_body().into_string().await.unwrap();
    let answer = bench.t.client.get(format!("/api/v1/verification/{number}")).send().await;
    (text, answer.0.into_body().into_json().await.unwrap())
}

/// The certificate of somebody, and their file.
async fn certified(bench: &Bench) -> (candidate::Model, String, String) {
    let holder = bench.candidate("Kerdoncuff", JuryDecision::Total).await;
    let answer = bench.issue().await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    let one = &answer.body["certificates"][0];
    let text = |field: &str| one[field].as_str().unwrap().to_owned();
    (holder, text("id"), text("number"))
}

async fn write(bench: &Bench, row: candidate::Model) {
    let update = candidate::Entity::update(row.into_active_model().reset_all());
    update.exec(bench.t.app.db.bookkeeping()).await.unwrap();
}

#[tokio::test]
async fn a_corrected_civil_status_is_told_without_any_detail() {
    let bench = Bench::new().await;
    let (holder, id, number) = certified(&bench).await;
    let (page, answer) = told(&bench, &number).await;
    assert!(!page.contains("rectification") && answer["rectification_in_progress"] == false, "{page}");

    write(&bench, candidate::Model { usual_name: "Le Goff".to_owned(), ..holder.clone() }).await;
    let (page, _) = told(&bench, &number).await;
    assert!(!page.contains("rectification"), "a name in use is no correction: {page}");

    write(&bench, candidate::Model { birth_name: "Kerdoncuf".to_owned(), ..holder }).await;
    let (page, answer) = told(&bench, &number).await;
    assert!(page.contains(TOLD) && page.contains("reste valable"), "{page}");
    assert!(!page.contains("Kerdonc"), "{page}");
    assert_eq!((&answer["state"], &answer["rectification_in_progress"]), (&json!("valid"), &json!(true)));
    let (_, own) = bench.t.open(&bench.manager, &format!("/certificats/{number}")).await;
    assert!(own.contains("Rectification en cours.") && own.contains("/suspendre\""), "{own}");

    let body = json!({ "reason": "Identité à vérifier" });
    let suspended = bench.t.post(&bench.manager, &format!("/certificates/{id}/suspend"), &body).await;
    assert_eq!(suspended.status, StatusCode::OK, "{suspended:?}");
    let (page, answer) = told(&bench, &number).await;
    assert!(page.contains("Certificat suspendu") && !page.contains("rectification"), "{page}");
    assert_eq!(answer["rectification_in_progress"], false);
}

#[tokio::test]
async fn a_correction_after_an_appeal_is_told_until_the_session_is_closed_again() {
    let bench = Bench::new().await;
    let (holder, _, number) = certified(&bench).await;
    let conn = bench.t.app.db.bookkeeping();
    let passage = jury_passage::Entity::find().one(conn).await.unwrap().unwrap();
    let now = bench.t.app.now();
    let appeal = candidate_appeal::Model {
        id: bench.t.app.new_id().into(),
        passage_id: passage.id,
        candidate_id: holder.id,
        grounds: "Une note est mal recopiée".to_owned(),
        lodged_at: now.into(),
        acknowledged_at: None,
        answer_due_at: now.into(),
        outcome: None,
        answer: None,
        settled_by: None,
        settled_at: None,
    };
    let insert = candidate_appeal::Entity::insert(appeal.clone().into_active_model().reset_all());
    insert.exec_without_returning(conn).await.unwrap();
    bench.session_in(JuryState::Closed).await;
    let (page, _) = told(&bench, &number).await;
    assert!(!page.contains("rectification"), "nothing is put right yet: {page}");

    let settled = candidate_appeal::Model {
        outcome: Some(AppealOutcome::Corrected),
        answer: Some("La note est corrigée".to_owned()),
        settled_at: Some(now.into()),
        ..appeal
    };
    let update = candidate_appeal::Entity::update(settled.into_active_model().reset_all());
    update.exec(conn).await.unwrap();
    for (state, expected) in
        [(JuryState::ToRectify, true), (JuryState::Checked, true), (JuryState::Closed, false)]
    {
        bench.session_in(state).await;
        let (page, answer) = told(&bench, &number).await;
        assert_eq!(page.contains(TOLD), expected, "{state}: {page}");
        assert_eq!(answer["rectification_in_progress"], expected, "{state}");
        assert!(!page.contains("mal recopiée"), "{page}");
    }
    let english = bench.t.client.get(format!("/verifier/{number}?lang=en")).send().await;
    english.assert_status_is_ok();
}
