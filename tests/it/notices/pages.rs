//! The pages of notifications.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::json;

use super::{LEGAL, REMINDER, WORK, preferences, send, to, wish, write};
use crate::support::TestApp;

#[tokio::test]
async fn the_list_shows_what_came_by_mail_or_not_until_it_is_read() {
    let t = TestApp::new().await;
    let (person, other) = (t.person(Role::Officer).await, t.person(Role::Officer).await);
    let (_, empty) = t.open(&person, "/notifications").await;
    assert!(empty.contains("Rien ne vous a encore été signalé"), "{empty}");
    wish(&t, &person, "never", "digest").await;
    for template in [WORK, REMINDER, LEGAL, "password-changed"] {
        write(&t, template, to(&person)).await;
    }
    send(&t).await;

    let (status, page) = t.open(&person, "/notifications").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(page.matches("Non lue.").count(), 3, "the safety of an account is not listed: {page}");
    assert!(t.open(&person, "/compte").await.1.contains("Notifications\u{202f}: 3 non lues"), "the bell");
    for said in
        ["Sans courriel", "Dans le récapitulatif", "Envoyé", "Décision, délai ou rendez-vous", super::REASON]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    let listed = t.get(&person, "/users/me/notifications?limit=2").await;
    assert_eq!((listed.status, &listed.body["unread"]), (StatusCode::OK, &json!(3)));
    let next = listed.body["next_cursor"].as_str().unwrap();
    let rest = t.get(&person, &format!("/users/me/notifications?limit=2&cursor={next}")).await;
    assert_eq!(rest.body["items"].as_array().unwrap().len(), 1);
    assert_eq!(t.get(&other, "/users/me/notifications").await.body["items"].as_array().unwrap().len(), 0);

    let (status, place, _) = t.submit(&person, "/notifications/lues", &[]).await;
    assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, "/notifications"));
    let (_, read) = t.open(&person, "/notifications").await;
    assert!(!read.contains("Non lue.") && !read.contains("pastille"), "{read}");
    let again = t.post(&person, "/users/me/notifications/read", &json!({})).await;
    assert_eq!((again.status, &again.body["marked"]), (StatusCode::OK, &json!(0)));
}

#[tokio::test]
async fn wishes_are_recorded_from_the_page_or_come_back_with_their_faults() {
    let t = TestApp::new().await;
    let person = t.person(Role::Expert).await;
    let path = "/compte/notifications";
    let (status, page) = t.open(&person, path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("ne peuvent pas être désactivés") && page.contains("value=\"Indian/Reunion\""),
        "{page}"
    );

    let wrong = [("work", ""), ("reminder", "digest"), ("quiet_from", "25"), ("version", "0")];
    let (status, _, page) = t.submit(&person, path, &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("Choisissez l’une des trois réponses") && page.contains("Indiquez une heure"),
        "{page}"
    );
    assert_eq!(preferences(&t, &person).await["version"], 0);

    let legal = [("work", "at_once"), ("reminder", "digest"), ("legal", "never"), ("version", "0")];
    let (status, _, page) = t.submit(&person, path, &legal).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("ils ne peuvent pas être désactivés"), "{page}");

    let good = [("work", "at_once"), ("reminder", "digest"), ("digest_at", "18"), ("version", "0")];
    let (status, place, _) = t.submit(&person, path, &good).await;
    assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, path));
    let now = preferences(&t, &person).await;
    assert_eq!((&now["reminder"], &now["digest_at"]), (&json!("digest"), &json!(18)));
    let (status, _, _) = t.submit(&person, path, &good).await;
    assert_eq!(status, StatusCode::CONFLICT, "somebody changed them meanwhile");

    let auditor = t.person(Role::Auditor).await;
    let (_, journal) = t.open(&auditor, "/journal").await;
    assert!(journal.contains("choix des messages"), "{journal}");
}
