//! The appeal of a candidate against what the jury decided.

use entity::account_role::Role;
use entity::candidate::{self, CandidateState, JuryDecision};
use entity::ids::JuryPassageId;
use entity::jury_minutes::MinutesState;
use entity::jury_session::JuryState;
use entity::{certificate, jury_passage};
use poem::http::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use time::Duration;

use super::bench::{Bench, POINTS};

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
async fn an_error_that_an_appeal_found_is_corrected_signed_and_told_again() {
    let b = Bench::new().await;
    let amina = b.heard("Diallo", JuryDecision::Refused).await;
    let basile = b.heard("Basile", JuryDecision::Refused).await;
    b.published().await;
    let appeal = |verb: &str| format!("/candidates/{}/{verb}", amina.id);
    let body = json!({ "grounds": "Mon nom porte la décision d’une autre." });
    assert_eq!(b.t().post(&b.base.officer, &appeal("lodge-appeal"), &body).await.status, StatusCode::OK);
    b.t().effects().await;
    let body = json!({ "outcome": "corrected", "answer": "Deux décisions sont inversées." });
    assert_eq!(b.t().post(&b.base.manager, &appeal("settle-appeal"), &body).await.status, StatusCode::OK);
    assert_eq!(
        (b.state().await, b.state_of(&amina).await),
        (JuryState::ToRectify, CandidateState::UnderReview)
    );
    let effects = b.t().effects().await;
    assert_eq!(effects.events, ["candidate.appeal_settled", "candidate.appeal_answered", "jury.reopened"]);
    assert_eq!(effects.mails, ["candidate-appeal-settled", "jury-minutes"]);
    let page = format!("/jurys/{}/pv/rectifier", b.base.session.number);
    let (status, text) = b.t().open(&b.president.person, &page).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Deux décisions sont inversées.") && text.contains(&amina.number), "{text}");

    let ruling = |passage: JuryPassageId| {
        let rulings = json!([{ "passage_id": passage, "decision": "total" }]);
        json!({ "reason": "Décisions inversées", "rulings": rulings })
    };
    let other = ruling(passage_of(&b, &basile).await);
    let answer = b.act(&b.president.person, "rectify", &other).await;
    assert_eq!(answer.pointers(), ["/rulings/0/passage_id"], "nobody else is decided on again: {answer:?}");
    b.done(&b.president.person, "rectify", &ruling(passage_of(&b, &amina).await)).await;
    assert_eq!(b.state_of(&amina).await, CandidateState::Total);
    let minutes = b.minutes().await;
    assert_eq!((minutes.len(), minutes[0].state), (2, MinutesState::Replaced), "the first text is kept");
    b.all_sign().await;
    b.done(&b.base.officer, "control-ok", &json!({ "points": POINTS })).await;
    let day = b.t().app.today().to_string();
    b.done(&b.base.manager, "validate", &json!({ "delivered_on": day })).await;
    b.t().effects().await;
    let body = b.done(&b.base.officer, "notify", &Value::Null).await;
    assert_eq!(body["state"], "closed");
    for one in [&amina, &basile] {
        assert_eq!(b.state_of(one).await, CandidateState::Notified);
    }
    let mails = b.t().effects().await.mails;
    assert_eq!(mails, ["certificate-delivered", "jury-notice", "candidate-result"], "only one is told again");
}

#[tokio::test]
async fn two_appeals_of_one_session_are_corrected_together_or_wait() {
    let b = Bench::new().await;
    let people = [
        b.heard("Diallo", JuryDecision::Refused).await,
        b.heard("Basile", JuryDecision::Refused).await,
        b.heard("Kone", JuryDecision::Refused).await,
    ];
    b.published().await;
    for one in &people {
        let path = format!("/candidates/{}/lodge-appeal", one.id);
        let lodged = b.t().post(&b.base.officer, &path, &json!({ "grounds": "Une erreur" })).await;
        assert_eq!(lodged.status, StatusCode::OK, "{lodged:?}");
    }
    let settle = async |one: &candidate::Model| {
        let path = format!("/candidates/{}/settle-appeal", one.id);
        let body = json!({ "outcome": "corrected", "answer": "Erreur de saisie." });
        b.t().post(&b.base.manager, &path, &body).await
    };
    for one in &people[..2] {
        assert_eq!(settle(one).await.status, StatusCode::OK);
    }
    let body = json!({ "reason": "Erreur de saisie", "rulings": [] });
    b.done(&b.president.person, "rectify", &body).await;
    let late = settle(&people[2]).await;
    assert_eq!((late.status, late.code()), (StatusCode::CONFLICT, "minutes-lacking"), "{late:?}");
    assert_eq!(b.state_of(&people[2]).await, CandidateState::Appealed);
}

#[tokio::test]
async fn a_certificate_that_says_more_is_revoked_before_the_correction_is_told() {
    let b = Bench::new().await;
    let amina = b.heard("Diallo", JuryDecision::Total).await;
    b.published().await;
    let appeal = |verb: &str| format!("/candidates/{}/{verb}", amina.id);
    let body = json!({ "grounds": "Je n’ai pas passé l’entretien." });
    assert_eq!(b.t().post(&b.base.officer, &appeal("lodge-appeal"), &body).await.status, StatusCode::OK);
    let annulled = json!({ "outcome": "annulled", "answer": "L’entretien n’a pas eu lieu." });
    let answer = b.t().post(&b.base.manager, &appeal("settle-appeal"), &annulled).await;
    assert_eq!((answer.status, answer.code()), (StatusCode::CONFLICT, "minutes-lacking"), "{answer:?}");
    let corrected = json!({ "outcome": "corrected", "answer": "L’entretien n’a pas eu lieu." });
    assert_eq!(
        b.t().post(&b.base.manager, &appeal("settle-appeal"), &corrected).await.status,
        StatusCode::OK
    );
    let body = json!({
        "reason": "Entretien non passé",
        "rulings": [{ "passage_id": passage_of(&b, &amina).await, "decision": "refused" }],
    });
    b.done(&b.president.person, "rectify", &body).await;
    b.all_sign().await;
    b.done(&b.base.officer, "control-ok", &json!({ "points": POINTS })).await;
    let day = b.t().app.today().to_string();
    b.done(&b.base.manager, "validate", &json!({ "delivered_on": day })).await;
    let refused = b.act(&b.base.officer, "notify", &Value::Null).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "minutes-lacking"), "{refused:?}");
    let row = certificate::Entity::find().one(b.t().app.db.read()).await.unwrap().unwrap();
    assert!(refused.body["blocking"][0].as_str().unwrap().contains(&row.number), "{refused:?}");
}

#[tokio::test]
async fn while_a_decision_is_corrected_the_team_sees_its_certificate_and_may_suspend_it() {
    let b = Bench::new().await;
    let amina = b.heard("Diallo", JuryDecision::Total).await;
    b.published().await;
    let page = format!("/candidats/{}/recours", amina.number);
    let appeal = |verb: &str| format!("/candidates/{}/{verb}", amina.id);
    let row = certificate::Entity::find().one(b.t().app.db.read()).await.unwrap().unwrap();
    let suspend = format!("/certificats/{}/suspendre", row.number);
    let (_, text) = b.t().open(&b.base.manager, &page).await;
    assert!(!text.contains(&row.number), "nothing is contested: {text}");
    let body = json!({ "grounds": "Je n’ai pas passé l’entretien." });
    assert_eq!(b.t().post(&b.base.officer, &appeal("lodge-appeal"), &body).await.status, StatusCode::OK);
    let body = json!({ "outcome": "corrected", "answer": "L’entretien n’a pas eu lieu." });
    assert_eq!(b.t().post(&b.base.manager, &appeal("settle-appeal"), &body).await.status, StatusCode::OK);

    let (_, text) = b.t().open(&b.base.manager, &page).await;
    assert!(text.contains(&row.number) && text.contains(&suspend), "{text}");
    let (_, text) = b.t().open(&b.base.officer, &page).await;
    assert!(text.contains(&row.number) && !text.contains(&suspend), "a manager suspends: {text}");
    let owner = b.t().of_structure(b.base.structure.id).await;
    let (_, text) = b.t().open(&owner, &page).await;
    assert!(!text.contains(&row.number), "it is for the team: {text}");
    let reason = json!({ "reason": "Décision en cours de rectification." });
    let path = format!("/certificates/{}/suspend", row.id);
    let done = b.t().post(&b.base.manager, &path, &reason).await;
    assert_eq!(done.status, StatusCode::OK, "{done:?}");
    let (_, text) = b.t().open(&b.base.manager, &page).await;
    assert!(text.contains("Suspendu") && !text.contains(&suspend), "{text}");
}

#[tokio::test]
async fn a_certificate_that_was_revoked_meanwhile_moves_the_file_once_the_decision_stands() {
    let b = Bench::new().await;
    let amina = b.heard("Diallo", JuryDecision::Total).await;
    b.published().await;
    let appeal = |verb: &str| format!("/candidates/{}/{verb}", amina.id);
    let body = json!({ "grounds": "Mon prénom est mal écrit." });
    assert_eq!(b.t().post(&b.base.officer, &appeal("lodge-appeal"), &body).await.status, StatusCode::OK);
    let row = certificate::Entity::find().one(b.t().app.db.read()).await.unwrap().unwrap();
    let path = |verb: &str| format!("/certificates/{}/{verb}", row.id);
    let asked = json!({ "cause": "fraud", "reason": "Substitution de personne." });
    assert_eq!(b.t().post(&b.base.manager, &path("revoke"), &asked).await.status, StatusCode::OK);
    let second = b.t().person(Role::Manager).await;
    let done = b.t().post(&second, &path("confirm-revocation"), &Value::Null).await;
    assert_eq!(done.status, StatusCode::OK, "{done:?}");
    b.base.work().await;
    assert_eq!(b.state_of(&amina).await, CandidateState::Appealed, "the appeal goes first");
    let body = json!({ "outcome": "upheld", "answer": "La décision du jury reste la même." });
    assert_eq!(b.t().post(&b.base.manager, &appeal("settle-appeal"), &body).await.status, StatusCode::OK);
    b.base.work().await;
    assert_eq!(b.state_of(&amina).await, CandidateState::Revoked);
}

/// The passage of somebody.
async fn passage_of(b: &Bench, row: &candidate::Model) -> JuryPassageId {
    let found = jury_passage::Entity::find().filter(jury_passage::Column::CandidateId.eq(row.id));
    found.one(b.t().app.db.read()).await.unwrap().unwrap().id
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
    assert_eq!(b.state().await, JuryState::Closed, "its minutes are true: another jury is found");
    let planned = b.t().post(&b.base.officer, &path("plan-resit"), &Value::Null).await;
    assert_eq!(planned.status, StatusCode::OK, "{planned:?}");
    assert_eq!(planned.body["candidate"]["state"], "admitted");
    assert_eq!(planned.body["attempts"], 0, "the passage counts for none");
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
