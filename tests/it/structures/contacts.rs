//! The other contacts of a structure: people to write to for one matter.

use entity::account_role::{self, Role};
use entity::{audit_event, audit_personal};
use poem::http::StatusCode;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use crate::support::{Person, TestApp};

fn billing() -> Value {
    json!({ "duty": "billing", "name": "Ewen Kerguélen", "email": "compta@structure.exemple" })
}

/// Somebody of a structure who does not administer it.
async fn colleague(t: &TestApp, structure: entity::ids::StructureId) -> Person {
    let person = t.of_structure(structure).await;
    let conn = t.app.db.bookkeeping();
    let held = account_role::Entity::find().filter(account_role::Column::AccountId.eq(person.id));
    let mut held: account_role::ActiveModel = held.one(conn).await.unwrap().unwrap().into();
    held.structure_admin = Set(false);
    held.update(conn).await.unwrap();
    person
}

#[tokio::test]
async fn contacts_are_added_changed_and_removed_and_mails_keep_their_address() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let owner = t.of_structure(structure.id).await;
    let path = format!("/structures/{}", structure.id);
    t.effects().await;
    let added = t.post(&owner, &format!("{path}/contacts"), &billing()).await;
    assert_eq!((added.status, added.etag.as_deref()), (StatusCode::CREATED, Some("\"2\"")), "{added:?}");
    let referent = json!({
        "duty": "cqp_referent",
        "name": "Noémie L’Hostis-Traoré",
        "title": "Encadrante technique",
        "email": "cqp@structure.exemple",
        "phone": "06 39 98 19 70",
    });
    assert_eq!(t.post(&owner, &format!("{path}/contacts"), &referent).await.status, StatusCode::CREATED);
    let read = t.get(&owner, &path).await;
    let contacts = read.body["contacts"].as_array().unwrap();
    let duties: Vec<_> = contacts.iter().map(|one| one["duty"].as_str().unwrap()).collect();
    assert_eq!(duties, ["cqp_referent", "billing"], "by matter");
    assert_eq!(read.body["contacts"][0]["phone"], "+262639981970");
    assert_eq!(read.body["contact"]["name"], "Maëlys Kerzoncuf-Attoumani", "who receives the mails");

    let one = format!("{path}/contacts/{}", added.body["id"].as_str().unwrap());
    let change = json!({ "title": "Comptable", "duty": "other" });
    let changed = t.patch(&owner, &one, Some(3), &change).await;
    assert_eq!(changed.status, StatusCode::OK, "{changed:?}");
    assert_eq!((&changed.body["title"], &changed.body["duty"]), (&json!("Comptable"), &json!("other")));
    assert_eq!(changed.body["email"], "compta@structure.exemple");
    assert_eq!(t.patch(&owner, &one, Some(3), &change).await.status, StatusCode::PRECONDITION_FAILED);
    let removed = t.delete(&owner, &one).await;
    assert_eq!(removed.status, StatusCode::OK, "{removed:?}");
    assert_eq!(removed.body["contacts"].as_array().unwrap().len(), 1);
    assert_eq!(t.delete(&owner, &one).await.status, StatusCode::NOT_FOUND);
    let effects = t.effects().await;
    let expected = ["contact_added", "contact_added", "contact_changed", "contact_removed"];
    assert_eq!(effects.events, expected.map(|act| format!("structure.{act}")));
    assert!(effects.mails.is_empty(), "{effects:?}");
}

#[tokio::test]
async fn the_journal_tells_the_matter_and_keeps_the_person_beside() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let officer = t.person(Role::Officer).await;
    let path = format!("/structures/{}/contacts", structure.id);
    let added = t.post(&officer, &path, &billing()).await;
    assert_eq!(added.status, StatusCode::CREATED, "{added:?}");
    let conn = t.app.db.read();
    let last = audit_event::Entity::find().order_by_desc(audit_event::Column::Id);
    let last = last.one(conn).await.unwrap().unwrap();
    let payload: Value = serde_json::from_str(&last.payload).unwrap();
    assert_eq!(payload["duty"], "billing");
    assert!(!last.payload.contains("Kerguélen"), "{}", last.payload);
    let beside = audit_personal::Entity::find().filter(audit_personal::Column::EventId.eq(last.id));
    let beside = beside.all(conn).await.unwrap();
    assert!(beside.iter().any(|one| one.value.as_deref() == Some("Ewen Kerguélen")), "{beside:?}");
}

#[tokio::test]
async fn the_team_and_the_administrators_of_the_structure_change_its_contacts_and_nobody_else() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let other = t.structure("Les Ateliers du Port").await;
    let path = format!("/structures/{}/contacts", structure.id);
    for role in [Role::Admin, Role::Manager, Role::Officer] {
        let person = t.person(role).await;
        assert_eq!(t.post(&person, &path, &billing()).await.status, StatusCode::CREATED, "{role}");
    }
    let member = colleague(&t, structure.id).await;
    // The token of the person was made when they still administered the structure; rights are read at each call.
    for (person, status) in [
        (&member, StatusCode::FORBIDDEN),
        (&t.person(Role::Auditor).await, StatusCode::FORBIDDEN),
        (&t.of_structure(other.id).await, StatusCode::NOT_FOUND),
        (&t.person(Role::Trainee).await, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(t.post(person, &path, &billing()).await.status, status);
    }
    let seen = t.get(&member, &format!("/structures/{}", structure.id)).await;
    assert_eq!(seen.body["contacts"].as_array().unwrap().len(), 3);
    // A contact is reached through its own structure only.
    let id = seen.body["contacts"][0]["id"].as_str().unwrap();
    let elsewhere = format!("/structures/{}/contacts/{id}", other.id);
    let officer = t.person(Role::Officer).await;
    assert_eq!(t.delete(&officer, &elsewhere).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_fault_of_a_contact_is_told_and_a_structure_has_twenty_at_most() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let officer = t.person(Role::Officer).await;
    let path = format!("/structures/{}/contacts", structure.id);
    let wrong = json!({ "duty": "billing", "name": " ", "email": "compta", "phone": "12" });
    let answer = t.post(&officer, &path, &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{answer:?}");
    assert_eq!(answer.pointers(), ["/name", "/email", "/phone"]);
    for _ in 0..20 {
        assert_eq!(t.post(&officer, &path, &billing()).await.status, StatusCode::CREATED);
    }
    let answer = t.post(&officer, &path, &billing()).await;
    assert_eq!((answer.status, answer.code()), (StatusCode::CONFLICT, "structure-contacts-too-many"));
}

#[tokio::test]
async fn an_administrator_keeps_the_contacts_from_the_pages() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let owner = t.of_structure(structure.id).await;
    let path = format!("/structures/{}", structure.siren);
    let (_, text) = t.open(&owner, "/notre-structure").await;
    assert!(text.contains("Contact principal (Directrice)") && text.contains("/contacts/nouveau"), "{text}");
    let new = format!("{path}/contacts/nouveau");
    assert_eq!(t.open(&owner, &new).await.0, StatusCode::OK);
    let mut fields = vec![
        ("duty", ""),
        ("name", "Ewen Kerguélen"),
        ("title", "Comptable"),
        ("email", "compta@structure.exemple"),
        ("version", "1"),
        ("phone", "+33 (0)1.39.98.10-00"),
    ];
    let (status, _, text) = t.submit(&owner, &new, &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Choisissez la fonction") && text.contains("value=\"Ewen Kerguélen\""), "{text}");
    fields[0] = ("duty", "billing");
    let (status, next, text) = t.submit(&owner, &new, &fields).await;
    assert_eq!((status, next.as_str()), (StatusCode::SEE_OTHER, path.as_str()), "{text}");
    let (_, text) = t.open(&owner, &path).await;
    assert!(text.contains("Facturation (Comptable)") && text.contains("compta@structure.exemple"), "{text}");
    let phone = "01\u{202f}39\u{202f}98\u{202f}10\u{202f}00";
    assert!(text.contains(phone), "in groups: {text}");
    let (_, main) = t.open(&owner, &format!("{path}/modifier")).await;
    assert!(main.contains("value=\"06\u{202f}39\u{202f}98\u{202f}10\u{202f}00\""), "{main}");

    let found = parchemin::features::structures::queries::get(t.app.db.read(), &owner.actor, structure.id);
    let contact = found.await.unwrap().contacts.remove(0);
    assert_eq!(contact.phone.as_deref(), Some("+33139981000"), "kept in one form");
    let own = format!("{path}/contacts/{}", contact.id);
    let (status, text) = t.open(&owner, &own).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("<option value=\"billing\" selected>") && text.contains("/retirer"), "{text}");
    assert!(text.contains(&format!("value=\"{phone}\"")), "{text}");
    fields[2] = ("title", "Cheffe comptable");
    fields[4] = ("version", "2");
    let (status, _, text) = t.submit(&owner, &own, &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let (status, text) = t.open(&owner, &format!("{own}/retirer")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Retirer Ewen Kerguélen des contacts"), "{text}");
    let stale = [("version", "2"), ("confirme", "oui")];
    let (status, _, _) = t.submit(&owner, &format!("{own}/retirer"), &stale).await;
    assert_eq!(status, StatusCode::CONFLICT);
    let (status, _, text) = t.submit(&owner, &format!("{own}/retirer"), &[("version", "3")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let (_, text) = t.open(&owner, &path).await;
    assert!(!text.contains("Cheffe comptable"), "{text}");

    let member = colleague(&t, structure.id).await;
    let (_, text) = t.open(&member, &path).await;
    assert!(text.contains("/modifier#contact") && !text.contains("/contacts/nouveau"), "{text}");
    assert_eq!(t.open(&member, &new).await.0, StatusCode::FORBIDDEN);
}
