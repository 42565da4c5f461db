//! The link of a message that turns its kind off, which a mail program may follow by itself (RFC 8058).

use entity::account_role::Role;
use poem::http::StatusCode;

use super::{LEGAL, REMINDER, WORK, preferences, send, sent, to, write};
use crate::support::{Person, TestApp};

/// The path of the link in the header of a message.
fn link_of(raw: &str) -> Option<String> {
    let (head, _) = raw.split_once("\r\n\r\n")?;
    let link = head.split_once("/desabonnement/")?.1.split_once('>')?.0;
    Some(format!("/desabonnement/{link}"))
}

async fn received(t: &TestApp, person: &Person, template: &'static str) -> String {
    write(t, template, to(person)).await;
    send(t).await;
    sent(t).pop().unwrap()
}

/// What a mail program posts.
async fn one_click(t: &TestApp, link: &str) -> StatusCode {
    let form = [("List-Unsubscribe", "One-Click")];
    t.client.post(link).form(&form).send().await.0.status()
}

#[tokio::test]
async fn one_post_turns_a_kind_off_and_a_second_changes_nothing() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    for (template, class) in [(WORK, "work"), (REMINDER, "reminder")] {
        let raw = received(&t, &person, template).await;
        assert!(raw.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{raw}");
        let link = link_of(&raw).unwrap();
        t.effects().await;
        assert_eq!(one_click(&t, &link).await, StatusCode::OK);
        assert_eq!(one_click(&t, &link).await, StatusCode::OK);
        assert_eq!(t.effects().await.events, ["notices.unsubscribed"], "{class}");
        assert_eq!(preferences(&t, &person).await[class], "never");
    }
    assert_eq!(preferences(&t, &person).await["version"], 2);
}

#[tokio::test]
async fn opening_the_link_asks_and_does_nothing() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    let link = link_of(&received(&t, &person, REMINDER).await).unwrap();
    t.effects().await;
    for _ in 0..2 {
        let opened = t.client.get(&link).send().await;
        opened.assert_status_is_ok();
        let page = opened.0.into_body().into_string().await.unwrap();
        assert!(page.contains("les rappels d’échéance") && page.contains("method=\"post\""), "{page}");
    }
    assert!(t.effects().await.events.is_empty());
    assert_eq!(preferences(&t, &person).await["reminder"], "at_once");
}

#[tokio::test]
async fn a_link_that_was_not_given_does_not_work() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    let link = link_of(&received(&t, &person, WORK).await).unwrap();
    t.effects().await;
    let mut forged = link.clone();
    // one letter of the proof
    let place = "/desabonnement/".len() + 30;
    let other = if forged.as_bytes()[place] == b'A' { "B" } else { "A" };
    forged.replace_range(place..=place, other);
    for wrong in [forged.as_str(), "/desabonnement/rien", "/desabonnement/AAAA", &format!("{link}AAAA")] {
        assert_eq!(t.client.get(wrong).send().await.0.status(), StatusCode::NOT_FOUND, "{wrong}");
        assert_eq!(one_click(&t, wrong).await, StatusCode::NOT_FOUND, "{wrong}");
    }
    assert!(t.effects().await.events.is_empty());
    assert_eq!(preferences(&t, &person).await["work"], "at_once");
}

#[tokio::test]
async fn what_cannot_be_turned_off_offers_no_link() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    for template in [LEGAL, "password-changed"] {
        let raw = received(&t, &person, template).await;
        assert!(!raw.contains("List-Unsubscribe"), "{template}");
    }
}
