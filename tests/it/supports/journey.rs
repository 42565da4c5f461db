//! A support from its request to the opinion of the structure, through the API.

use entity::account_role::Role;
use parchemin::features::supports::jobs;
use serde_json::{Value, json};
use time::Duration;

use crate::missions::bench::Bench;
use crate::support::Person;

/// What a support says of itself, whoever reads it.
async fn state(bench: &Bench, id: &str) -> String {
    let read = bench.t.get(&bench.officer, &format!("/teaching-supports/{id}")).await;
    assert_eq!(read.status, 200, "{read:?}");
    read.body["state"].as_str().unwrap().to_owned()
}

async fn act(bench: &Bench, who: &Person, id: &str, verb: &str, body: &Value) {
    let answer = bench.t.post(who, &format!("/teaching-supports/{id}/{verb}"), body).await;
    assert_eq!(answer.status, 200, "{verb}: {answer:?}");
}

/// A support that was asked for and accepted; its key.
async fn accepted(bench: &Bench, owner: &Person, manager: &Person) -> String {
    let body = json!({
        "structure_id": bench.structure.id,
        "origin": "asked",
        "need": "Préparer les observations",
        "objectives": "Deux observations par compétence",
        "mode": "on_site",
    });
    let asked = bench.t.post(owner, "/teaching-supports", &body).await;
    assert_eq!(asked.status, 201, "{asked:?}");
    let id = asked.body["id"].as_str().unwrap().to_owned();
    assert_eq!(bench.t.effects().await.mails, ["support-requested", "support-requested"]);
    let budget = json!({ "half_days": 2, "cost_cents": 0, "payer": "certifier" });
    act(bench, manager, &id, "accept", &budget).await;
    assert_eq!(bench.t.effects().await.mails, ["support-accepted"]);
    id
}

fn date(bench: &Bench) -> Value {
    json!({
        "expert_id": bench.expert.id,
        "starts_on": "2025-10-20",
        "starts_time": "09:00",
        "ends_time": "17:00",
    })
}

#[tokio::test]
async fn a_support_goes_from_its_request_to_the_opinion_of_the_structure() {
    let bench = Bench::new().await;
    let owner = bench.t.of_structure(bench.structure.id).await;
    let manager = bench.t.person(Role::Manager).await;
    bench.t.effects().await;
    let id = accepted(&bench, &owner, &manager).await;
    act(&bench, &bench.officer, &id, "schedule", &date(&bench)).await;
    assert_eq!(state(&bench, &id).await, "scheduled");
    let read = bench.t.get(&bench.officer, &format!("/teaching-supports/{id}")).await;
    let mission = read.body["mission_id"].as_str().unwrap().to_owned();
    assert_eq!(bench.act(&bench.own, &mission, "accept", &Value::Null).await.status, 200);
    bench.t.advance(Duration::days(15));
    bench.t.effects().await;
    let given = json!({ "minutes": 420, "persons": "Camille Nogaret\nMaud Ferrigny" });
    act(&bench, &bench.own, &id, "perform", &given).await;
    assert_eq!(state(&bench, &id).await, "performed");
    let done = bench.t.get(&bench.officer, &format!("/missions/{mission}")).await;
    assert_eq!(done.body["state"], "done", "the ledger of ties reads the mission: {done:?}");
    let report = json!({ "report": "Huit livrets relus", "actions": "Planifier deux observations" });
    act(&bench, &bench.own, &id, "report", &report).await;
    act(&bench, &bench.officer, &id, "close", &Value::Null).await;
    let rating = json!({ "satisfaction": 5, "text": "Très utile" });
    act(&bench, &owner, &id, "rate", &rating).await;
    let read = bench.t.get(&owner, &format!("/teaching-supports/{id}")).await;
    assert_eq!((&read.body["state"], &read.body["satisfaction"]), (&json!("closed"), &json!(5)));
}

#[tokio::test]
async fn a_declined_mission_gives_the_support_back_to_the_team() {
    let bench = Bench::new().await;
    let owner = bench.t.of_structure(bench.structure.id).await;
    let manager = bench.t.person(Role::Manager).await;
    bench.t.effects().await;
    let id = accepted(&bench, &owner, &manager).await;
    act(&bench, &bench.officer, &id, "schedule", &date(&bench)).await;
    let read = bench.t.get(&bench.officer, &format!("/teaching-supports/{id}")).await;
    let mission = read.body["mission_id"].as_str().unwrap().to_owned();
    assert_eq!(jobs::follow(&bench.t.app).await.unwrap(), 0, "nothing moved yet");
    let answer = bench.act(&bench.own, &mission, "decline", &json!({ "reason": "too_far" })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(jobs::follow(&bench.t.app).await.unwrap(), 1);
    assert_eq!(state(&bench, &id).await, "accepted");
}

#[tokio::test]
async fn a_late_report_is_asked_once() {
    let bench = Bench::new().await;
    let owner = bench.t.of_structure(bench.structure.id).await;
    let manager = bench.t.person(Role::Manager).await;
    bench.t.effects().await;
    let id = accepted(&bench, &owner, &manager).await;
    act(&bench, &bench.officer, &id, "schedule", &date(&bench)).await;
    let read = bench.t.get(&bench.officer, &format!("/teaching-supports/{id}")).await;
    let mission = read.body["mission_id"].as_str().unwrap().to_owned();
    bench.act(&bench.own, &mission, "accept", &Value::Null).await;
    bench.t.advance(Duration::days(15));
    act(&bench, &bench.own, &id, "perform", &json!({ "minutes": 60, "persons": "Maud Ferrigny" })).await;
    assert_eq!(jobs::remind(&bench.t.app).await.unwrap(), 0);
    bench.t.advance(Duration::days(16));
    bench.t.effects().await;
    assert_eq!(jobs::remind(&bench.t.app).await.unwrap(), 1);
    assert_eq!(bench.t.effects().await.mails, ["support-report-late"]);
    assert_eq!(jobs::remind(&bench.t.app).await.unwrap(), 0);
}
