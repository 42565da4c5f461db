//! People are asked, reminded, answer once, and nobody learns who said what.

use entity::account_role::Role;
use entity::survey::{SurveyKind, SurveyState};
use entity::{survey_answer, survey_invitation};
use parchemin::features::surveys::actions::ring;
use parchemin::features::surveys::{SurveyError, queries};
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::json;
use time::Duration;

use super::{answer, due, ended, survey, tokens};

#[tokio::test]
async fn a_session_that_ends_has_its_surveys_once_and_people_are_asked() {
    let course = ended(3).await;
    let (one, other) = tokio::join!(ring::run(&course.t.app), ring::run(&course.t.app));
    assert!(one.unwrap() + other.unwrap() >= 1);
    due(&course).await;
    let effects = course.t.effects().await;
    let count = |name: &str| effects.events.iter().filter(|event| *event == name).count();
    assert_eq!((count("survey.planned"), count("survey.opened")), (3, 2));
    assert_eq!(effects.mails, ["survey-asked"; 3]);
    let hot = survey(&course, SurveyKind::Hot).await;
    assert_eq!((hot.state, hot.invited, hot.answered), (SurveyState::Open, 3, 0));
    assert_eq!(survey(&course, SurveyKind::Cold).await.state, SurveyState::Planned);
}

#[tokio::test]
async fn whoever_did_not_answer_is_reminded_as_often_as_the_rules_say_then_the_survey_closes() {
    let course = ended(2).await;
    due(&course).await;
    let first = tokens(&course, "survey-asked").await.remove(0);
    answer(&course, &first, "5").await.unwrap();
    course.t.effects().await;
    for expected in [1, 1, 0] {
        course.t.advance(Duration::days(5) - Duration::minutes(1));
        course.t.advance(Duration::minutes(2));
        due(&course).await;
        assert_eq!(course.t.effects().await.mails.len(), expected);
    }
    course.t.advance(Duration::days(5));
    due(&course).await;
    assert_eq!(survey(&course, SurveyKind::Hot).await.state, SurveyState::Closed);
    let again = tokens(&course, "survey-reminder").await.remove(0);
    assert!(matches!(answer(&course, &again, "5").await, Err(SurveyError::Over)));
}

#[tokio::test]
async fn an_answer_counts_once_and_says_nothing_of_whose_it_is() {
    let course = ended(1).await;
    due(&course).await;
    let token = tokens(&course, "survey-asked").await.remove(0);
    let path = format!("/enquetes/{token}");
    course.t.client.get(&path).send().await.assert_status_is_ok();
    let empty = course.t.client.post(&path).form(&[("overall", "4")]).send().await;
    empty.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let text = empty.0.into_body().into_string().await.unwrap();
    assert!(text.contains("value=\"4\" checked") || text.contains("checked"), "what was chosen comes back");
    course.t.effects().await;
    answer(&course, &token, "4").await.unwrap();
    assert_eq!(course.t.effects().await.events, ["survey.answered"]);
    assert!(matches!(answer(&course, &token, "4").await, Err(SurveyError::Over)));
    course.t.client.get(&path).send().await.assert_status(StatusCode::GONE);
    let conn = course.t.app.db.read();
    let kept = survey_answer::Entity::find().all(conn).await.unwrap();
    assert_eq!((kept.len(), kept[0].score), (1, Some(75)));
    let invitation = survey_invitation::Entity::find().one(conn).await.unwrap().unwrap();
    assert!(invitation.answered && invitation.id.0 != kept[0].id.0);
}

#[tokio::test]
async fn whoever_does_not_wish_to_be_asked_is_left_alone() {
    let course = ended(1).await;
    due(&course).await;
    let token = tokens(&course, "survey-asked").await.remove(0);
    let path = format!("/enquetes/{token}");
    course.t.client.post(&path).form(&[("reponse", "refuser")]).send().await.assert_status_is_ok();
    course.t.effects().await;
    course.t.advance(Duration::days(6));
    due(&course).await;
    assert_eq!(course.t.effects().await.mails, Vec::<String>::new());
    course.t.advance(Duration::days(130));
    due(&course).await;
    assert_eq!(survey(&course, SurveyKind::Cold).await.invited, 0);
}

#[tokio::test]
async fn results_are_shown_once_enough_people_answered() {
    let course = ended(6).await;
    due(&course).await;
    let officer = course.t.person(Role::Officer).await;
    let hot = survey(&course, SurveyKind::Hot).await;
    let path = format!("/surveys/{}", hot.id);
    let links = tokens(&course, "survey-asked").await;
    for (rank, token) in links.iter().enumerate().take(5) {
        assert_eq!(course.t.get(&officer, &path).await.body["results"], json!(null), "{rank}");
        answer(&course, token, if rank == 0 { "1" } else { "5" }).await.unwrap();
    }
    let shown = course.t.get(&officer, &path).await;
    assert_eq!(shown.body["results"][0]["counts"], json!([1, 0, 0, 0, 4]));
    assert_eq!(shown.body["results"][0]["mean"], 80);
    let since = course.t.app.now() - Duration::days(365);
    let programme = hot.programme_id.unwrap();
    let told = queries::of_programme(course.t.app.db.read(), programme, since).await.unwrap();
    assert_eq!((told.mean, told.invited, told.answered), (Some(80), 6, 5));
    let (status, text) = course.t.open(&officer, &format!("/qualite/enquetes/{}", hot.id)).await;
    assert_eq!(status, 200);
    assert!(text.contains("80 sur 100"), "{text}");
}
