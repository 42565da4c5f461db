//! Passwords: signing in with one, setting it, changing it, guessing it.

use entity::account_role::Role;
use poem::http::StatusCode;
use time::Duration;

use super::{PASSWORD, address};
use crate::support::TestApp;

#[tokio::test]
async fn a_password_signs_in() {
    let t = TestApp::new().await;
    let person = t.person(Role::Trainee).await;
    t.give_password(person.id).await;
    let email = address(&t, &person).await.to_uppercase();
    let entered =
        t.fill("/connexion", "", &[("email", &email), ("password", PASSWORD), ("suite", "/compte")]).await;
    assert_eq!(
        (entered.status, entered.location.as_str()),
        (StatusCode::SEE_OTHER, "/compte"),
        "{}",
        entered.text
    );
    assert_eq!(t.effects().await.events, ["account.signed_in"]);
    assert_eq!(t.visit("/compte", &entered.cookie.unwrap()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_refusal_does_not_say_what_was_wrong_and_leaves_no_line_in_the_journal() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    t.give_password(person.id).await;
    let without = t.person(Role::Officer).await;
    let mut answers = Vec::new();
    for email in
        [address(&t, &person).await, address(&t, &without).await, "personne@essai.exemple".to_owned()]
    {
        let answer =
            t.fill("/connexion", "", &[("email", &email), ("password", "mauvais mot de passe")]).await;
        assert_eq!((answer.status, &answer.cookie), (StatusCode::UNPROCESSABLE_ENTITY, &None));
        assert!(!answer.text.contains("mauvais mot de passe"), "a password never comes back");
        answers.push(answer.text.replace(&email, "…"));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert!(t.effects().await.events.is_empty());
}

#[tokio::test]
async fn guessing_waits_longer_and_longer_but_a_link_still_works() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    t.give_password(person.id).await;
    let email = address(&t, &person).await;
    let attempt = async |password: &str| {
        t.fill("/connexion", "", &[("email", &email), ("password", password)]).await.status
    };
    for _ in 0..5 {
        assert_eq!(attempt("mauvais mot de passe").await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(attempt(PASSWORD).await, StatusCode::TOO_MANY_REQUESTS, "even the right one waits");
    let cookie = t.sign_in(&email).await;
    assert_eq!(t.visit("/compte", &cookie).await.status, StatusCode::OK);
    t.advance(Duration::seconds(5));
    assert_eq!(attempt("mauvais mot de passe").await, StatusCode::UNPROCESSABLE_ENTITY);
    t.advance(Duration::seconds(9));
    assert_eq!(attempt(PASSWORD).await, StatusCode::TOO_MANY_REQUESTS, "ten seconds now");
    t.advance(Duration::seconds(1));
    assert_eq!(attempt(PASSWORD).await, StatusCode::SEE_OTHER);
    assert_eq!(attempt("mauvais mot de passe").await, StatusCode::UNPROCESSABLE_ENTITY, "success forgets");
}

#[tokio::test]
async fn setting_a_password_tells_the_person_and_ends_the_other_sessions() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    let email = address(&t, &person).await;
    let elsewhere = t.sign_in(&email).await;
    t.effects().await;
    let fields = [("new_password", PASSWORD), ("csrf", person.csrf.as_str())];
    let saved = t.fill("/compte/securite/mot-de-passe", &person.cookie, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let effects = t.effects().await;
    assert_eq!(
        (effects.events, effects.mails),
        (vec!["account.password_changed".to_owned()], vec!["password-changed".to_owned()])
    );
    assert_eq!(t.visit("/compte", &elsewhere).await.status, StatusCode::SEE_OTHER);
    assert_eq!(t.visit("/compte", &person.cookie).await.status, StatusCode::SEE_OTHER, "the token rotated");
    assert_eq!(t.visit("/compte", &saved.cookie.unwrap()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn changing_a_password_asks_the_current_one() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    t.give_password(person.id).await;
    let email = address(&t, &person).await;
    for (current, new, expected) in [
        ("faux", "une autre phrase longue", "mdp-current_password-err"),
        (PASSWORD, "court", "mdp-new_password-err"),
        (PASSWORD, email.as_str(), "mdp-new_password-err"),
    ] {
        let fields = [("current_password", current), ("new_password", new)];
        let (status, _, text) = t.submit(&person, "/compte/securite/mot-de-passe", &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
        assert!(text.contains(expected), "{new}");
        assert!(!text.contains("une autre phrase"), "a password never comes back");
    }
    assert!(t.effects().await.events.is_empty());
    let fields = [("current_password", PASSWORD), ("new_password", "une autre phrase longue")];
    assert_eq!(t.submit(&person, "/compte/securite/mot-de-passe", &fields).await.0, StatusCode::SEE_OTHER);
    let entered =
        t.fill("/connexion", "", &[("email", &email), ("password", "une autre phrase longue")]).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
}
