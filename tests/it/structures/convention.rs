//! The State convention of a structure: recorded by the team, taken from the piece of a request, told on its page.

use entity::account_role::Role;
use entity::agreement_request::RequestState;
use entity::dated_right;
use migration::{Migrator, MigratorTrait};
use parchemin::db::{migrate, migration_status};
use parchemin::features::rights::jobs;
use poem::http::StatusCode;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};

use crate::agreements::desk::Desk;
use crate::support::TestApp;

fn convention(starts_on: &str, ends_on: &str) -> Value {
    json!({
        "number": "ACI-058-24-01",
        "issuer": "DDETS de la Nièvre",
        "starts_on": starts_on,
        "ends_on": ends_on,
    })
}

#[tokio::test]
async fn the_team_records_a_state_convention_which_is_a_right_of_the_structure() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let officer = t.person(Role::Officer).await;
    let owner = t.of_structure(structure.id).await;
    t.effects().await;
    let path = format!("/structures/{}/state-conventions", structure.id);
    let first = t.post(&officer, &path, &convention("2024-01-01", "2025-12-31")).await;
    assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
    assert_eq!(t.effects().await.events, ["right.recorded"]);
    for (name, expected) in [
        ("kind", "state_convention"),
        ("holder_name", "Les Jardins du Morvan"),
        ("reference", "ACI-058-24-01"),
        ("standing", "in_force"),
    ] {
        assert_eq!(first.body[name], expected, "{first:?}");
    }
    let met = t.post(&officer, &path, &convention("2025-12-31", "2026-12-31")).await;
    assert_eq!((met.status, met.code()), (StatusCode::CONFLICT, "right-overlap"));
    let held = t.get(&owner, "/rights?kind=state_convention").await;
    assert_eq!(held.body["items"][0]["id"], first.body["id"], "{held:?}");

    let end = format!("/rights/{}/end", first.body["id"].as_str().unwrap());
    let body = json!({ "ends_on": "2025-11-30", "reason": "Convention résiliée" });
    let stranger = t.person(Role::Structure).await;
    let auditor = t.person(Role::Auditor).await;
    for (person, status) in [
        (&owner, StatusCode::FORBIDDEN),
        (&auditor, StatusCode::FORBIDDEN),
        (&stranger, StatusCode::NOT_FOUND),
    ] {
        let asked = t.post(person, &path, &convention("2026-01-01", "2026-12-31")).await;
        assert_eq!(asked.status, status, "{asked:?}");
        assert_eq!(t.post(person, &end, &body).await.status, status);
    }
    t.effects().await;
    let ended = t.post(&officer, &end, &body).await;
    assert_eq!((ended.status, &ended.body["ends_on"]), (StatusCode::OK, &json!("2025-11-30")), "{ended:?}");
    assert_eq!(jobs::run(&t.app).await.unwrap(), 1, "the new end is less than 90 days ahead");
    assert_eq!(t.effects().await.mails, ["right-ending"]);
}

#[tokio::test]
async fn the_page_of_a_structure_tells_its_convention_as_of_a_day_and_warns_once_it_has_ended() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let officer = t.person(Role::Officer).await;
    let home = format!("/structures/{}", structure.siren);
    let path = format!("{home}/convention");
    let (_, page) = t.open(&officer, &home).await;
    assert!(page.contains("Aucune n’est enregistrée"), "{page}");
    let shape = format!("/structures/{}", structure.id);
    assert_eq!(t.get(&officer, &shape).await.body["state_agreement_until"], Value::Null);
    let (status, page) = t.open(&officer, &path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Enregistrer une convention"), "{page}");

    let mut fields =
        vec![("issuer", "DDETS de la Nièvre"), ("starts_on", "2024-01-01"), ("ends_on", "2025-12-31")];
    let (status, _, page) = t.submit(&officer, &path, &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Indiquez le numéro du document") && page.contains("DDETS de la Nièvre"), "{page}");
    fields.push(("number", "ACI-058-24-01"));
    let (status, location, page) = t.submit(&officer, &path, &fields).await;
    assert_eq!((status, &location), (StatusCode::SEE_OTHER, &path), "{page}");

    let (_, page) = t.open(&officer, &home).await;
    assert!(page.contains("du 1er janvier 2024 au 31 décembre 2025"), "{page}");
    assert!(page.contains("ACI-058-24-01") && !page.contains("a pris fin"), "{page}");
    assert_eq!(t.get(&officer, &shape).await.body["state_agreement_until"], "2025-12-31", "from the right");
    let (_, page) = t.open(&officer, &format!("{home}?au=2026-01-01")).await;
    assert!(page.contains("La convention IAE a pris fin le 31 décembre 2025."), "{page}");
    let (_, page) = t.open(&officer, &path).await;
    assert!(page.contains("value=\"2026-01-01\"") && page.contains("value=\"2026-12-31\""), "{page}");
    assert!(page.contains("value=\"ACI-058-24-01\"") && page.contains("/fin\""), "{page}");

    let owner = t.of_structure(structure.id).await;
    let (status, page) = t.open(&owner, &path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("ACI-058-24-01"), "{page}");
    assert!(!page.contains("Enregistrer une convention") && !page.contains("/fin\""), "{page}");
    assert_eq!(t.submit(&owner, &path, &fields).await.0, StatusCode::FORBIDDEN);
    let stranger = t.person(Role::Structure).await;
    assert_eq!(t.open(&stranger, &path).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_form_takes_its_days_from_the_piece_that_a_request_holds() {
    let desk = Desk::new().await;
    desk.reach(RequestState::Submitted).await;
    let path = format!("/structures/{}/convention", desk.structure.siren);
    let number = desk.read().await["number"].as_str().unwrap().to_owned();
    let (_, page) = desk.t.open(&desk.officer, &path).await;
    assert!(page.contains(&format!("pièce P02 de la demande {number}")), "{page}");
    assert!(page.contains("value=\"2025-10-05\"") && page.contains("value=\"2026-08-02\""), "{page}");
    desk.accept_pieces().await;
    let (_, page) = desk.t.open(&desk.officer, &path).await;
    assert!(page.contains("du 5 octobre 2025 au 2 août 2026"), "{page}");
    assert!(page.contains(&format!("{number} P02")) && page.contains("value=\"2026-08-03\""), "{page}");
    assert!(page.contains("/fin\"") && !page.contains("/annuler\""), "it comes from the piece: {page}");
}

#[tokio::test]
async fn what_a_structure_had_declared_becomes_a_right_unless_a_right_says_it() {
    let t = TestApp::new().await;
    let declared = t.structure("Les Jardins du Morvan").await;
    let recorded = t.structure("Les Ateliers de la Loire").await;
    let officer = t.person(Role::Officer).await;
    let path = format!("/structures/{}/state-conventions", recorded.id);
    let first = t.post(&officer, &path, &convention("2024-01-01", "2025-12-31")).await;
    assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
    let conn = t.app.db.bookkeeping();
    let steps = migration_status(&t.app.db).await.unwrap();
    let kept = steps.iter().rev().position(|step| step.name.ends_with("keep_conventions_once")).unwrap() + 1;
    Migrator::down(conn, Some(u32::try_from(kept).unwrap())).await.unwrap();
    conn.execute_unprepared("UPDATE structure SET state_agreement_until = '2027-12-31'").await.unwrap();
    migrate(&t.app.db).await.unwrap();
    let rights = dated_right::Entity::find().all(conn).await.unwrap();
    assert_eq!(rights.len(), 2, "{rights:?}");
    let right = rights.iter().find(|right| right.holder_id == declared.id.0).unwrap();
    assert_eq!(right.reference, declared.siren);
    for (structure, until) in [(&declared, "2027-12-31"), (&recorded, "2025-12-31")] {
        let read = t.get(&officer, &format!("/structures/{}", structure.id)).await;
        assert_eq!(read.body["state_agreement_until"], until, "{read:?}");
    }
}
