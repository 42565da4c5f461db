//! Sessions: rotation, ends, forgery.

use entity::account_role::Role;
use entity::web_session;
use poem::http::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Duration;

use super::address;
use crate::support::TestApp;

#[tokio::test]
async fn signing_in_ends_the_session_that_the_browser_had() {
    let t = TestApp::new().await;
    let email = address(&t, &t.person(Role::Officer).await).await;
    let before = t.sign_in(&email).await;
    t.advance(Duration::seconds(1));
    t.fill("/connexion/lien", "", &[("email", &email)]).await;
    let link = t.mailed_link().await;
    let csrf = t.visit(&link, &before).await.csrf();
    let after = t.fill(&link, &before, &[("csrf", &csrf)]).await.cookie.unwrap();
    assert_ne!(before, after);
    assert_eq!(t.visit("/compte", &before).await.status, StatusCode::SEE_OTHER);
    assert_eq!(t.visit("/compte", &after).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_idle_session_ends_and_so_does_an_old_one() {
    let t = TestApp::new().await;
    let email = address(&t, &t.person(Role::Officer).await).await;
    let cookie = t.sign_in(&email).await;
    for _ in 0..6 {
        t.advance(Duration::minutes(110));
        assert_eq!(t.visit("/compte", &cookie).await.status, StatusCode::OK, "in use");
    }
    t.advance(Duration::minutes(110));
    assert_eq!(t.visit("/compte", &cookie).await.status, StatusCode::SEE_OTHER, "twelve hours at most");

    t.advance(Duration::hours(1));
    let cookie = t.sign_in(&email).await;
    t.advance(Duration::minutes(121));
    assert_eq!(t.visit("/compte", &cookie).await.status, StatusCode::SEE_OTHER, "idle for two hours");
}

#[tokio::test]
async fn signing_out_ends_the_session_for_good() {
    let t = TestApp::new().await;
    let email = address(&t, &t.person(Role::Officer).await).await;
    let cookie = t.sign_in(&email).await;
    let csrf = t.visit("/compte", &cookie).await.csrf();
    t.effects().await;
    let out = t.fill("/deconnexion", &cookie, &[("csrf", &csrf)]).await;
    assert_eq!((out.status, out.location.as_str()), (StatusCode::SEE_OTHER, "/connexion"));
    assert_eq!(out.cookie.as_deref(), Some("session="));
    assert_eq!(t.effects().await.events, ["account.signed_out"]);
    assert_eq!(t.visit("/compte", &cookie).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_without_its_token_is_refused() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    for path in [
        "/deconnexion",
        "/compte",
        "/compte/securite/jetons",
        "/compte/securite/sessions/fermer",
        "/connexion/lien",
    ] {
        let without = t.fill(path, &person.cookie, &[("name", "x"), ("ttl_days", "30")]).await;
        assert_eq!(without.status, StatusCode::FORBIDDEN, "{path}");
        let wrong = t.fill(path, &person.cookie, &[("csrf", "autre")]).await;
        assert_eq!(wrong.status, StatusCode::FORBIDDEN, "{path}");
        assert!(wrong.text.contains("ce que vous avez saisi y est encore"), "{path}");
    }
    assert!(t.effects().await.events.is_empty());
}

#[tokio::test]
async fn one_sees_and_ends_ones_own_sessions_only() {
    let t = TestApp::new().await;
    let (person, other) = (t.person(Role::Officer).await, t.person(Role::Officer).await);
    let email = address(&t, &person).await;
    let elsewhere = t.sign_in(&email).await;
    t.effects().await;
    let sessions = |id| web_session::Entity::find().filter(web_session::Column::AccountId.eq(id));
    let foreign = sessions(other.id).one(t.app.db.read()).await.unwrap().unwrap();
    let path = format!("/compte/securite/sessions/{}/fermer", foreign.id);
    assert_eq!(t.submit(&person, &path, &[]).await.0, StatusCode::NOT_FOUND);

    let path = format!("/users/me/sessions/{}", foreign.id);
    assert_eq!(t.delete(&person, &path).await.status, StatusCode::NOT_FOUND);
    t.advance(Duration::seconds(1));
    let third = t.sign_in(&email).await;
    t.effects().await;
    let listed = t.get(&person, "/users/me/sessions").await;
    let last = sessions(person.id).order_by_desc(web_session::Column::Id).one(t.app.db.read()).await;
    let last = last.unwrap().unwrap().id.to_string();
    let listed = listed.body["items"].as_array().unwrap();
    assert!(listed.len() == 3 && listed.iter().any(|one| one["id"] == last), "{listed:?}");
    assert_eq!(t.delete(&person, &format!("/users/me/sessions/{last}")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(t.effects().await.events, ["session.revoked"]);
    assert_eq!(t.visit("/compte", &third).await.status, StatusCode::SEE_OTHER);

    assert!(t.open(&person, "/compte/securite").await.1.contains("Appareil inconnu"));
    let (status, location, _) = t.submit(&person, "/compte/securite/sessions/fermer", &[]).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/compte/securite"));
    assert_eq!(t.effects().await.events, ["session.revoked"]);
    assert_eq!(t.visit("/compte", &elsewhere).await.status, StatusCode::SEE_OTHER);
    assert_eq!(t.open(&person, "/compte").await.0, StatusCode::OK, "the current one stays");
    assert_eq!(t.open(&other, "/compte").await.0, StatusCode::OK);
}

#[tokio::test]
async fn old_sessions_are_forgotten_after_thirty_days() {
    use parchemin::features::accounts::jobs::forget_sessions;
    let t = TestApp::new().await;
    let email = address(&t, &t.person(Role::Officer).await).await;
    t.sign_in(&email).await;
    let count = async || web_session::Entity::find().all(t.app.db.read()).await.unwrap().len();
    forget_sessions(&t.app).await.unwrap();
    assert_eq!(count().await, 2);
    t.advance(Duration::days(31));
    forget_sessions(&t.app).await.unwrap();
    assert_eq!(count().await, 1, "that of the fixture has years left");
}
