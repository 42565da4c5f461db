//! What the team answers.

use entity::access_request::AccessState;
use entity::account_role::{self, Role};
use entity::{account, mail, structure};
use parchemin::features::access::jobs::forget_requests;
use poem::http::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use time::Duration;

use crate::support::TestApp;

const EMAIL: &str = "eve@paniers.exemple";

impl TestApp {
    async fn path_of_last(&self) -> String {
        format!("/access-requests/{}", self.last_request().await.id)
    }

    /// The place of an address among the accounts.
    async fn place_of(&self, email: &str) -> account_role::Model {
        let conn = self.app.db.read();
        let found = account::Entity::find().filter(account::Column::EmailFolded.eq(email)).one(conn).await;
        let of_account = account_role::Column::AccountId.eq(found.unwrap().unwrap().id);
        account_role::Entity::find().filter(of_account).one(conn).await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn accepting_records_the_structure_and_invites_its_first_person() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let number = t.asked(7, EMAIL).await;
    t.effects().await;
    let page = format!("/acces/{number}");
    let (status, html) = t.open(&officer, &page).await;
    assert_eq!(status, StatusCode::OK);
    for said in ["3 rue des Vignes, 49000 Angers", "la structure est enregistrée", "Ève O’Brien, Directrice"]
    {
        assert!(html.contains(said), "{said}: {html}");
    }
    let stale = t.submit(&officer, &format!("{page}/accepter"), &[("version", "1")]).await;
    assert_eq!((stale.0, stale.1.as_str()), (StatusCode::SEE_OTHER, page.as_str()));
    assert!(t.effects().await.events.is_empty(), "somebody else changed it");
    let done = t.submit(&officer, &format!("{page}/accepter"), &[("version", "2")]).await;
    assert_eq!((done.0, done.1.as_str()), (StatusCode::SEE_OTHER, page.as_str()));
    let effects = t.effects().await;
    assert_eq!(effects.events.first().map(String::as_str), Some("structure.created"));
    assert_eq!(effects.events.last().map(String::as_str), Some("access_request.accepted"));
    assert_eq!(effects.mails, ["structure-invitation"]);
    let request = t.last_request().await;
    let recorded = structure::Entity::find_by_id(request.structure_id.unwrap()).one(t.app.db.read()).await;
    let recorded = recorded.unwrap().unwrap();
    assert_eq!((recorded.name.as_str(), recorded.commune.as_str()), ("Les Paniers du Layon", "Angers"));
    let place = t.place_of(EMAIL).await;
    assert_eq!((place.structure_id, place.structure_admin), (Some(recorded.id), true));
    let again = t.post(&officer, &format!("{}/accept", t.path_of_last().await), &Value::Null).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "access-request-step"));
    assert_eq!(t.get(&officer, "/todo").await.body["items"], json!([]));
}

#[tokio::test]
async fn the_menu_of_the_team_leads_to_the_requests() {
    let t = TestApp::new().await;
    let entry = "<li><a href=\"/acces\">Demandes de compte</a></li>";
    for (role, leads) in [(Role::Officer, true), (Role::Manager, true), (Role::Auditor, false)] {
        let person = t.person(role).await;
        let (_, html) = t.open(&person, "/plan-du-site").await;
        assert_eq!(html.contains(entry), leads, "{role:?}: {html}");
    }
}

#[tokio::test]
async fn a_structure_that_is_known_gets_a_colleague_and_nothing_else_changes() {
    let t = TestApp::new().await;
    let known = t.structure("Les Jardins du Morvan").await;
    t.of_structure(known.id).await;
    let manager = t.person(Role::Manager).await;
    let number = t.asked(0, EMAIL).await;
    let (_, html) = t.open(&manager, &format!("/acces/{number}")).await;
    assert!(html.contains("Une personne a déjà un compte pour cette structure"), "{html}");
    assert!(html.contains("déjà enregistrée sous le nom Les Jardins du Morvan"), "{html}");
    t.effects().await;
    let path = t.path_of_last().await;
    let accepted = t.post(&manager, &format!("{path}/accept"), &Value::Null).await;
    assert_eq!(accepted.status, StatusCode::OK, "{accepted:?}");
    assert_eq!(
        (&accepted.body["state"], &accepted.body["structure_id"]),
        (&json!("accepted"), &json!(known.id))
    );
    assert_eq!(structure::Entity::find().count(t.app.db.read()).await.unwrap(), 1);
    let place = t.place_of(EMAIL).await;
    assert_eq!((place.structure_id, place.structure_admin), (Some(known.id), false));

    let number = t.asked(0, EMAIL).await;
    t.effects().await;
    let refused = t.post(&manager, &format!("{}/accept", t.path_of_last().await), &Value::Null).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "already a colleague: {refused:?}");
    assert!(t.effects().await.events.is_empty());
    let path = format!("/acces/{number}/accepter");
    assert_eq!(t.submit(&manager, &path, &[]).await.1, format!("/acces/{number}"), "the page says it");
    assert_eq!(t.last_request().await.state, AccessState::Pending);
}

#[tokio::test]
async fn a_refusal_needs_a_reason_which_the_person_reads() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let number = t.asked(7, EMAIL).await;
    let path = format!("/acces/{number}/refuser");
    t.effects().await;
    let (status, _, html) = t.submit(&officer, &path, &[("version", "2"), ("reason", " ")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("champ-reason-err"), "{html}");
    assert!(t.effects().await.events.is_empty());
    let why = "Ce numéro est celui d’une structure fermée.";
    let sent = [("version", "2"), ("reason", why)];
    assert_eq!(t.submit(&officer, &path, &sent).await.0, StatusCode::SEE_OTHER);
    let effects = t.effects().await;
    assert_eq!(
        (effects.events, effects.mails),
        (vec!["access_request.refused".to_owned()], vec!["access-refused".to_owned()])
    );
    let mails = mail::Entity::find().all(t.app.db.read()).await.unwrap();
    let told = mails.iter().find(|mail| mail.template == "access-refused").unwrap();
    assert!(told.body_text.contains(why) && told.recipient["address"] == EMAIL, "{told:?}");
    let (_, html) = t.open(&officer, &format!("/acces/{number}")).await;
    assert!(html.contains(why) && html.contains("Refusée") && !html.contains("/accepter"), "{html}");
    assert_eq!(structure::Entity::find().count(t.app.db.read()).await.unwrap(), 0);

    t.advance(Duration::days(366));
    forget_requests(&t.app).await.unwrap();
    assert_eq!(t.open(&officer, &format!("/acces/{number}")).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_requests_are_the_business_of_the_team() {
    let t = TestApp::new().await;
    let number = t.asked(7, EMAIL).await;
    let path = t.path_of_last().await;
    let known = t.structure("Les Jardins du Morvan").await;
    let mut others = vec![t.of_structure(known.id).await];
    for role in [Role::Expert, Role::Trainee, Role::Auditor] {
        others.push(t.person(role).await);
    }
    t.effects().await;
    for person in &others {
        for read in ["/access-requests", path.as_str()] {
            assert_eq!(t.get(person, read).await.status, StatusCode::NOT_FOUND, "{read}");
        }
        let reason = json!({ "reason": "non" });
        for (act, body) in [("accept", &Value::Null), ("refuse", &reason)] {
            assert_eq!(
                t.post(person, &format!("{path}/{act}"), body).await.status,
                StatusCode::NOT_FOUND,
                "{act}"
            );
        }
        for page in ["/acces".to_owned(), format!("/acces/{number}")] {
            assert_eq!(t.open(person, &page).await.0, StatusCode::NOT_FOUND, "{page}");
        }
    }
    assert!(t.effects().await.events.is_empty());
    for role in [Role::Admin, Role::Manager, Role::Officer] {
        let person = t.person(role).await;
        assert_eq!(t.get(&person, &path).await.status, StatusCode::OK, "{role}");
        let (status, html) = t.open(&person, "/acces").await;
        assert!(status == StatusCode::OK && html.contains(&number), "{role}: {html}");
    }
}
