//! Accounts, for administrators.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::json;

use super::address;
use crate::support::{Person, TestApp};

#[tokio::test]
async fn an_administrator_opens_an_account_and_its_person_enters_by_the_mail() {
    let t = TestApp::new().await;
    let admin = t.person(Role::Admin).await;
    let body = json!({
        "email": "Camille@Essai.Exemple", "name": "Camille N’Guyen",
        "roles": [{ "role": "officer", "regions": ["27", "11"] }, { "role": "auditor" }],
    });
    let made = t.post(&admin, "/users", &body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{:?}", made.body);
    assert_eq!(made.etag.as_deref(), Some("\"1\""));
    assert_eq!(made.body["roles"][0]["regions"], json!(["27", "11"]));
    let effects = t.effects().await;
    assert_eq!(effects.events, ["account.created", "account.role_granted", "account.role_granted"]);
    assert_eq!(effects.mails, ["account-created"]);
    let link = t.mailed_link().await;
    assert_eq!(t.fill(&link, "", &[]).await.status, StatusCode::SEE_OTHER);
    let read = t.get(&admin, &made.location.unwrap()["/api/v1".len()..]).await;
    assert_eq!((read.status, &read.body["email"]), (StatusCode::OK, &json!("Camille@essai.exemple")));
}

#[tokio::test]
async fn every_fault_of_an_account_is_told_and_nothing_is_kept() {
    let t = TestApp::new().await;
    let admin = t.person(Role::Admin).await;
    let taken = address(&t, &admin).await;
    let nobody = uuid::Uuid::nil();
    for (body, pointers) in [
        (json!({ "email": "x", "name": "", "roles": [] }), vec!["/email", "/name", "/roles"]),
        (json!({ "email": taken, "name": "A", "roles": [{ "role": "officer" }] }), vec!["/email"]),
        (
            json!({ "email": "a@b.fr", "name": "A", "roles": [{ "role": "structure", "structure_id": nobody }] }),
            vec!["/roles/0/structure_id"],
        ),
        (
            json!({ "email": "a@b.fr", "name": "A", "roles": [{ "role": "expert" }], "expert_id": nobody }),
            vec!["/expert_id"],
        ),
    ] {
        let refused = t.post(&admin, "/users", &body).await;
        assert_eq!(
            (refused.status, refused.pointers()),
            (StatusCode::UNPROCESSABLE_ENTITY, pointers),
            "{body}"
        );
    }
    let unknown = json!({ "email": "a@b.fr", "name": "A", "roles": [{ "role": "officer" }], "admin": true });
    assert!(t.post(&admin, "/users", &unknown).await.status.is_client_error(), "unknown fields are refused");
    assert!(t.effects().await.events.is_empty());
}

#[tokio::test]
async fn who_may_see_and_who_may_change() {
    let t = TestApp::new().await;
    let admin = t.person(Role::Admin).await;
    let target = t.person(Role::Trainee).await;
    let path = format!("/users/{}", target.id);
    let body = json!({ "email": "a@b.fr", "name": "A", "roles": [{ "role": "trainee" }] });
    let change = json!({ "name": "Autre" });
    for (role, list, read, create, update) in [
        (Role::Admin, true, 200, 201, 200),
        (Role::Manager, true, 200, 403, 403),
        (Role::Officer, false, 404, 404, 404),
        (Role::Auditor, false, 404, 404, 404),
        (Role::Trainee, false, 404, 404, 404),
    ] {
        let who = if role == Role::Admin { admin.clone() } else { t.person(role).await };
        let items = t.get(&who, "/users").await.body["items"].as_array().unwrap().len();
        assert_eq!(items > 0, list, "{role}");
        assert_eq!(t.get(&who, &path).await.status.as_u16(), read, "{role}");
        assert_eq!(t.post(&who, "/users", &body).await.status.as_u16(), create, "{role}");
        assert_eq!(t.patch(&who, &path, Some(1), &change).await.status.as_u16(), update, "{role}");
        assert_eq!(t.get(&who, "/users/me").await.body["id"], json!(who.id), "{role}");
        let pages = if list { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(t.open(&who, "/parametres/utilisateurs").await.0, pages, "{role}");
        assert_eq!(t.open(&who, &format!("/parametres/utilisateurs/{}", target.id)).await.0, pages, "{role}");
    }
    let nobody = Person { token: "rien".to_owned(), ..admin };
    assert_eq!(t.get(&nobody, "/users/me").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_change_needs_the_version_read_and_writes_each_role_in_the_journal() {
    let t = TestApp::new().await;
    let (admin, target) = (t.person(Role::Admin).await, t.person(Role::Officer).await);
    let path = format!("/users/{}", target.id);
    let change = json!({ "name": "Camille Autre", "roles": [{ "role": "manager" }] });
    assert_eq!(t.patch(&admin, &path, None, &change).await.status, StatusCode::PRECONDITION_REQUIRED);
    let changed = t.patch(&admin, &path, Some(1), &change).await;
    assert_eq!((changed.status, changed.etag.as_deref()), (StatusCode::OK, Some("\"2\"")));
    assert_eq!(changed.body["roles"][0]["role"], "manager");
    let events = t.effects().await.events;
    assert_eq!(events[..3], ["account.renamed", "account.role_revoked", "account.role_granted"]);
    assert_eq!(t.patch(&admin, &path, Some(1), &change).await.status, StatusCode::PRECONDITION_FAILED);
    let none = t.patch(&admin, &path, Some(2), &json!({ "roles": [] })).await;
    assert_eq!((none.status, none.pointers()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["/roles"]));
}

#[tokio::test]
async fn closing_an_account_shuts_every_door_at_once() {
    let t = TestApp::new().await;
    let (admin, target) = (t.person(Role::Admin).await, t.person(Role::Officer).await);
    let email = address(&t, &target).await;
    t.fill("/connexion/lien", "", &[("email", &email)]).await;
    let link = t.mailed_link().await;
    t.effects().await;
    let path = format!("/users/{}", target.id);
    let closed = t.patch(&admin, &path, Some(1), &json!({ "state": "disabled" })).await;
    assert_eq!((closed.status, &closed.body["state"]), (StatusCode::OK, &json!("disabled")));
    assert_eq!(t.effects().await.events, ["account.state_changed"]);
    assert_eq!(t.get(&target, "/users/me").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(t.open(&target, "/compte").await.0, StatusCode::SEE_OTHER);
    assert_eq!(t.fill(&link, "", &[]).await.status, StatusCode::GONE);
    t.patch(&admin, &path, Some(2), &json!({ "state": "active" })).await;
    assert_eq!(t.get(&target, "/users/me").await.status, StatusCode::UNAUTHORIZED, "tokens stay revoked");
    let cookie = t.sign_in(&email).await;
    assert_eq!(t.visit("/compte", &cookie).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let t = TestApp::new().await;
    let admin = t.person(Role::Admin).await;
    let path = format!("/users/{}", admin.id);
    for change in [json!({ "state": "disabled" }), json!({ "roles": [{ "role": "manager" }] })] {
        let refused = t.patch(&admin, &path, Some(1), &change).await;
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::CONFLICT, "last-administrator"),
            "{change}"
        );
    }
    assert!(t.effects().await.events.is_empty());
    t.person(Role::Admin).await;
    let change = json!({ "roles": [{ "role": "manager" }] });
    assert_eq!(t.patch(&admin, &path, Some(1), &change).await.status, StatusCode::OK);
}

#[tokio::test]
async fn two_administrators_cannot_remove_each_other_at_the_same_time() {
    let t = TestApp::new().await;
    let (one, two) = (t.person(Role::Admin).await, t.person(Role::Admin).await);
    let close = json!({ "state": "disabled" });
    let (first, second) = (format!("/users/{}", two.id), format!("/users/{}", one.id));
    let (a, b) =
        tokio::join!(t.patch(&one, &first, Some(1), &close), t.patch(&two, &second, Some(1), &close));
    let done = [&a, &b].iter().filter(|answer| answer.status == StatusCode::OK).count();
    assert!(done <= 1, "{a:?} {b:?}");
    let left = [t.account(one.id).await, t.account(two.id).await];
    assert!(left.iter().any(|account| account.state == entity::account::AccountState::Active));
}

#[tokio::test]
async fn the_list_goes_by_cursor_and_is_narrowed() {
    let t = TestApp::new().await;
    let admin = t.person(Role::Admin).await;
    for _ in 0..4 {
        t.person(Role::Trainee).await;
    }
    let first = t.get(&admin, "/users?limit=3").await;
    let cursor = first.body["next_cursor"].as_str().unwrap();
    let second = t.get(&admin, &format!("/users?limit=3&cursor={cursor}")).await;
    let emails = |body: &serde_json::Value| {
        let items = body["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["email"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = [emails(&first.body), emails(&second.body)].concat();
    assert_eq!((all.len(), all.is_sorted()), (5, true));
    assert!(second.body["next_cursor"].is_null());
    assert_eq!(emails(&t.get(&admin, "/users?role=admin").await.body).len(), 1);
    assert_eq!(emails(&t.get(&admin, "/users?q=TRAINEE-").await.body).len(), 4);
    assert!(emails(&t.get(&admin, "/users?state=disabled").await.body).is_empty());
    assert_eq!(t.get(&admin, "/users?cursor=rien").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_pages_open_change_and_close_accounts() {
    let t = TestApp::new().await;
    let admin = t.person(Role::Admin).await;
    let list = "/parametres/utilisateurs";
    let faulty = [("email", "x"), ("name", "Camille"), ("role", "structure"), ("siret", "123")];
    let (status, _, text) = t.submit(&admin, list, &faulty).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        text.contains("nouveau-email-err") && text.contains("nouveau-siret-err") && text.contains("Camille")
    );
    let structure = t.structure("Les Jardins du Morvan").await;
    t.effects().await;
    let siret = crate::support::siret_of(0, 1).to_string();
    let good =
        [("email", "camille@essai.exemple"), ("name", "Camille"), ("role", "structure"), ("siret", &siret)];
    assert_eq!(t.submit(&admin, list, &good).await.0, StatusCode::SEE_OTHER);
    assert_eq!(t.effects().await.mails, ["account-created"]);

    let found = t.get(&admin, "/users?q=camille").await.body["items"][0].clone();
    assert_eq!(found["roles"][0]["structure_admin"], true, "the first person of a structure administers it");
    let page = format!("{list}/{}", found["id"].as_str().unwrap());
    assert!(t.open(&admin, &page).await.1.contains(&structure.name));
    let add = format!("{page}/roles");
    assert_eq!(
        t.submit(&admin, &add, &[("role", "trainee"), ("version", "1")]).await.0,
        StatusCode::SEE_OTHER
    );
    let again = t.submit(&admin, &add, &[("role", "trainee"), ("version", "2")]).await;
    assert_eq!(again.0, StatusCode::UNPROCESSABLE_ENTITY, "the same role twice");
    t.effects().await;
    let close = format!("{page}/etat");
    let (status, place, _) = t.submit(&admin, &close, &[("etat", "disabled"), ("version", "2")]).await;
    assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, close.as_str()));
    let (status, question) = t.open(&admin, &close).await;
    assert_eq!(status, StatusCode::OK);
    assert!(question.contains("confirme") && question.contains("name=\"version\" value=\"2\""), "{question}");
    assert!(t.effects().await.events.is_empty(), "asked first");
    let sure = [("etat", "disabled"), ("version", "2"), ("confirme", "oui")];
    let (status, location, _) = t.submit(&admin, &close, &sure).await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, page));
    assert!(t.effects().await.events.is_empty(), "a structure keeps its administrator");
}

#[tokio::test]
async fn going_back_to_a_question_that_was_answered_leads_to_the_account() {
    let t = TestApp::new().await;
    let (admin, target) = (t.person(Role::Admin).await, t.person(Role::Trainee).await);
    let page = format!("/parametres/utilisateurs/{}", target.id);
    let (close, reset) = (format!("{page}/etat"), format!("{page}/second-facteur"));
    let sure = [("etat", "disabled"), ("version", "1"), ("confirme", "oui")];
    assert_eq!(t.open(&admin, &close).await.0, StatusCode::OK);
    assert_eq!(t.submit(&admin, &close, &sure).await.0, StatusCode::SEE_OTHER);
    for question in [close, reset] {
        let answer = t.client.get(&question).header("cookie", &admin.cookie).send().await;
        answer.assert_status(StatusCode::SEE_OTHER);
        answer.assert_header("location", &page);
    }
    let stranger = t.person(Role::Officer).await;
    assert_ne!(t.open(&stranger, &format!("{page}/etat")).await.0, StatusCode::OK, "not theirs to close");
}

#[tokio::test]
async fn the_page_ties_the_account_of_an_expert_to_a_file() {
    let t = TestApp::new().await;
    let (admin, target) = (t.person(Role::Admin).await, t.person(Role::Expert).await);
    let expert = t.expert("Zéphyr").await;
    t.effects().await;
    let page = format!("/parametres/utilisateurs/{}", target.id);
    let tie = format!("{page}/intervenant");
    let (status, _, text) = t.submit(&admin, &tie, &[("expert", "INT-9999"), ("version", "1")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("intervenant-expert-err") && text.contains("INT-9999"));
    let good = [("expert", expert.number.as_str()), ("version", "1")];
    let manager = t.person(Role::Manager).await;
    assert_eq!(t.submit(&manager, &tie, &good).await.0, StatusCode::FORBIDDEN);
    assert_eq!(t.account(target.id).await.expert_id, None);
    let (status, location, _) = t.submit(&admin, &tie, &good).await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, page.clone()));
    assert_eq!(t.account(target.id).await.expert_id, Some(expert.id));
    assert_eq!(t.effects().await.events, ["account.profile_changed"]);
    assert!(t.open(&manager, &page).await.1.contains(&format!("/intervenants/{}", expert.number)));
    let other = format!("/parametres/utilisateurs/{}", manager.id);
    assert!(!t.open(&admin, &other).await.1.contains("Rattacher à cette fiche"));
}
