//! The results of the last twelve months.

use std::sync::Arc;

use entity::account_role::Role;
use entity::enrolment::{self, EnrolmentState};
use entity::ids::{SurveyId, TrainingSessionId};
use entity::survey::{self, SurveyKind, SurveyState};
use entity::survey_answer;
use entity::training_session::{self, SessionState};
use parchemin::app::App;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use time::Duration;

use crate::enrolments::{Course, open_session};
use crate::support::TestApp;

async fn ended(t: &TestApp, session: TrainingSessionId, days_ago: i64) {
    let row = training_session::ActiveModel {
        id: Set(session),
        state: Set(SessionState::Closed),
        starts_on: Set(Some(t.app.today() - Duration::days(days_ago))),
        ends_on: Set(Some(t.app.today() - Duration::days(days_ago))),
        ..Default::default()
    };
    row.update(t.app.db.bookkeeping()).await.unwrap();
}

async fn became(t: &TestApp, row: &enrolment::Model, state: EnrolmentState) {
    let row = enrolment::ActiveModel { id: Set(row.id), state: Set(state), ..Default::default() };
    row.update(t.app.db.bookkeeping()).await.unwrap();
}

/// A survey of a session, asked of ten people, with these satisfactions.
async fn asked(app: &Arc<App>, session: TrainingSessionId, scores: &[i32]) {
    let conn = app.db.bookkeeping();
    let now = app.now();
    let id: SurveyId = app.new_id().into();
    let survey = survey::Model {
        id,
        session_id: Some(session),
        programme_id: None,
        kind: SurveyKind::Hot,
        state: SurveyState::Closed,
        questions: json!([]),
        opens_at: (now - Duration::days(2)).into(),
        closes_at: (now - Duration::days(1)).into(),
        invited: 10,
        answered: i32::try_from(scores.len()).unwrap(),
        deadline_at: None,
        created_by: None,
        created_at: now.into(),
        version: 1,
    };
    survey::Entity::insert(survey.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await
        .unwrap();
    for score in scores {
        let answer = survey_answer::Model {
            id: app.new_id().into(),
            survey_id: id,
            answers: json!({}),
            score: Some(*score),
            answered_on: app.today(),
        };
        survey_answer::Entity::insert(answer.into_active_model().reset_all())
            .exec_without_returning(conn)
            .await
            .unwrap();
    }
}

async fn results(t: &TestApp, session: TrainingSessionId) -> Value {
    let row = training_session::Entity::find_by_id(session).one(t.app.db.read()).await.unwrap().unwrap();
    let manager = t.person(Role::Manager).await;
    let read = t.get(&manager, &format!("/programmes/{}/results", row.programme_id)).await;
    assert_eq!(read.status, 200, "{read:?}");
    read.body
}

#[tokio::test]
async fn who_came_and_what_they_think_is_counted_over_twelve_months() {
    let course = Course::of(6).await;
    let t = &course.t;
    let people = course.enrol_all(&[1, 2, 3, 4]).await.unwrap();
    let before = results(t, course.session).await;
    assert_eq!((&before["participants"], &before["completion"]), (&json!(0), &Value::Null));
    for (row, state) in people.iter().zip([
        EnrolmentState::Completed,
        EnrolmentState::Completed,
        EnrolmentState::Completed,
        EnrolmentState::DroppedOut,
    ]) {
        became(t, row, state).await;
    }
    ended(t, course.session, 30).await;
    asked(&t.app, course.session, &[80, 90, 100, 90]).await;
    let few = results(t, course.session).await;
    assert_eq!((&few["sessions"], &few["participants"]), (&json!(1), &json!(4)), "{few}");
    assert_eq!((&few["completion"], &few["dropped_out"]), (&json!(75), &json!(1)));
    assert_eq!((&few["response"], &few["satisfaction"]), (&json!(40), &Value::Null), "four are too few");
    let one = survey_answer::Model {
        id: t.app.new_id().into(),
        survey_id: survey::Entity::find().one(t.app.db.read()).await.unwrap().unwrap().id,
        answers: json!({}),
        score: Some(70),
        answered_on: t.app.today(),
    };
    survey_answer::Entity::insert(one.into_active_model().reset_all())
        .exec_without_returning(t.app.db.bookkeeping())
        .await
        .unwrap();
    assert_eq!(results(t, course.session).await["satisfaction"], 86);
    ended(t, course.session, 400).await;
    assert_eq!(results(t, course.session).await["participants"], 0, "that was before");
}

#[tokio::test]
async fn the_sessions_of_another_programme_are_not_counted() {
    let t = TestApp::new().await;
    let session = open_session(&t.app, 4).await;
    ended(&t, session, 10).await;
    let counted = results(&t, session).await;
    assert_eq!((&counted["sessions"], &counted["presented"]), (&json!(1), &json!(0)));
    assert_eq!((&counted["success"], &counted["smallest"]), (&Value::Null, &json!(5)));
}
