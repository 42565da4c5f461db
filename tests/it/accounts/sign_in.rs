//! Signing in with a link.

use entity::account_role::Role;
use poem::http::StatusCode;
use time::Duration;

use super::address;
use crate::support::TestApp;

#[tokio::test]
async fn a_link_signs_in_once_by_its_button_only() {
    let t = TestApp::new().await;
    let email = address(&t, &t.person(Role::Officer).await).await;
    let asked =
        t.fill("/connexion/lien", "", &[("email", &email), ("suite", "/agrements?etat=deposee")]).await;
    assert_eq!(asked.status, StatusCode::OK);
    let effects = t.effects().await;
    assert_eq!(effects.events, ["account.sign_in_link_sent"]);
    assert_eq!(effects.mails, ["sign-in-link"]);

    let link = t.mailed_link().await;
    for _ in 0..2 {
        let opened = t.visit(&link, "").await;
        assert_eq!((opened.status, opened.cookie), (StatusCode::OK, None), "opening signs nobody in");
        assert!(opened.text.contains("/agrements?etat=deposee"), "the page wanted is kept");
    }
    assert!(t.effects().await.events.is_empty());

    let path = link.split('?').next().unwrap();
    let entered = t.fill(path, "", &[("suite", "/compte")]).await;
    assert_eq!((entered.status, entered.location.as_str()), (StatusCode::SEE_OTHER, "/compte"));
    assert_eq!(t.effects().await.events, ["account.signed_in"]);
    let cookie = entered.cookie.unwrap();
    assert_eq!(t.visit("/compte", &cookie).await.status, StatusCode::OK);

    assert_eq!(t.fill(path, "", &[]).await.status, StatusCode::GONE, "it serves once");
    assert_eq!(t.visit(path, "").await.status, StatusCode::GONE);
    assert!(t.effects().await.events.is_empty());
}

#[tokio::test]
async fn a_link_lasts_a_quarter_of_an_hour() {
    let t = TestApp::new().await;
    let email = address(&t, &t.person(Role::Officer).await).await;
    t.fill("/connexion/lien", "", &[("email", &email)]).await;
    let link = t.mailed_link().await;
    t.advance(Duration::minutes(14));
    assert_eq!(t.visit(&link, "").await.status, StatusCode::OK);
    t.advance(Duration::minutes(1));
    let late = t.fill(&link, "", &[]).await;
    assert_eq!((late.status, late.cookie), (StatusCode::GONE, None));
}

#[tokio::test]
async fn only_the_last_link_works_and_five_are_sent_at_most() {
    let t = TestApp::new().await;
    let email = address(&t, &t.person(Role::Officer).await).await;
    t.fill("/connexion/lien", "", &[("email", &email)]).await;
    let first = t.mailed_link().await;
    t.advance(Duration::seconds(1));
    for _ in 0..6 {
        t.fill("/connexion/lien", "", &[("email", &email)]).await;
    }
    assert_eq!(t.effects().await.mails.len(), 5);
    assert_eq!(t.visit(&first, "").await.status, StatusCode::GONE);
    assert_eq!(t.visit(&t.mailed_link().await, "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_answer_is_the_same_whatever_the_address() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    let known = address(&t, &person).await;
    let unknown = "personne@essai.exemple";
    let answer = async |email: &str| {
        let before = std::time::Instant::now();
        let answer = t.fill("/connexion/lien", "", &[("email", email)]).await;
        assert!(
            before.elapsed() >= std::time::Duration::from_millis(300),
            "the answer leaves at a fixed time"
        );
        (answer.status, answer.text.replace(email, "…"))
    };
    assert_eq!(answer(&known).await, answer(unknown).await);
    assert_eq!(t.effects().await.mails.len(), 1);

    let admin = t.person(Role::Admin).await;
    let path = format!("/users/{}", person.id);
    t.patch(&admin, &path, Some(1), &serde_json::json!({ "state": "disabled" })).await;
    t.effects().await;
    assert_eq!(answer(&known).await, answer(unknown).await, "a closed account receives nothing");
    assert!(t.effects().await.mails.is_empty());
}

#[tokio::test]
async fn a_malformed_address_comes_back_in_its_field() {
    let t = TestApp::new().await;
    let answer = t.fill("/connexion/lien", "", &[("email", "camille@")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("camille@") && answer.text.contains("lien-email-err"));
}

#[tokio::test]
async fn the_page_wanted_is_always_of_this_site() {
    let t = TestApp::new().await;
    let email = address(&t, &t.person(Role::Officer).await).await;
    for suite in ["https://ailleurs.exemple/", "//ailleurs.exemple", "/\\ailleurs.exemple", "ailleurs"] {
        t.advance(Duration::minutes(16));
        t.fill("/connexion/lien", "", &[("email", &email), ("suite", suite)]).await;
        let link = t.mailed_link().await;
        assert!(!link.contains("suite"), "{suite}");
        assert_eq!(t.fill(&link, "", &[("suite", suite)]).await.location, "/accueil", "{suite}");
    }
    let guarded = t.visit("/compte/securite?x=1", "").await;
    assert_eq!(guarded.location, "/connexion?suite=/compte/securite%3Fx%3D1");
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let t = TestApp::new().await;
    let request = t.client.post("/connexion/lien").header("sec-fetch-site", "cross-site");
    let answer = request.form(&[("email", "a@b.fr")]).send().await;
    assert_eq!(answer.0.status(), StatusCode::FORBIDDEN);
}
