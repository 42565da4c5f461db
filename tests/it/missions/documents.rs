//! The mission order, typeset once the mission is accepted; the report; the end.

use entity::account_role::Role;
use entity::agreement_request::RequestState;
use entity::{document, job, mission};
use parchemin::features::missions::{Dossier, documents};
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use time::Duration;
use time::macros::datetime;

use super::bench::Bench;
use crate::agreements::desk::Desk;
use crate::support::Person;

/// How many documents this person finds on the page of a mission.
async fn orders(bench: &Bench, person: &Person, path: &str) -> usize {
    bench.t.open(person, path).await.1.matches("/documents/").count()
}

#[tokio::test]
async fn the_mission_order_is_typeset_and_read_by_its_expert_only() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    bench.work().await;
    for job in job::Entity::find().all(bench.t.app.db.read()).await.unwrap() {
        assert_eq!(job.state, job::JobState::Done, "{} {:?}", job.payload, job.error);
    }
    let number = bench.read(&id).await["number"].as_str().unwrap().to_owned();
    let (_, page) = bench.t.open(&bench.own, &format!("/missions/{number}")).await;
    assert!(page.contains("Ordre de mission"), "{page}");
    let link = page.split("href=\"").find(|part| part.contains("/documents/")).unwrap();
    let link = link.split('"').next().unwrap();
    let response = bench.t.client.get(link).header("cookie", &bench.own.cookie).send().await;
    response.assert_status_is_ok();
    response.assert_header("content-type", "application/pdf");
    let other = bench.t.of_expert(bench.mandataire("Bérard").await.id).await;
    let (status, _) = bench.t.open(&other, link).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_order_is_read_by_whoever_it_names_and_by_the_team() {
    let bench = Bench::new().await;
    let second = bench.mandataire("Bérard").await;
    let account = bench.t.of_expert(second.id).await;
    let id = bench.accepted().await;
    bench.work().await;
    let body = json!({ "reason": "health", "substitutes": [{ "expert_id": second.id }] });
    assert_eq!(bench.act(&bench.officer, &id, "drop-out", &body).await.status, 200);
    bench.t.advance(Duration::hours(1));
    let path = format!("/missions/{}", bench.read(&id).await["number"].as_str().unwrap());
    assert_eq!(
        (orders(&bench, &account, &path).await, orders(&bench, &bench.officer, &path).await),
        (0, 1),
        "offered"
    );
    assert_eq!(bench.act(&account, &id, "accept", &Value::Null).await.status, 200);
    bench.work().await;
    assert_eq!(
        (orders(&bench, &account, &path).await, orders(&bench, &bench.officer, &path).await),
        (1, 2),
        "accepted"
    );
}

#[tokio::test]
async fn no_order_is_made_once_the_person_gave_the_mission_up() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    assert_eq!(bench.act(&bench.own, &id, "drop-out", &json!({ "reason": "health" })).await.status, 200);
    bench.work().await;
    assert!(document::Entity::find().all(bench.t.app.db.read()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_mission_goes_to_its_report() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    let early = bench.act(&bench.own, &id, "start", &Value::Null).await;
    assert_eq!(early.status, 422);
    bench.t.set_now(datetime!(2025-10-20 06:30 UTC));
    assert_eq!(bench.act(&bench.own, &id, "start", &Value::Null).await.status, 200);
    let soon = bench.act(&bench.own, &id, "report", &json!({ "report": "Tout va bien" })).await;
    assert_eq!((soon.status.as_u16(), soon.code()), (409, "mission-wrong-state"));
    assert_eq!(bench.act(&bench.own, &id, "finish", &Value::Null).await.status, 200);
    let empty = bench.act(&bench.own, &id, "report", &json!({ "report": " " })).await;
    assert_eq!((empty.status.as_u16(), empty.pointers()), (422, vec!["/report"]));
    let body = json!({ "report": "Douze personnes, aucune absence." });
    assert_eq!(bench.act(&bench.own, &id, "report", &body).await.status, 200);
    assert_eq!(bench.state(&id).await, "report_received");
    assert_eq!(bench.read(&id).await["report"], "Douze personnes, aucune absence.");
}

/// What the order of a mission says, as its expert will read it.
async fn said(app: &std::sync::Arc<parchemin::app::App>, id: &str) -> Value {
    let id = entity::ids::MissionId(id.parse().unwrap());
    let conn = app.db.read();
    let mission = mission::Entity::find_by_id(id).one(conn).await.unwrap().unwrap();
    let dossier = Dossier::around(conn, mission).await.unwrap();
    documents::mission_order(app, &dossier, app.now()).await.unwrap()
}

#[tokio::test]
async fn the_order_says_when_the_report_is_due_by_the_setting() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    let order = said(&bench.t.app, &id).await;
    assert_eq!(order["report_due"], "27 octobre 2025");
    assert_eq!(order["jury"], true, "its words are those of a jury, not of a control");
    assert_eq!(
        (&order["request"], &order["trigger"], &order["pieces"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    let manager = bench.t.person(Role::Manager).await;
    let rules = json!({ "value": { "report_within_days": 2 } });
    let changed = bench.t.patch(&manager, "/settings/missions.rules", Some(0), &rules).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    assert_eq!(said(&bench.t.app, &id).await["report_due"], "22 octobre 2025");
}

#[tokio::test]
async fn the_order_of_a_control_goes_with_the_file_of_the_structure_and_the_report_of_its_control() {
    let desk = Desk::new().await;
    desk.t.declare_year(desk.controller.id).await;
    desk.reach(RequestState::OpinionGiven).await;
    let day = desk.t.app.today() + Duration::days(45);
    let mut body = json!({
        "expert_id": desk.controller.id,
        "object": "inspection",
        "title": "Contrôle de suivi",
        "structure_id": desk.structure.id,
        "starts_on": day.to_string(),
        "starts_time": "09:00",
        "ends_time": "17:00",
    });
    let created = desk.t.post(&desk.officer, "/missions", &body).await;
    assert_eq!(created.status, 201, "{created:?}");
    let number = desk.read().await["number"].as_str().unwrap().to_owned();
    let order = said(&desk.t.app, created.body["id"].as_str().unwrap()).await;
    assert_eq!((&order["request"], &order["trigger"]), (&json!(number), &json!("Agrément de la structure")));
    assert_eq!(
        order["pieces"],
        json!([format!("Dossier d’agrément {number} de la structure")]),
        "not typeset yet"
    );
    desk.work().await;
    let order = said(&desk.t.app, created.body["id"].as_str().unwrap()).await;
    let report = format!("Rapport définitif du contrôle mené pour le dossier {number}");
    assert_eq!(order["pieces"][1], json!(report), "{order}");
    body["object"] = json!("meeting");
    body["starts_on"] = json!((day + Duration::days(1)).to_string());
    let meeting = desk.t.post(&desk.officer, "/missions", &body).await;
    assert_eq!(meeting.status, 201, "{meeting:?}");
    let order = said(&desk.t.app, meeting.body["id"].as_str().unwrap()).await;
    assert_eq!(
        order["pieces"].as_array().unwrap().len(),
        1,
        "the report is for controls and support: {order}"
    );
}

/// The orders that somebody finds in the list of all documents.
async fn listed(bench: &Bench, person: &Person) -> Vec<String> {
    let found = bench.t.get(person, "/documents?kind=mission-order").await;
    assert_eq!(found.status, 200, "{found:?}");
    let items = found.body["items"].as_array().unwrap();
    items.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_list_of_all_documents_has_the_rights_of_the_mission() {
    let bench = Bench::new().await;
    let second = bench.mandataire("Bérard").await;
    let account = bench.t.of_expert(second.id).await;
    let structure = bench.t.of_structure(bench.structure.id).await;
    let id = bench.accepted().await;
    bench.work().await;
    let first = listed(&bench, &bench.own).await;
    assert_eq!((first.len(), listed(&bench, &bench.officer).await), (1, first.clone()));
    for person in [&account, &structure] {
        assert!(listed(&bench, person).await.is_empty(), "{:?}", person.actor.held);
    }
    let path = format!("/documents/{}", first[0]);
    for (person, status) in [(&bench.own, 200), (&bench.officer, 200), (&account, 404), (&structure, 404)] {
        assert_eq!(bench.t.get(person, &path).await.status, status);
        assert_eq!(bench.t.get(person, &format!("{path}/content")).await.status, status);
    }
    let body = json!({ "reason": "health", "substitutes": [{ "expert_id": second.id }] });
    assert_eq!(bench.act(&bench.officer, &id, "drop-out", &body).await.status, 200);
    bench.t.advance(Duration::hours(1));
    assert!(listed(&bench, &account).await.is_empty(), "the order of somebody else");
    assert_eq!(bench.act(&account, &id, "accept", &Value::Null).await.status, 200);
    bench.work().await;
    assert!(listed(&bench, &bench.own).await.is_empty(), "the mission is not theirs any more");
    let theirs = listed(&bench, &account).await;
    assert!(theirs.len() == 1 && theirs != first, "their own order alone: {theirs:?}");
    assert_eq!(listed(&bench, &bench.officer).await.len(), 2);
}
