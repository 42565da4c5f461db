//! Sitting again.

use entity::candidate::{self, CandidateState, JuryDecision};
use poem::http::StatusCode;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::Value;
use time::Duration;

use super::bench::{Bench, row};

/// Somebody whose file stands so; the path of it.
async fn standing(b: &Bench, change: impl FnOnce(&mut candidate::Model)) -> String {
    let mut row = row(&b.t, &b.structure, &b.version).await;
    "zoe@candidats.exemple".clone_into(&mut row.email);
    row.attempts = 1;
    change(&mut row);
    let update = candidate::Entity::update(row.clone().into_active_model().reset_all());
    update.exec(b.t.app.db.bookkeeping()).await.unwrap();
    format!("/candidates/{}", row.id)
}

fn told(decision: JuryDecision) -> impl FnOnce(&mut candidate::Model) {
    move |row| {
        row.state = CandidateState::Notified;
        row.decision = Some(decision);
        row.decided_on = Some(row.first_enrolled_on);
    }
}

#[tokio::test]
async fn whoever_does_not_have_everything_sits_again_and_is_told() {
    let b = Bench::new().await;
    let path = standing(&b, told(JuryDecision::Partial)).await;
    for (person, status) in [(&b.owner, StatusCode::FORBIDDEN), (&b.stranger, StatusCode::NOT_FOUND)] {
        let answer = b.t.post(person, &format!("{path}/plan-resit"), &Value::Null).await;
        assert_eq!(answer.status, status, "{answer:?}");
    }
    b.t.effects().await;
    let planned = b.t.post(&b.officer, &format!("{path}/plan-resit"), &Value::Null).await;
    assert_eq!(planned.status, StatusCode::OK, "{planned:?}");
    assert_eq!(planned.body["candidate"]["state"], "admitted");
    assert_eq!(planned.body["attempts"], 1, "what was used up stays");
    let effects = b.t.effects().await;
    assert_eq!(
        (effects.events, effects.mails),
        (vec!["candidate.resit_planned".into()], vec!["candidate-resit".into()])
    );
}

#[tokio::test]
async fn an_absence_with_a_reason_is_followed_by_another_session() {
    let b = Bench::new().await;
    let path = standing(&b, |row| {
        row.state = CandidateState::AbsentExcused;
        row.decision = Some(JuryDecision::AbsentExcused);
        row.attempts = 0;
    })
    .await;
    let planned = b.t.post(&b.officer, &format!("{path}/plan-resit"), &Value::Null).await;
    assert_eq!((planned.status, &planned.body["attempts"]), (StatusCode::OK, &Value::from(0)), "{planned:?}");
}

#[tokio::test]
async fn an_absence_without_a_reason_uses_up_an_attempt_and_leaves_the_others() {
    let b = Bench::new().await;
    let missed = |row: &mut candidate::Model| {
        row.state = CandidateState::Absent;
        row.decision = Some(JuryDecision::Absent);
        row.decided_on = Some(row.first_enrolled_on);
    };
    let path = standing(&b, missed).await;
    let refused = b.t.post(&b.owner, &format!("{path}/plan-resit"), &Value::Null).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{refused:?}");
    let planned = b.t.post(&b.officer, &format!("{path}/plan-resit"), &Value::Null).await;
    assert_eq!(planned.status, StatusCode::OK, "{planned:?}");
    assert_eq!(planned.body["candidate"]["state"], "admitted");
    assert_eq!(planned.body["attempts"], 1, "what was used up stays");
}

#[tokio::test]
async fn what_may_not_be_taken_again_is_refused_in_words() {
    for (state, decision, code) in [
        (CandidateState::Notified, JuryDecision::Total, "candidate-lacking"),
        (CandidateState::Refused, JuryDecision::Refused, "candidate-lacking"),
        (CandidateState::UnderReview, JuryDecision::Refused, "candidate-lacking"),
        (CandidateState::Admitted, JuryDecision::Refused, "candidate-wrong-state"),
    ] {
        let b = Bench::new().await;
        let path = standing(&b, |row| {
            row.state = state;
            row.decision = Some(decision);
        })
        .await;
        let answer = b.t.post(&b.officer, &format!("{path}/plan-resit"), &Value::Null).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::CONFLICT, code), "{state}: {answer:?}");
    }
}

#[tokio::test]
async fn nobody_sits_again_once_the_years_are_over() {
    let b = Bench::new().await;
    let path = standing(&b, |row| {
        told(JuryDecision::Refused)(row);
        row.first_enrolled_on -= Duration::days(6 * 366);
    })
    .await;
    let answer = b.t.post(&b.officer, &format!("{path}/plan-resit"), &Value::Null).await;
    assert_eq!((answer.status, answer.code()), (StatusCode::CONFLICT, "candidate-lacking"), "{answer:?}");
    assert_eq!(answer.body["blocking"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_button_stands_on_the_page_of_who_may() {
    let b = Bench::new().await;
    let path = standing(&b, told(JuryDecision::Refused)).await;
    let number = b.t.get(&b.officer, &path).await.body["candidate"]["number"].as_str().unwrap().to_owned();
    let page = format!("/candidats/{number}");
    assert!(b.t.open(&b.officer, &page).await.1.contains("Prévoir un nouveau passage"));
    assert!(!b.t.open(&b.owner, &page).await.1.contains("Prévoir un nouveau passage"));
    let (status, ..) = b.t.submit(&b.officer, &format!("{page}/nouveau-passage"), &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(b.t.get(&b.officer, &path).await.body["candidate"]["state"], "admitted");
}
