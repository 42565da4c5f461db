//! The second factor.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::json;
use time::Duration;

use super::{address, between, code_of};
use crate::support::{Person, TestApp};

const SETUP: &str = "/compte/securite/second-facteur";
const GIVE: &str = "/connexion/second-facteur";

/// Someone whose second factor is on: the key, the recovery codes and the cookie of the session that set it up.
struct Protected {
    email: String,
    key: String,
    codes: Vec<String>,
    cookie: String,
}

async fn set_up(t: &TestApp, person: &Person) -> Protected {
    let email = address(t, person).await;
    let cookie = t.sign_in(&email).await;
    let page = t.visit(SETUP, &cookie).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("<svg xmlns") && !page.text.contains("data:image"));
    let key = between(&page.text, "id=\"secret\">", "<").unwrap();
    let sealed = between(&page.text, "name=\"key\" value=\"", "\"").unwrap();
    let (csrf, code) = (page.csrf(), code_of(&t.app, &key));
    let done = t.fill(SETUP, &cookie, &[("csrf", &csrf), ("key", &sealed), ("code", &code)]).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    let list = between(&done.text, "id=\"codes\">", "</ul>").unwrap();
    let codes = list.split("<li>").skip(1).map(|item| item.split('<').next().unwrap().to_owned()).collect();
    Protected { email, key, codes, cookie: done.cookie.unwrap() }
}

async fn give(t: &TestApp, cookie: &str, field: &str, code: &str) -> super::Visited {
    let csrf = t.visit(GIVE, cookie).await.csrf();
    t.fill(GIVE, cookie, &[("csrf", &csrf), (field, code)]).await
}

#[tokio::test]
async fn setting_it_up_shows_ten_codes_once_and_rotates_the_session() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    let protected = set_up(&t, &person).await;
    assert_eq!(protected.codes.len(), 10);
    let effects = t.effects().await;
    assert_eq!(effects.events.last().unwrap(), "account.second_factor_enabled");
    assert_eq!(effects.mails.last().unwrap(), "second-factor-changed");
    let page = t.visit("/compte/securite", &protected.cookie).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("<b>10</b>") && !page.text.contains(&protected.codes[0]));
    let stored = t.account(person.id).await.totp_secret.unwrap();
    assert!(!stored.windows(20).any(|bytes| bytes == key_bytes(&protected.key)), "the key is sealed");
}

fn key_bytes(key: &str) -> Vec<u8> {
    totp_rs::Secret::try_from_base32(key.replace(' ', "")).unwrap().as_bytes().to_vec()
}

#[tokio::test]
async fn showing_the_key_changes_nothing_and_a_wrong_code_keeps_it() {
    let t = TestApp::new().await;
    let email = address(&t, &t.person(Role::Officer).await).await;
    let cookie = t.sign_in(&email).await;
    t.effects().await;
    let page = t.visit(SETUP, &cookie).await;
    let key = between(&page.text, "id=\"secret\">", "<").unwrap();
    let sealed = between(&page.text, "name=\"key\" value=\"", "\"").unwrap();
    let csrf = page.csrf();
    let again = t.fill(SETUP, &cookie, &[("csrf", &csrf), ("key", &sealed), ("code", "000000")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains(&key));
    let forged = t.fill(SETUP, &cookie, &[("csrf", &csrf), ("key", "AAAA"), ("code", "000000")]).await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(t.effects().await.events.is_empty());
}

#[tokio::test]
async fn a_sign_in_is_complete_with_a_code_that_serves_once() {
    let t = TestApp::new().await;
    let protected = set_up(&t, &t.person(Role::Officer).await).await;
    t.advance(Duration::seconds(30));
    t.effects().await;
    let first = t.sign_in(&protected.email).await;
    assert_eq!(t.visit("/compte", &first).await.location, GIVE, "nothing opens before the code");
    let code = code_of(&t.app, &protected.key);
    let complete = give(&t, &first, "code", &code).await;
    assert_eq!(complete.status, StatusCode::SEE_OTHER);
    let cookie = complete.cookie.unwrap();
    assert_ne!(cookie, first, "the session rotates");
    assert_eq!(t.visit("/compte", &first).await.location, "/connexion?suite=/compte");
    assert_eq!(t.visit("/compte", &cookie).await.status, StatusCode::OK);
    let events = t.effects().await.events;
    assert_eq!(events, ["account.sign_in_link_sent", "account.signed_in", "account.second_factor_given"]);

    let second = t.sign_in(&protected.email).await;
    let replayed = give(&t, &second, "code", &code).await;
    assert_eq!((replayed.status, replayed.cookie), (StatusCode::UNPROCESSABLE_ENTITY, None), "replayed");
    t.advance(Duration::seconds(30));
    let next = give(&t, &second, "code", &code_of(&t.app, &protected.key)).await;
    assert_eq!(next.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_recovery_code_serves_once_and_new_ones_replace_the_old() {
    let t = TestApp::new().await;
    let protected = set_up(&t, &t.person(Role::Officer).await).await;
    let typed = protected.codes[0].to_lowercase().replace('-', " ");
    let first = t.sign_in(&protected.email).await;
    let complete = give(&t, &first, "recovery_code", &typed).await;
    assert_eq!(complete.status, StatusCode::SEE_OTHER, "{}", complete.text);
    let second = t.sign_in(&protected.email).await;
    let again = give(&t, &second, "recovery_code", &protected.codes[0]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let cookie = complete.cookie.unwrap();
    let csrf = t.visit("/compte/securite", &cookie).await.csrf();
    let renewed = t.fill("/compte/securite/codes-de-secours", &cookie, &[("csrf", &csrf)]).await;
    assert_eq!(renewed.status, StatusCode::OK);
    assert_eq!(t.effects().await.events.last().unwrap(), "account.recovery_codes_made");
    let old = give(&t, &second, "recovery_code", &protected.codes[1]).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY, "the old codes are over");
}

#[tokio::test]
async fn guessing_codes_waits() {
    let t = TestApp::new().await;
    let protected = set_up(&t, &t.person(Role::Officer).await).await;
    let cookie = t.sign_in(&protected.email).await;
    for _ in 0..5 {
        assert_eq!(give(&t, &cookie, "code", "000000").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let code = protected.codes[0].clone();
    assert_eq!(give(&t, &cookie, "recovery_code", &code).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_role_that_demands_it_leads_to_setting_it_up() {
    let t = TestApp::with(|mut config| {
        config.second_factor_roles = vec!["manager".to_owned()];
        config
    })
    .await;
    let person = t.person(Role::Manager).await;
    let email = address(&t, &person).await;
    let cookie = t.sign_in(&email).await;
    for path in ["/compte", "/compte/securite", "/parametres/utilisateurs"] {
        assert_eq!(t.visit(path, &cookie).await.location, GIVE, "{path}");
    }
    assert_eq!(t.visit(GIVE, &cookie).await.location, SETUP);
    let protected = set_up(&t, &person).await;
    assert_eq!(t.visit("/compte", &protected.cookie).await.status, StatusCode::OK);

    t.advance(Duration::seconds(30));
    let csrf = t.visit("/compte/securite", &protected.cookie).await.csrf();
    let code = code_of(&t.app, &protected.key);
    let removal = format!("{SETUP}/retrait");
    let refused = t.fill(&removal, &protected.cookie, &[("csrf", &csrf), ("code", &code)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let officer = t.person(Role::Officer).await;
    let free = t.sign_in(&address(&t, &officer).await).await;
    assert_eq!(t.visit("/compte", &free).await.status, StatusCode::OK, "other roles do not need it");
}

#[tokio::test]
async fn it_is_removed_by_oneself_with_a_code_or_by_an_administrator() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    let protected = set_up(&t, &person).await;
    let removal = format!("{SETUP}/retrait");
    let csrf = t.visit(&removal, &protected.cookie).await.csrf();
    let wrong = t.fill(&removal, &protected.cookie, &[("csrf", &csrf), ("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = [("csrf", csrf.as_str()), ("recovery_code", protected.codes[0].as_str())];
    assert_eq!(t.fill(&removal, &protected.cookie, &code).await.status, StatusCode::SEE_OTHER);
    assert_eq!(t.effects().await.events.last().unwrap(), "account.second_factor_disabled");

    let protected = set_up(&t, &person).await;
    let (admin, manager) = (t.person(Role::Admin).await, t.person(Role::Manager).await);
    t.effects().await;
    let path = format!("/users/{}/reset-second-factor", person.id);
    assert_eq!(t.post(&manager, &path, &json!({})).await.status, StatusCode::FORBIDDEN);
    assert_eq!(t.post(&person, &path, &json!({})).await.status, StatusCode::NOT_FOUND);
    let reset = t.post(&admin, &path, &json!({})).await;
    assert_eq!((reset.status, &reset.body["second_factor"]), (StatusCode::OK, &json!(false)));
    let effects = t.effects().await;
    assert_eq!((effects.events.len(), effects.mails), (1, vec!["second-factor-changed".to_owned()]));
    assert_eq!(t.visit("/compte", &protected.cookie).await.status, StatusCode::SEE_OTHER, "sessions end");
    assert_eq!(t.post(&admin, &path, &json!({})).await.code(), "second-factor-off");
}
