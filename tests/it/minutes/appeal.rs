//! The appeal of a candidate against what the jury decided.

use entity::candidate::{CandidateState, JuryDecision};
use poem::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;

use super::bench::Bench;

#[tokio::test]
async fn an_appeal_is_lodged_acknowledged_and_answered() {
    let b = Bench::new().await;
    let amina = b.heard("Diallo", JuryDecision::Refused).await;
    b.published().await;
    let owner = b.t().of_structure(b.base.structure.id).await;
    let path = |verb: &str| format!("/candidates/{}/{verb}", amina.id);
    let empty = b.t().post(&owner, &path("lodge-appeal"), &json!({ "grounds": "" })).await;
    assert_eq!(empty.pointers(), ["/grounds"], "{empty:?}");
    b.t().effects().await;
    let body = json!({ "grounds": "Le jury n’avait pas mon livret." });
    let lodged = b.t().post(&owner, &path("lodge-appeal"), &body).await;
    assert_eq!(lodged.status, StatusCode::OK, "{lodged:?}");
    assert_eq!(b.state_of(&amina).await, CandidateState::Appealed);
    let effects = b.t().effects().await;
    assert_eq!(effects.events, ["candidate.appealed", "candidate.appeal_lodged"]);
    assert_eq!(effects.mails, ["candidate-appeal"]);

    let own = b.t().post(&owner, &path("acknowledge-appeal"), &Value::Null).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "{own:?}");
    let told = b.t().post(&b.base.officer, &path("acknowledge-appeal"), &Value::Null).await;
    assert_eq!(told.status, StatusCode::OK, "{told:?}");
    assert_eq!(b.t().effects().await.mails, ["candidate-appeal-received"]);
    let twice = b.t().post(&b.base.officer, &path("acknowledge-appeal"), &Value::Null).await;
    assert_eq!((twice.status, twice.code()), (StatusCode::CONFLICT, "appeal-not-open"));

    let answer = json!({ "outcome": "upheld", "answer": "Le livret était au dossier." });
    assert_eq!(
        b.t().post(&b.base.officer, &path("settle-appeal"), &answer).await.status,
        StatusCode::FORBIDDEN
    );
    let settled = b.t().post(&b.base.manager, &path("settle-appeal"), &answer).await;
    assert_eq!(settled.status, StatusCode::OK, "{settled:?}");
    assert_eq!(settled.body["items"][0]["outcome"], "upheld");
    assert_eq!(b.state_of(&amina).await, CandidateState::Notified);
    assert_eq!(b.t().effects().await.mails, ["candidate-appeal-settled"]);
}

#[tokio::test]
async fn a_passage_that_is_annulled_goes_back_to_review() {
    let b = Bench::new().await;
    let amina = b.heard("Diallo", JuryDecision::Refused).await;
    b.published().await;
    let path = |verb: &str| format!("/candidates/{}/{verb}", amina.id);
    let body = json!({ "grounds": "Un membre me connaissait." });
    assert_eq!(b.t().post(&b.base.officer, &path("lodge-appeal"), &body).await.status, StatusCode::OK);
    let body = json!({ "outcome": "annulled", "answer": "Le lien est établi." });
    assert_eq!(b.t().post(&b.base.manager, &path("settle-appeal"), &body).await.status, StatusCode::OK);
    assert_eq!(b.state_of(&amina).await, CandidateState::UnderReview);
}

#[tokio::test]
async fn two_months_later_it_is_too_late() {
    let b = Bench::new().await;
    let amina = b.heard("Diallo", JuryDecision::Refused).await;
    b.published().await;
    b.t().advance(Duration::days(70));
    let path = format!("/candidates/{}/lodge-appeal", amina.id);
    let answer = b.t().post(&b.base.officer, &path, &json!({ "grounds": "Trop tard" })).await;
    assert_eq!((answer.status, answer.code()), (StatusCode::CONFLICT, "appeal-too-late"), "{answer:?}");
    let foreign = b.t().person(entity::account_role::Role::Structure).await;
    let answer = b.t().post(&foreign, &path, &json!({ "grounds": "Autre" })).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{answer:?}");
}
