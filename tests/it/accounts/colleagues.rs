//! The people of a structure.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::{Value, json};

use super::address;
use crate::support::TestApp;

const PATH: &str = "/compte/collegues";

#[tokio::test]
async fn an_administrator_invites_and_the_colleague_enters_by_the_mail() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let person = t.of_structure(structure.id).await;
    t.effects().await;
    let fields = [("email", "camille@essai.exemple"), ("name", "Camille N’Guyen")];
    assert_eq!(t.submit(&person, PATH, &fields).await.0, StatusCode::SEE_OTHER);
    let effects = t.effects().await;
    assert_eq!(effects.events, ["account.created", "account.role_granted", "account.invited"]);
    assert_eq!(effects.mails, ["structure-invitation"]);
    let cookie = t.fill(&t.mailed_link().await, "", &[]).await.cookie.unwrap();
    let page = t.visit(PATH, &cookie).await;
    assert!(
        page.text.contains("Camille N’Guyen") && !page.text.contains("Inviter une personne"),
        "a member looks"
    );
    let csrf = page.csrf();
    let refused = t.fill(PATH, &cookie, &[("csrf", &csrf), ("email", "a@b.fr"), ("name", "A")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let (status, _, text) = t.submit(&person, PATH, &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "already there");
    assert!(text.contains("champ-email-err"));
}

#[tokio::test]
async fn somebody_invited_is_shown_so_until_they_come_in_and_may_be_sent_the_link_again() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let person = t.of_structure(structure.id).await;
    let fields = [("email", "camille@essai.exemple"), ("name", "Camille N’Guyen")];
    assert_eq!(t.submit(&person, PATH, &fields).await.0, StatusCode::SEE_OTHER);
    let first = t.mailed_link().await;
    let api = format!("/structures/{}/colleagues", structure.id);
    let listed = t.get(&person, &api).await;
    let people = listed.body["items"].as_array().unwrap();
    let colleague = people.iter().find(|one| one["email"] == "camille@essai.exemple").unwrap();
    assert!(colleague["invited_at"].is_string(), "{colleague}");
    let id = colleague["id"].as_str().unwrap();
    let (_, page) = t.open(&person, PATH).await;
    assert!(page.contains("Invité le ") && page.contains("Renvoyer l’invitation"), "{page}");
    t.effects().await;
    let again = format!("{PATH}/{id}/inviter");
    assert_eq!(t.submit(&person, &again, &[]).await.0, StatusCode::SEE_OTHER);
    let effects = t.effects().await;
    assert_eq!(effects.events, ["account.invited"]);
    assert_eq!(effects.mails, ["structure-invitation"]);
    let second = t.mailed_link().await;
    assert_ne!(first, second);
    assert!(t.fill(&first, "", &[]).await.cookie.is_none(), "the link sent before is over");
    let by_api = format!("{api}/{id}/invite-again");
    for _ in 0..3 {
        assert_eq!(t.post(&person, &by_api, &Value::Null).await.status, StatusCode::OK);
    }
    let refused = t.post(&person, &by_api, &Value::Null).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{refused:?}");
    let last = t.mailed_link().await;
    assert!(t.fill(&last, "", &[]).await.cookie.is_some());
    let (_, page) = t.open(&person, PATH).await;
    assert!(!page.contains("Renvoyer l’invitation"), "they came in: {page}");
    let refused = t.post(&person, &by_api, &Value::Null).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "invitation-accepted"));
}

#[tokio::test]
async fn nobody_knows_nor_touches_the_people_of_another_structure() {
    let t = TestApp::new().await;
    let (own, other) =
        (t.structure("Les Jardins du Morvan").await, t.structure("Les Ateliers du Port").await);
    let (person, foreign) = (t.of_structure(own.id).await, t.of_structure(other.id).await);
    let officer = t.person(Role::Officer).await;
    t.effects().await;
    let asked = format!("{PATH}?structure={}", other.id);
    assert_eq!(t.open(&person, &asked).await.0, StatusCode::NOT_FOUND);
    let there = other.id.to_string();
    let fields = [("structure", there.as_str()), ("confirme", "oui")];
    for act in ["retirer", "administration"] {
        let path = format!("{PATH}/{}/{act}", foreign.id);
        assert_eq!(
            t.submit(&person, &path, &fields).await.0,
            StatusCode::NOT_FOUND,
            "{act}, their structure"
        );
        assert_eq!(
            t.submit(&person, &path, &[("confirme", "oui")]).await.0,
            StatusCode::NOT_FOUND,
            "{act}, ours"
        );
    }
    let invite = [("structure", there.as_str()), ("email", "a@b.fr"), ("name", "A")];
    assert_eq!(t.submit(&person, PATH, &invite).await.0, StatusCode::NOT_FOUND);
    assert!(t.effects().await.events.is_empty());
    assert_eq!(t.open(&officer, &asked).await.0, StatusCode::OK, "the team helps");
    assert_eq!(t.open(&t.person(Role::Trainee).await, PATH).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_structure_keeps_an_administrator() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let person = t.of_structure(structure.id).await;
    let admin = t.person(Role::Admin).await;
    t.effects().await;
    let demote = format!("{PATH}/{}/administration", person.id);
    let remove = format!("{PATH}/{}/retirer", person.id);
    assert_eq!(t.submit(&person, &demote, &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(t.submit(&person, &remove, &[("confirme", "oui")]).await.0, StatusCode::SEE_OTHER);
    let path = format!("/users/{}", person.id);
    let place = json!([{ "role": "structure", "structure_id": structure.id }]);
    for change in [
        json!({ "state": "disabled" }),
        json!({ "roles": [{ "role": "trainee" }] }),
        json!({ "roles": place }),
    ] {
        let refused = t.patch(&admin, &path, Some(1), &change).await;
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::CONFLICT, "last-structure-administrator"),
            "{change}"
        );
    }
    assert!(t.effects().await.events.is_empty());

    let second = t.of_structure(structure.id).await;
    assert_eq!(t.submit(&person, &demote, &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(t.effects().await.events, ["account.role_granted"]);
    assert_eq!(
        t.submit(&person, &remove, &[("confirme", "oui")]).await.0,
        StatusCode::FORBIDDEN,
        "no longer one"
    );
    let (status, question, _) = t.submit(&second, &remove, &[]).await;
    assert_eq!(
        (status, question.as_str()),
        (StatusCode::SEE_OTHER, format!("{remove}?structure={}", structure.id).as_str())
    );
    let (status, html) = t.open(&second, &question).await;
    assert!(status == StatusCode::OK && html.contains("name=\"confirme\""), "asked first: {html}");
    assert!(t.effects().await.events.is_empty(), "asking changes nothing");
    assert_eq!(t.submit(&second, &remove, &[("confirme", "oui")]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(t.effects().await.events, ["account.role_revoked", "account.state_changed"]);
    assert_eq!(t.open(&second, &question).await.0, StatusCode::SEE_OTHER, "going back leads to the list");
    assert_eq!(
        t.open(&person, "/compte").await.0,
        StatusCode::SEE_OTHER,
        "without any role, the account is closed"
    );
}

#[tokio::test]
async fn two_administrators_cannot_leave_at_the_same_time() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let (one, two) = (t.of_structure(structure.id).await, t.of_structure(structure.id).await);
    t.effects().await;
    let leave = |id| format!("{PATH}/{id}/retirer");
    let (first, second) = (leave(one.id), leave(two.id));
    let sure = [("confirme", "oui")];
    tokio::join!(t.submit(&one, &first, &sure), t.submit(&two, &second, &sure));
    let revoked = t.effects().await.events.into_iter().filter(|name| name == "account.role_revoked").count();
    assert_eq!(revoked, 1);
}

#[tokio::test]
async fn an_account_that_exists_gets_its_place_beside_its_other_roles() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let person = t.of_structure(structure.id).await;
    let (trainee, officer) = (t.person(Role::Trainee).await, t.person(Role::Officer).await);
    t.effects().await;
    let known = address(&t, &trainee).await;
    assert_eq!(
        t.submit(&person, PATH, &[("email", &known), ("name", "Autre nom")]).await.0,
        StatusCode::SEE_OTHER
    );
    let effects = t.effects().await;
    assert_eq!(effects.events, ["account.role_granted", "account.invited"]);
    assert_ne!(t.account(trainee.id).await.name, "Autre nom");
    assert_eq!(t.get(&trainee, "/users/me").await.body["roles"].as_array().unwrap().len(), 2);

    let staff = address(&t, &officer).await;
    let (status, _, text) = t.submit(&person, PATH, &[("email", &staff), ("name", "A")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "the certifier's team does not sit in a structure");
    assert!(text.contains("champ-email-err"));
}

#[tokio::test]
async fn someone_removed_can_be_invited_again() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let (person, leaving) = (t.of_structure(structure.id).await, t.of_structure(structure.id).await);
    let email = address(&t, &leaving).await;
    t.submit(&person, &format!("{PATH}/{}/retirer", leaving.id), &[("confirme", "oui")]).await;
    t.effects().await;
    t.submit(&person, PATH, &[("email", &email), ("name", "A")]).await;
    let events = t.effects().await.events;
    assert_eq!(events, ["account.state_changed", "account.role_granted", "account.invited"]);
    let cookie = t.fill(&t.mailed_link().await, "", &[]).await.cookie.unwrap();
    assert_eq!(t.visit(PATH, &cookie).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_api_does_what_the_page_of_colleagues_does() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let (person, foreign) = (t.of_structure(structure.id).await, t.person(Role::Structure).await);
    let path = format!("/structures/{}/colleagues", structure.id);
    t.effects().await;
    let wrong = t.post(&person, &path, &json!({ "email": "camille", "name": " " })).await;
    assert_eq!((wrong.status, wrong.pointers()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["/email", "/name"]));
    let body = json!({ "email": "camille@essai.exemple", "name": "Camille N’Guyen" });
    let hidden = t.post(&foreign, &path, &body).await;
    assert_eq!((hidden.status, hidden.code()), (StatusCode::NOT_FOUND, "not-found"));
    assert!(t.effects().await.events.is_empty());
    let invited = t.post(&person, &path, &body).await;
    assert_eq!(invited.status, StatusCode::CREATED, "{invited:?}");
    assert_eq!(invited.body["administrator"], false);
    let effects = t.effects().await;
    assert_eq!(effects.events, ["account.created", "account.role_granted", "account.invited"]);
    assert_eq!(effects.mails, ["structure-invitation"]);
    let listed = t.get(&person, &path).await;
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 2, "{listed:?}");
    assert_eq!(t.get(&foreign, &path).await.status, StatusCode::NOT_FOUND);

    let own = format!("{path}/{}", person.id);
    let leaving = json!({ "administrator": false });
    let last = t.post(&person, &format!("{own}/name-administrator"), &leaving).await;
    assert_eq!((last.status, last.code()), (StatusCode::CONFLICT, "last-structure-administrator"));
    let colleague = format!("{path}/{}", invited.body["id"].as_str().unwrap());
    let named =
        t.post(&person, &format!("{colleague}/name-administrator"), &json!({ "administrator": true })).await;
    assert_eq!((named.status, &named.body["administrator"]), (StatusCode::OK, &json!(true)));
    assert_eq!(t.delete(&person, &own).await.status, StatusCode::NO_CONTENT, "another one is left");
    let events = t.effects().await.events;
    assert_eq!(events, ["account.role_granted", "account.role_revoked", "account.state_changed"]);
    assert_eq!(t.get(&person, &path).await.status, StatusCode::UNAUTHORIZED, "the account is closed");
}
