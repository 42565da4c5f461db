//! An invitation is answered by the link of its mail, without an account.

use entity::meeting_link;
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::json;
use time::Duration;

use super::{mails, mandataire, plan, planned};
use crate::support::TestApp;

/// The path of the link of the last mail of a template.
async fn link(t: &TestApp, template: &str) -> String {
    let text = mails(t, template).await.pop().unwrap().body_text;
    let (_, rest) = text.split_once("/reunions/reponse/").unwrap();
    format!("/reunions/reponse/{}", rest.split_whitespace().next().unwrap())
}

/// `GET` without an account.
async fn look(t: &TestApp, path: &str) -> (StatusCode, String) {
    let response = t.client.get(path).send().await;
    let status = response.0.status();
    (status, response.0.into_body().into_string().await.unwrap())
}

/// `POST` without an account.
async fn post(t: &TestApp, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let response = t.client.post(path).form(&fields.to_vec()).send().await;
    let status = response.0.status();
    (status, response.0.into_body().into_string().await.unwrap())
}

#[tokio::test]
async fn a_guest_answers_once_by_the_link_and_looking_changes_nothing() {
    let t = TestApp::new().await;
    mandataire(&t, "Éloi", "973").await;
    let (officer, path) = plan(&t).await;
    t.post(&officer, &format!("{path}/invite"), &json!({})).await;
    let link = link(&t, "meeting-invited").await;
    let token = link.rsplit('/').next().unwrap();
    let kept = meeting_link::Entity::find().one(t.app.db.read()).await.unwrap().unwrap();
    assert_eq!(kept.token_hash, parchemin::authz::hash_token(token), "only the hash is kept");
    let answered = async || t.get(&officer, &path).await.body["guests"][0]["answer"].clone();
    let _before = t.effects().await;

    let (status, page) = look(&t, &link).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Je serai là") && page.contains("heure de Guyane"), "{page}");
    assert_eq!(post(&t, &link, &[]).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answered().await, "none");
    assert!(t.effects().await.events.is_empty(), "looking changes nothing");

    let (status, page) = post(&t, &link, &[("coming", "oui")]).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("Votre présence est notée"), "{page}");
    assert_eq!(answered().await, "coming");
    assert_eq!(t.effects().await.events, ["meeting.answered"]);
    let (status, page) = post(&t, &link, &[("coming", "non")]).await;
    assert_eq!(status, StatusCode::GONE, "a link answers once");
    assert!(page.contains("votre présence à cette réunion est déjà notée"), "{page}");
    assert_eq!(answered().await, "coming");
    assert_eq!(look(&t, "/reunions/reponse/inconnu").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_move_sends_another_link_and_the_last_one_is_over_once_the_meeting_begins() {
    let t = TestApp::new().await;
    mandataire(&t, "Abel", "58").await;
    let (officer, path) = plan(&t).await;
    t.post(&officer, &format!("{path}/invite"), &json!({})).await;
    let first = link(&t, "meeting-invited").await;
    assert_eq!(post(&t, &first, &[("coming", "oui")]).await.0, StatusCode::OK);
    let body = json!({ "place": planned("2025-10-21")["place"], "reason": "Salle prise" });
    assert_eq!(t.post(&officer, &format!("{path}/move"), &body).await.status, StatusCode::OK);
    let second = link(&t, "meeting-moved").await;
    assert_ne!(first, second);
    let (status, page) = look(&t, &second).await;
    assert!(status == StatusCode::OK && page.contains("21 octobre 2025"), "asked again: {page}");
    t.advance(Duration::days(30));
    let (status, page) = look(&t, &second).await;
    assert_eq!(status, StatusCode::GONE);
    assert!(page.contains("n’attend plus de réponse"), "{page}");
    assert_eq!(post(&t, &second, &[("coming", "oui")]).await.0, StatusCode::GONE);
}

#[tokio::test]
async fn a_cancelled_meeting_asks_nobody() {
    let t = TestApp::new().await;
    mandataire(&t, "Abel", "58").await;
    let (officer, path) = plan(&t).await;
    t.post(&officer, &format!("{path}/invite"), &json!({})).await;
    let link = link(&t, "meeting-invited").await;
    t.post(&officer, &format!("{path}/cancel"), &json!({ "reason": "Grève" })).await;
    assert_eq!(look(&t, &link).await.0, StatusCode::GONE);
}
