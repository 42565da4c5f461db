//! Closing a deliberation, signing and controlling its minutes.

use entity::account_role::Role;
use entity::candidate::{CandidateState, JuryDecision};
use entity::jury_minutes::MinutesState;
use entity::jury_session::JuryState;
use entity::{jury_check, jury_passage, jury_signature};
use parchemin::features::minutes::content::{Content, hash};
use poem::http::StatusCode;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::bench::{Bench, POINTS};

const DRAWING: &str = "M12 40L20 30L40 60L60 20L90 50";

#[tokio::test]
async fn a_deliberation_is_not_closed_while_one_decision_lacks() {
    let b = Bench::new().await;
    b.heard("Diallo", JuryDecision::Total).await;
    let basile = b.heard("Basile", JuryDecision::Refused).await;
    jury_passage::Entity::update_many()
        .col_expr(jury_passage::Column::Decision, Expr::value(Option::<String>::None))
        .filter(jury_passage::Column::CandidateId.eq(basile.id))
        .exec(b.t().app.db.bookkeeping())
        .await
        .unwrap();
    let answer = b.act(&b.president.person, "close-deliberation", &json!({})).await;
    assert_eq!((answer.status, answer.code()), (StatusCode::CONFLICT, "minutes-lacking"), "{answer:?}");
    let told = answer.body["blocking"][0].as_str().unwrap();
    assert!(told.contains("Basile"), "{told}");
    assert_eq!(b.state().await, JuryState::Deliberating);
    assert_eq!(b.t().effects().await.events, Vec::<String>::new());
    assert!(b.minutes().await.is_empty());
}

#[tokio::test]
async fn only_the_president_closes() {
    let b = Bench::new().await;
    b.heard("Diallo", JuryDecision::Total).await;
    for person in [&b.employer.person, &b.base.manager] {
        let answer = b.act(person, "close-deliberation", &json!({})).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{answer:?}");
    }
}

#[tokio::test]
async fn closing_moves_the_candidates_and_freezes_the_text() {
    let b = Bench::new().await;
    let amina = b.heard("Diallo", JuryDecision::Total).await;
    let basile = b.heard("Basile", JuryDecision::Partial).await;
    let body = b.closed().await;
    assert_eq!(body["state"], "to_sign");
    assert_eq!(b.state_of(&amina).await, CandidateState::Total);
    assert_eq!(b.state_of(&basile).await, CandidateState::Partial);
    let effects = b.t().effects().await;
    assert_eq!(effects.events, ["candidate.decided", "candidate.decided", "jury.minutes_frozen"]);
    assert_eq!(effects.mails, ["jury-minutes"; 3]);
    assert_eq!(effects.jobs, ["minutes.issue_document"]);
    let minutes = &b.minutes().await[0];
    assert_eq!(hash(&minutes.content), minutes.content_hash);
    let content = Content::read(&minutes.content).unwrap();
    assert_eq!((content.counts.total, content.counts.partial), (1, 1));
    assert_eq!(content.members.len(), 3);
    assert!(content.quorum.reached && content.secret);
    assert!(!minutes.content.contains("Atelier Secret"), "the employer has no place");
    b.base.work().await;
    assert!(b.minutes().await[0].document_id.is_some());
}

#[tokio::test]
async fn members_sign_in_turn_on_one_tablet_and_the_last_one_makes_it_signed() {
    let b = Bench::new().await;
    b.heard("Diallo", JuryDecision::Total).await;
    let body = b.closed().await;
    let fingerprint = body["minutes"][0]["content_sha256"].clone();
    b.t().effects().await;
    let tablet = &b.president.person;
    let own = json!({ "member_id": b.president.id, "way": "drawn", "drawing": DRAWING, "content_sha256": fingerprint });
    b.done(tablet, "sign", &own).await;
    let without = json!({ "member_id": b.employer.id, "way": "drawn", "drawing": DRAWING });
    let answer = b.act(tablet, "sign", &without).await;
    assert_eq!(answer.pointers(), ["/code"], "a code says who draws: {answer:?}");
    b.done(tablet, "signature-codes", &json!({ "member_id": b.employer.id })).await;
    let code = b.code().await;
    let mut coded = without.clone();
    coded["code"] = json!(code);
    b.done(tablet, "sign", &coded).await;
    b.t().effects().await;
    b.done(tablet, "signature-codes", &json!({ "member_id": b.employee.id })).await;
    let code = b.code().await;
    let last =
        b.done(tablet, "sign", &json!({ "member_id": b.employee.id, "way": "code", "code": code })).await;
    assert_eq!(last["state"], "signed");
    let effects = b.t().effects().await;
    assert_eq!(effects.events, ["jury.code_sent", "jury.signature_given", "jury.minutes_signed"]);
    assert_eq!(effects.mails, ["jury-code", "jury-minutes"]);
    let rows = jury_signature::Entity::find().all(b.t().app.db.read()).await.unwrap();
    let minutes = &b.minutes().await[0];
    assert!(rows.iter().all(|row| row.content_hash == minutes.content_hash), "{rows:?}");
    assert_eq!(minutes.state, MinutesState::Signed);
    b.base.work().await;
    assert!(b.minutes().await[0].signed_document_id.is_some());
}

#[tokio::test]
async fn nobody_signs_twice_nor_another_text_nor_for_somebody_else() {
    let b = Bench::new().await;
    b.heard("Diallo", JuryDecision::Total).await;
    b.closed().await;
    let own = json!({ "member_id": b.employer.id, "way": "account" });
    b.done(&b.employer.person, "sign", &own).await;
    let again = b.act(&b.employer.person, "sign", &own).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "minutes-already-signed"));
    let other = json!({ "member_id": b.employee.id, "way": "account" });
    let answer = b.act(&b.president.person, "sign", &other).await;
    assert_eq!(answer.pointers(), ["/code"], "{answer:?}");
    let old = json!({ "member_id": b.employee.id, "way": "account", "content_sha256": "00" });
    let answer = b.act(&b.employee.person, "sign", &old).await;
    assert_eq!(answer.status, StatusCode::PRECONDITION_FAILED, "{answer:?}");
    let answer = b.act(&b.base.officer, "sign", &other).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{answer:?}");
}

#[tokio::test]
async fn a_wrong_code_is_counted_and_a_code_dies_after_five() {
    let b = Bench::new().await;
    b.heard("Diallo", JuryDecision::Total).await;
    b.closed().await;
    let tablet = &b.president.person;
    b.done(tablet, "signature-codes", &json!({ "member_id": b.employer.id })).await;
    let right = b.code().await;
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let sign = |code: &str| json!({ "member_id": b.employer.id, "way": "code", "code": code });
    for _ in 0..5 {
        let answer = b.act(tablet, "sign", &sign(wrong)).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::UNPROCESSABLE_ENTITY, "minutes-wrong-code"));
    }
    let answer = b.act(tablet, "sign", &sign(&right)).await;
    assert_eq!(answer.code(), "minutes-no-code", "{answer:?}");
}

#[tokio::test]
async fn a_member_refuses_with_a_reason_and_the_minutes_are_signed_all_the_same() {
    let b = Bench::new().await;
    b.heard("Diallo", JuryDecision::Total).await;
    b.closed().await;
    let refuse = |reason: &str| json!({ "member_id": b.employee.id, "way": "refused", "reason": reason });
    let answer = b.act(&b.employee.person, "sign", &refuse("")).await;
    assert_eq!(answer.pointers(), ["/reason"], "{answer:?}");
    b.done(&b.employee.person, "sign", &refuse("Désaccord sur une décision")).await;
    for one in [&b.president, &b.employer] {
        b.done(&one.person, "sign", &json!({ "member_id": one.id, "way": "account" })).await;
    }
    assert_eq!(b.state().await, JuryState::Signed);
    let read = b.t().get(&b.base.officer, &b.path("minutes")).await;
    let signers = read.body["minutes"][0]["signers"].as_array().unwrap();
    let refused: Vec<_> = signers.iter().filter(|one| one["answer"] == "refused").collect();
    assert_eq!(refused.len(), 1, "{signers:?}");
    assert_eq!(refused[0]["reason"], "Désaccord sur une décision");
}

#[tokio::test]
async fn whoever_sat_does_not_check() {
    let b = Bench::new().await;
    b.heard("Diallo", JuryDecision::Total).await;
    b.signed().await;
    b.give(&b.president.person, Role::Officer).await;
    let answer = b.act(&b.president.person, "control-ok", &json!({ "points": POINTS })).await;
    assert_eq!((answer.status, answer.code()), (StatusCode::FORBIDDEN, "minutes-member-checks"));
    let part = b.act(&b.base.officer, "control-ok", &json!({ "points": POINTS[1..] })).await;
    assert_eq!(part.pointers(), ["/points"], "{part:?}");
    let body = b.done(&b.base.officer, "control-ok", &json!({ "points": POINTS })).await;
    assert_eq!(body["state"], "checked");
    assert_eq!(jury_check::Entity::find().all(b.t().app.db.read()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_correction_keeps_the_first_text_and_is_signed_again() {
    let b = Bench::new().await;
    let amina = b.heard("Diallo", JuryDecision::Refused).await;
    b.signed().await;
    let empty = b.act(&b.base.officer, "control-ko", &json!({ "points": POINTS })).await;
    assert_eq!(empty.pointers(), ["/findings"], "{empty:?}");
    b.t().effects().await;
    let body = json!({ "points": POINTS[1..], "findings": "Une décision est inversée." });
    assert_eq!(b.done(&b.base.officer, "control-ko", &body).await["state"], "to_rectify");
    assert_eq!(b.state_of(&amina).await, CandidateState::UnderReview);
    assert_eq!(b.t().effects().await.events, ["candidate.sent_back", "jury.minutes_sent_back"]);

    let passage = jury_passage::Entity::find().one(b.t().app.db.read()).await.unwrap().unwrap();
    let body = json!({
        "reason": "Erreur de saisie",
        "rulings": [{ "passage_id": passage.id, "decision": "total" }],
    });
    assert_eq!(b.act(&b.employer.person, "rectify", &body).await.status, StatusCode::FORBIDDEN);
    b.done(&b.president.person, "rectify", &body).await;
    assert_eq!(b.state_of(&amina).await, CandidateState::Total);
    let minutes = b.minutes().await;
    assert_eq!(minutes.len(), 2);
    assert_eq!((minutes[0].state, minutes[1].state), (MinutesState::Replaced, MinutesState::ToSign));
    assert_eq!(minutes[1].rectifies_id, Some(minutes[0].id));
    let (first, second) =
        (Content::read(&minutes[0].content).unwrap(), Content::read(&minutes[1].content).unwrap());
    assert_eq!(first.candidates[0].decision, Some(JuryDecision::Refused));
    assert_eq!(second.candidates[0].decision, Some(JuryDecision::Total));
    assert_eq!(second.corrects.unwrap().content_sha256, hex::encode(&minutes[0].content_hash));
    let body = b.all_sign().await;
    assert_eq!((body["state"].as_str(), body["minutes"][0]["revision"].as_i64()), (Some("signed"), Some(2)));
}
