//! Fee and expenses: claimed, sent back, certified, exported, paid; a ceiling wants a reason.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::{Value, json};
use time::macros::datetime;

use super::bench::Bench;
use crate::support::Person;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0000IHDR";

/// A mission whose report is there.
async fn reported(bench: &Bench) -> String {
    let id = bench.accepted().await;
    bench.t.set_now(datetime!(2025-10-20 07:00 UTC));
    assert_eq!(bench.act(&bench.own, &id, "start", &Value::Null).await.status, 200);
    assert_eq!(bench.act(&bench.own, &id, "finish", &Value::Null).await.status, 200);
    assert_eq!(bench.act(&bench.own, &id, "report", &json!({ "report": "Fait." })).await.status, 200);
    id
}

async fn receipt(bench: &Bench, person: &Person, id: &str) -> u16 {
    let path = format!("/missions/{id}/receipts");
    bench.t.upload(person, &path, "billet.png", PNG.to_vec(), &[]).await.status.as_u16()
}

fn lines() -> Value {
    json!({ "lines": [
        { "kind": "mileage", "quantity": 120 },
        { "kind": "meal", "quantity": 1, "amount_cents": 1850, "label": "Déjeuner" },
    ] })
}

#[tokio::test]
async fn a_claim_goes_from_the_expert_to_the_payment() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = reported(&bench).await;
    let missing = bench.act(&bench.own, &id, "claim", &lines()).await;
    assert_eq!((missing.status.as_u16(), missing.pointers()), (422, vec!["/receipt"]));
    assert_eq!(receipt(&bench, &bench.own, &id).await, 204);
    assert_eq!(receipt(&bench, &bench.officer, &id).await, 403);
    bench.t.effects().await;
    let answer = bench.act(&bench.own, &id, "claim", &lines()).await;
    assert_eq!((answer.status.as_u16(), &answer.body["state"]), (200, &json!("expenses_claimed")));
    let effects = bench.t.effects().await;
    assert_eq!(
        (effects.events, effects.mails),
        (vec!["mission.expenses_claimed".to_owned()], vec!["expenses-claimed".to_owned()])
    );
    let claim = bench.t.get(&bench.own, &format!("/missions/{id}/claim")).await.body;
    assert_eq!((&claim["fee_cents"], &claim["expenses_cents"]), (&json!(24_000), &json!(120 * 53 + 1850)));

    let early = bench.act(&manager, &id, "settle", &json!({ "payment": "VIR-1" })).await;
    assert_eq!((early.status.as_u16(), early.code()), (409, "mission-claim-state"));
    assert_eq!(bench.act(&bench.own, &id, "certify", &Value::Null).await.status, 403);
    assert_eq!(bench.act(&bench.officer, &id, "certify", &Value::Null).await.status, 200);
    assert_eq!(bench.act(&bench.officer, &id, "certify", &Value::Null).await.code(), "mission-claim-state");
    assert_eq!(bench.t.get(&bench.officer, "/missions/payable").await.status, 404);
    let payable = bench.t.get(&manager, "/missions/payable").await;
    assert_eq!(payable.body["items"].as_array().unwrap().len(), 1);
    let (status, csv) = bench.t.open(&manager, "/missions/a-payer.csv").await;
    assert_eq!(status, StatusCode::OK);
    assert!(csv.contains("MIS-2025-0001") && csv.contains("240,00;82,10;322,10"), "{csv}");
    assert_eq!(bench.act(&manager, &id, "settle", &json!({ "payment": " " })).await.pointers(), ["/payment"]);
    assert_eq!(bench.act(&manager, &id, "settle", &json!({ "payment": "VIR-1" })).await.status, 200);
    assert_eq!(bench.state(&id).await, "settled");
    assert!(bench.t.get(&manager, "/missions/payable").await.body["items"].as_array().unwrap().is_empty());
    let events = bench.t.effects().await.events;
    assert_eq!(events, ["mission.service_done", "missions.exported", "mission.settled"]);
}

#[tokio::test]
async fn a_ceiling_wants_a_reason_and_a_claim_comes_back() {
    let bench = Bench::new().await;
    let id = reported(&bench).await;
    receipt(&bench, &bench.own, &id).await;
    let mut body = json!({ "lines": [{ "kind": "night", "quantity": 1, "amount_cents": 19_000 }] });
    let refused = bench.act(&bench.own, &id, "claim", &body).await;
    assert_eq!((refused.status.as_u16(), refused.pointers()), (422, vec!["/reason"]));
    let message =
        refused.body["errors"][0]["message"].as_str().or(refused.body["errors"][0]["detail"].as_str());
    assert!(message.unwrap_or_default().contains("plafond"), "{refused:?}");
    body["reason"] = json!("Salon dans la ville, aucun autre hôtel");
    assert_eq!(bench.act(&bench.own, &id, "claim", &body).await.status, 200);
    let back = bench.act(&bench.officer, &id, "return-claim", &json!({ "reason": "" })).await;
    assert_eq!(back.pointers(), ["/reason"]);
    let reason = json!({ "reason": "Facture illisible" });
    assert_eq!(bench.act(&bench.officer, &id, "return-claim", &reason).await.status, 200);
    assert_eq!(bench.state(&id).await, "report_received");
    assert_eq!(bench.mails("expenses-returned").await.len(), 1);
    assert_eq!(bench.act(&bench.own, &id, "claim", &body).await.status, 200, "again, over the former one");
    let claim = bench.t.get(&bench.own, &format!("/missions/{id}/claim")).await.body;
    assert_eq!((claim["lines"].as_array().unwrap().len(), &claim["state"]), (1, &json!("submitted")));
}

#[tokio::test]
async fn a_mission_without_expenses_is_settled_at_once_and_presence_is_certified() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = reported(&bench).await;
    bench.work().await;
    let (_, page) = bench.t.open(&bench.own, "/missions/MIS-2025-0001").await;
    assert!(page.contains("Attestation de présence") && page.contains("Déposer mes frais"), "{page}");
    let body = json!({ "payment": "Rien à payer" });
    assert_eq!(bench.act(&bench.officer, &id, "settle", &body).await.status, 403);
    assert_eq!(bench.act(&manager, &id, "settle", &body).await.status, 200);
    assert_eq!(bench.state(&id).await, "settled");
}

#[tokio::test]
async fn the_page_of_a_claim_keeps_what_was_typed() {
    let bench = Bench::new().await;
    let id = reported(&bench).await;
    let path = "/missions/MIS-2025-0001/frais";
    let (status, page) = bench.t.open(&bench.own, path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Barème, par kilomètre"));
    assert_eq!(bench.t.open(&bench.officer, path).await.0, StatusCode::FORBIDDEN);
    let wrong = [("lines/0/kind", "meal"), ("lines/0/amount", "beaucoup")];
    let (status, _, page) = bench.t.submit(&bench.own, path, &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("montant payé") && page.contains("beaucoup"));
    let right = [("lines/0/kind", "mileage"), ("lines/0/quantity", "120")];
    let (status, location, page) = bench.t.submit(&bench.own, path, &right).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/missions/MIS-2025-0001"), "{page}");
    assert_eq!(bench.state(&id).await, "expenses_claimed");
    let (_, page) = bench.t.open(&bench.officer, "/missions/MIS-2025-0001").await;
    assert!(page.contains("Attester le service fait") && page.contains("120 km"), "{page}");
}
