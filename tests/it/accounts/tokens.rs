//! Tokens of the API.

use entity::account_role::Role;
use entity::api_token;
use parchemin::features::accounts;
use poem::http::StatusCode;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;
use time::Duration;

use super::between;
use crate::support::{Person, TestApp};

fn holding(person: &Person, token: &str) -> Person {
    Person { token: token.to_owned(), ..person.clone() }
}

#[tokio::test]
async fn a_token_is_given_once_acts_as_its_person_and_expires() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    let body = json!({ "name": "Tableur de suivi", "ttl_days": 30 });
    let made = t.post(&person, "/users/me/tokens", &body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{:?}", made.body);
    assert_eq!(t.effects().await.events, ["token.created"]);
    let token = made.body["token"].as_str().unwrap().to_owned();
    let program = holding(&person, &token);
    assert_eq!(t.get(&program, "/users/me").await.body["id"], json!(person.id));
    let listed = t.get(&person, "/users/me/tokens").await;
    assert_eq!(listed.body["items"][0]["name"], "Tableur de suivi");
    assert!(!listed.body["items"][0]["last_used_at"].is_null());
    assert!(!listed.body.to_string().contains(&token), "its text is kept nowhere");
    t.advance(Duration::days(30));
    assert_eq!(t.get(&program, "/users/me").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_revoked_token_opens_nothing_and_only_its_person_revokes_it() {
    let t = TestApp::new().await;
    let (person, other) = (t.person(Role::Officer).await, t.person(Role::Admin).await);
    let made = t.post(&person, "/users/me/tokens", &json!({ "name": "a", "ttl_days": 1 })).await;
    let path = made.location.unwrap();
    let delete = async |who: &Person| {
        let bearer = format!("Bearer {}", who.token);
        t.client.delete(&path).header("authorization", bearer).send().await.0.status()
    };
    assert_eq!(delete(&other).await, StatusCode::NOT_FOUND);
    assert_eq!(delete(&person).await, StatusCode::NO_CONTENT);
    assert_eq!(delete(&person).await, StatusCode::NOT_FOUND);
    assert_eq!(t.effects().await.events, ["token.created", "token.revoked"]);
    let program = holding(&person, made.body["token"].as_str().unwrap());
    assert_eq!(t.get(&program, "/users/me").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn every_fault_of_a_token_is_told() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    let refused = t.post(&person, "/users/me/tokens", &json!({ "name": " ", "ttl_days": 366 })).await;
    assert_eq!(
        (refused.status, refused.pointers()),
        (StatusCode::UNPROCESSABLE_ENTITY, vec!["/name", "/ttl_days"])
    );
}

#[tokio::test]
async fn a_secret_is_not_kept_to_answer_again() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    let call = async || {
        let request = t.client.post("/api/v1/users/me/tokens").header("idempotency-key", "k1");
        let request = request.header("authorization", format!("Bearer {}", person.token));
        request.body_json(&json!({ "name": "a", "ttl_days": 1 })).send().await.0.status()
    };
    assert_eq!(call().await, StatusCode::CREATED);
    assert_eq!(call().await, StatusCode::CONFLICT, "executed once, and not told again");
    assert_eq!(t.effects().await.events, ["token.created"]);
    let kept = entity::idempotency_key::Entity::find().one(t.app.db.read()).await.unwrap().unwrap();
    assert_eq!(kept.body, None);
}

#[tokio::test]
async fn the_page_makes_lists_and_revokes_tokens() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    let fields = [("name", "Export du lundi"), ("ttl_days", "90")];
    let (status, _, text) = t.submit(&person, "/compte/securite/jetons", &fields).await;
    assert_eq!(status, StatusCode::OK);
    let token = between(&text, "id=\"jeton\">", "<").unwrap();
    assert_eq!(t.get(&holding(&person, &token), "/users/me").await.status, StatusCode::OK);
    let (_, page) = t.open(&person, "/compte/securite").await;
    assert!(page.contains("Export du lundi") && !page.contains(&token));
    let last = api_token::Entity::find().order_by_desc(api_token::Column::Id).one(t.app.db.read()).await;
    let path = format!("/compte/securite/jetons/{}/retirer", last.unwrap().unwrap().id);
    assert_eq!(t.submit(&person, &path, &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(t.get(&holding(&person, &token), "/users/me").await.status, StatusCode::UNAUTHORIZED);
    let (status, _, text) =
        t.submit(&person, "/compte/securite/jetons", &[("name", ""), ("ttl_days", "90")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("jeton-name-err"));
}

#[tokio::test]
async fn the_command_line_makes_tokens_and_accounts() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    t.effects().await;
    let siret = crate::support::siret_of(0, 1).to_string();
    let (role, email) = (Role::Structure, "camille@essai.exemple");
    let link = accounts::create_account(&t.app, email, role, None, Some(&siret)).await.unwrap();
    let effects = t.effects().await;
    assert_eq!(effects.events, ["account.created", "account.role_granted"]);
    assert!(effects.mails.is_empty(), "the link is handed over");
    let path = link.strip_prefix(&t.app.config.public_url).unwrap();
    let cookie = t.fill(path, "", &[]).await.cookie.unwrap();
    let page = t.visit("/compte/collegues", &cookie).await;
    assert!(page.text.contains(&structure.name) && page.text.contains(email));

    let token = accounts::create_token(&t.app, email, "essai", Duration::days(90)).await.unwrap();
    let person = holding(&t.person(Role::Trainee).await, &token);
    assert_eq!(t.get(&person, "/users/me").await.body["roles"][0]["structure_admin"], json!(true));
    assert!(accounts::create_token(&t.app, email, "essai", Duration::days(366)).await.is_err());
    assert!(accounts::create_token(&t.app, "autre@essai.exemple", "essai", Duration::days(1)).await.is_err());
    let taken = accounts::create_account(&t.app, &email.to_uppercase(), Role::Admin, None, None).await;
    assert!(taken.is_err(), "one account per address");
}
