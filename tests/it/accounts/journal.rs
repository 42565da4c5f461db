//! What the journal keeps of accounts: no name, no address, no secret.

use entity::account_role::Role;
use entity::{audit_event, audit_personal};
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::json;

use super::{PASSWORD, address};
use crate::support::TestApp;

#[tokio::test]
async fn no_personal_value_and_no_secret_is_in_the_journal() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let (admin, member) = (t.person(Role::Admin).await, t.of_structure(structure.id).await);
    let body = json!({ "email": "camille@essai.exemple", "name": "Camille Nom-Secret", "roles": [{ "role": "officer" }] });
    let made = t.post(&admin, "/users", &body).await;
    let path = made.location.unwrap()["/api/v1".len()..].to_owned();
    t.patch(&admin, &path, Some(1), &json!({ "name": "Camille Autre-Nom" })).await;
    t.submit(
        &member,
        "/compte/collegues",
        &[("email", "dominique@essai.exemple"), ("name", "Dominique Secret")],
    )
    .await;
    let token =
        t.post(&admin, "/users/me/tokens", &json!({ "name": "Tableur de Camille", "ttl_days": 2 })).await;
    t.sign_in("camille@essai.exemple").await;
    let (status, ..) =
        t.submit(&member, "/compte/securite/mot-de-passe", &[("new_password", PASSWORD)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);

    let mut secrets = vec!["camille", "dominique", "Secret", "Autre-Nom", "Tableur", "argon2", PASSWORD];
    let token = token.body["token"].as_str().unwrap().to_owned();
    let own = address(&t, &member).await;
    secrets.extend([token.as_str(), own.as_str()]);
    let events = audit_event::Entity::find().all(t.app.db.read()).await.unwrap();
    assert!(events.len() >= 10);
    for event in events {
        let line = format!("{}{}{:?}{}", event.payload, event.subject_label, event.reason, event.mails);
        for secret in &secrets {
            assert!(!line.contains(secret), "{}: {secret} in {line}", event.name);
        }
    }
    let personal = audit_personal::Entity::find().all(t.app.db.read()).await.unwrap();
    let fields: Vec<_> = personal.iter().map(|one| one.field.as_str()).collect();
    assert!(
        ["email", "name", "name_before", "name_after", "token_name"]
            .iter()
            .all(|field| fields.contains(field))
    );
}
