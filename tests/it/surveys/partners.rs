//! The team asks companies and funders, reminds, closes and reopens.

use entity::account_role::Role;
use serde_json::json;

use super::{due, ended, tokens};

#[tokio::test]
async fn funders_are_asked_at_their_addresses_reminded_and_the_survey_is_closed_and_reopened() {
    let course = ended(1).await;
    let t = &course.t;
    let officer = t.person(Role::Officer).await;
    let wrong = t.post(&officer, "/surveys", &json!({ "kind": "hot", "addresses": "" })).await;
    assert_eq!((wrong.status.as_u16(), wrong.pointers()), (422, vec!["/kind", "/addresses"]));
    let body = json!({ "kind": "funders", "addresses": "opco@exemple.org\nregion@exemple.org" });
    t.effects().await;
    let created = t.post(&officer, "/surveys", &body).await;
    assert_eq!(created.status, 201, "{:?}", created.body);
    let effects = t.effects().await;
    assert_eq!(effects.events, ["survey.planned", "survey.opened"]);
    assert_eq!(effects.mails, ["survey-asked", "survey-asked"]);
    let path = format!("/surveys/{}", created.body["survey"]["id"].as_str().unwrap());
    let reminded = t.post(&officer, &format!("{path}/remind"), &json!({})).await;
    assert_eq!(reminded.status, 200, "{:?}", reminded.body);
    assert_eq!(t.effects().await.mails, ["survey-reminder", "survey-reminder"]);
    assert_eq!(tokens(&course, "survey-asked").await, tokens(&course, "survey-reminder").await);
    for (act, state) in [("close", "closed"), ("reopen", "open")] {
        let done = t.post(&officer, &format!("{path}/{act}"), &json!({})).await;
        assert_eq!((done.status.as_u16(), done.body["survey"]["state"].as_str()), (200, Some(state)));
        assert_eq!(t.post(&officer, &format!("{path}/{act}"), &json!({})).await.status, 409);
    }
}

#[tokio::test]
async fn only_the_team_asks_and_only_staff_and_auditors_read() {
    let course = ended(1).await;
    due(&course).await;
    let t = &course.t;
    let body = json!({ "kind": "funders", "addresses": "opco@exemple.org" });
    for (role, read, write) in [
        (Role::Admin, 200_u16, 403_u16),
        (Role::Manager, 200, 201),
        (Role::Auditor, 200, 403),
        (Role::Trainee, 404, 404),
        (Role::Structure, 404, 404),
    ] {
        let person = t.person(role).await;
        let hot = super::survey(&course, entity::survey::SurveyKind::Hot).await;
        assert_eq!(t.get(&person, &format!("/surveys/{}", hot.id)).await.status, read, "{role}");
        assert_eq!(t.post(&person, "/surveys", &body).await.status, write, "{role}");
    }
}

#[tokio::test]
async fn the_pages_of_the_team_ask_and_close_after_a_question() {
    let course = ended(1).await;
    let t = &course.t;
    let officer = t.person(Role::Officer).await;
    let (status, _, text) = t
        .submit(&officer, "/qualite/enquetes/nouvelle", &[("kind", "funders"), ("addresses", "opco@")])
        .await;
    assert_eq!(status, 422);
    assert!(text.contains("opco@"), "what was typed comes back");
    let fields = [("kind", "funders"), ("addresses", "opco@exemple.org")];
    let (status, page, _) = t.submit(&officer, "/qualite/enquetes/nouvelle", &fields).await;
    assert_eq!(status, 303);
    for path in ["/qualite/enquetes".to_owned(), page.clone(), format!("{page}/clore")] {
        assert_eq!(t.open(&officer, &path).await.0, 200, "{path}");
    }
    let (status, _, _) = t.submit(&officer, &format!("{page}/clore"), &[("version", "2")]).await;
    assert_eq!(status, 303);
    let (_, text) = t.open(&officer, &page).await;
    assert!(text.contains("Rouvrir"), "{text}");
}
