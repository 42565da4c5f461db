//! The mission order, typeset once the mission is accepted; the report; the end.

use entity::{document, job};
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use time::Duration;
use time::macros::datetime;

use super::bench::Bench;
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
