//! Fee and expenses: claimed with receipts, sent back, corrected, certified, paid together; each refusal in words.

use entity::account_role::{self, Role};
use entity::expert;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};
use time::macros::datetime;

use super::bench::Bench;
use crate::support::Person;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// A mission that this person accepted.
async fn accepted(bench: &Bench, expert: &expert::Model, person: &Person) -> String {
    let id = bench.propose(&bench.jury(expert)).await;
    assert_eq!(bench.act(person, &id, "accept", &Value::Null).await.status, 200);
    id
}

/// Carries the mission out to its report, on its day.
async fn carried(bench: &Bench, person: &Person, id: &str) {
    bench.t.set_now(datetime!(2025-10-20 07:00 UTC));
    assert_eq!(bench.act(person, id, "start", &Value::Null).await.status, 200);
    assert_eq!(bench.act(person, id, "finish", &Value::Null).await.status, 200);
    assert_eq!(bench.act(person, id, "report", &json!({ "report": "Fait." })).await.status, 200);
}

/// A mission of the expert of the bench whose report is there.
async fn reported(bench: &Bench) -> String {
    let id = accepted(bench, &bench.expert, &bench.own).await;
    carried(bench, &bench.own, &id).await;
    id
}

async fn receipt(bench: &Bench, person: &Person, id: &str) -> u16 {
    let path = format!("/missions/{id}/receipts");
    bench.t.upload(person, &path, "billet.png", PNG.to_vec(), &[]).await.status.as_u16()
}

/// The same claim, each line with the receipt that was sent last.
async fn proved(bench: &Bench, id: &str, mut claim: Value) -> Value {
    let found = bench.t.get(&bench.own, &format!("/missions/{id}/receipts")).await;
    for line in claim["lines"].as_array_mut().unwrap() {
        line["receipt_id"] = found.body["items"][0]["id"].clone();
    }
    claim
}

fn drive() -> Value {
    json!({ "lines": [{ "spent_on": "2025-10-20", "kind": "mileage", "quantity": 120 }] })
}

fn lunch(cents: i64) -> Value {
    json!({ "lines": [
        { "spent_on": "2025-10-20", "kind": "meal", "amount_cents": cents, "label": "Déjeuner" },
        { "spent_on": "2025-10-19", "kind": "mileage", "quantity": 120 },
    ] })
}

async fn claim_of(bench: &Bench, id: &str) -> Value {
    bench.t.get(&bench.own, &format!("/missions/{id}/claim")).await.body
}

#[tokio::test]
async fn a_claim_goes_from_the_expert_to_the_payment() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = reported(&bench).await;
    let missing = bench.act(&bench.own, &id, "claim", &lunch(1_850)).await;
    assert_eq!((missing.status.as_u16(), missing.pointers()), (422, vec!["/lines/0/receipt_id"]));
    assert_eq!(receipt(&bench, &bench.own, &id).await, 200);
    let unnamed = bench.act(&bench.own, &id, "claim", &lunch(1_850)).await;
    assert_eq!((unnamed.status.as_u16(), unnamed.pointers()), (422, vec!["/lines/0/receipt_id"]));
    bench.t.effects().await;
    let body = proved(&bench, &id, lunch(1_850)).await;
    let answer = bench.act(&bench.own, &id, "claim", &body).await;
    assert_eq!((answer.status.as_u16(), &answer.body["state"]), (200, &json!("expenses_claimed")));
    let effects = bench.t.effects().await;
    assert_eq!((effects.events, effects.mails), (one("mission.expenses_claimed"), one("expenses-claimed")));
    let claim = claim_of(&bench, &id).await;
    assert_eq!((&claim["fee_cents"], &claim["expenses_cents"]), (&json!(24_000), &json!(120 * 53 + 1_850)));
    let (meal, mileage) = (&claim["lines"][0]["receipt_id"], &claim["lines"][1]["receipt_id"]);
    assert_eq!((meal, mileage), (&body["lines"][0]["receipt_id"], &Value::Null));
    let read = bench.t.get(&bench.own, &format!("/missions/{id}/claim")).await;
    assert_eq!(read.etag, answer.etag, "the version that `If-Match` of the next act names");
    let twice = bench.act(&bench.own, &id, "claim", &lunch(1_850)).await;
    assert_eq!((twice.status.as_u16(), twice.code()), (409, "mission-wrong-state"));
    assert_eq!(receipt(&bench, &bench.own, &id).await, 409, "the claim left");

    let pay = json!({ "mission_ids": [id], "paid_on": "2025-10-20", "payment": "VIR-1" });
    let early = bench.t.post(&manager, "/missions/payable/settle", &pay).await;
    assert_eq!((early.status.as_u16(), early.code()), (409, "mission-claim-state"));
    assert!(early.body["detail"].as_str().unwrap().contains("MIS-2025-0001"));
    assert_eq!(bench.act(&bench.officer, &id, "certify", &Value::Null).await.status, 200);
    let again = bench.act(&bench.officer, &id, "certify", &Value::Null).await;
    assert_eq!((again.status.as_u16(), again.code()), (409, "mission-claim-state"));
    let late = bench.act(&bench.officer, &id, "return-claim", &json!({ "reason": "Trop tard" })).await;
    assert_eq!((late.status.as_u16(), late.code()), (409, "mission-claim-state"));

    let payable = bench.t.get(&manager, "/missions/payable").await.body;
    assert_eq!(payable["items"][0]["total_cents"], json!(24_000 + 120 * 53 + 1_850));
    let csv = bench.t.post(&manager, "/missions/payable/export", &Value::Null).await;
    assert_eq!(csv.status, 200);
    let text = csv.body.as_str().unwrap();
    assert!(text.starts_with("\u{feff}Mission;Objet;Date;"), "{text}");
    assert!(text.contains("MIS-2025-0001;Présidence de jury;2025-10-20;"), "{text}");
    assert!(text.contains(";240,00;82,10;322,10;2025-10-20\n"), "{text}");
    bench.t.effects().await;
    let settled = bench.t.post(&manager, "/missions/payable/settle", &pay).await;
    assert_eq!((settled.status.as_u16(), &settled.body["mission_ids"]), (200, &json!([id])));
    let effects = bench.t.effects().await;
    assert_eq!((effects.events, effects.mails), (one("mission.settled"), one("expenses-settled")));
    assert_eq!(bench.state(&id).await, "settled");
    let claim = claim_of(&bench, &id).await;
    assert_eq!((&claim["state"], &claim["paid_on"]), (&json!("paid"), &json!("2025-10-20")));
    assert_eq!(bench.t.get(&manager, "/missions/payable").await.body["items"], json!([]));
    let twice = bench.t.post(&manager, "/missions/payable/settle", &pay).await;
    assert_eq!((twice.status.as_u16(), twice.code()), (409, "mission-claim-state"));
}

fn one(name: &str) -> Vec<String> {
    vec![name.to_owned()]
}

#[tokio::test]
async fn an_export_asked_twice_under_one_key_is_the_same_file_and_one_line_of_the_journal() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = reported(&bench).await;
    assert_eq!(bench.act(&bench.own, &id, "claim", &drive()).await.status, 200);
    assert_eq!(bench.act(&bench.officer, &id, "certify", &Value::Null).await.status, 200);
    bench.t.effects().await;
    let ask = async |key: &str| {
        let asked = bench.t.client.post("/api/v1/missions/payable/export");
        let asked = asked.header("authorization", format!("Bearer {}", manager.token));
        let response = asked.header("idempotency-key", key).send().await.0;
        let headers = ["content-type", "content-disposition"]
            .map(|name| response.header(name).unwrap_or_default().to_owned());
        let status = response.status().as_u16();
        (status, headers, response.into_body().into_vec().await.unwrap())
    };
    let first = ask("export-1").await;
    let (status, [kind, name], file) = &first;
    assert_eq!((*status, kind.as_str()), (200, "application/octet-stream"));
    assert!(name.starts_with("attachment; filename=\"missions-a-payer.csv\""), "{name}");
    assert!(String::from_utf8_lossy(file).contains("MIS-2025-0001;"), "{file:?}");
    assert_eq!(bench.t.effects().await.events, ["mission.payable_exported"]);

    let pay = json!({ "mission_ids": [id], "paid_on": "2025-10-20", "payment": "VIR-1" });
    assert_eq!(bench.t.post(&manager, "/missions/payable/settle", &pay).await.status, 200);
    bench.t.effects().await;
    assert_eq!(ask("export-1").await, first, "what was taken, not what is there now");
    assert_eq!(bench.t.effects().await.events, Vec::<String>::new());
    let (_, _, now) = ask("export-2").await;
    assert!(!String::from_utf8_lossy(&now).contains("MIS-2025-0001;"));
    assert_eq!(bench.t.effects().await.events, ["mission.payable_exported"]);
}

#[tokio::test]
async fn a_ceiling_without_a_reason_and_a_day_outside_are_refused_in_words() {
    let bench = Bench::new().await;
    let id = reported(&bench).await;
    assert_eq!(receipt(&bench, &bench.own, &id).await, 200);
    let mut body = proved(&bench, &id, lunch(4_500)).await;
    let refused = bench.act(&bench.own, &id, "claim", &body).await;
    assert_eq!((refused.status.as_u16(), refused.pointers()), (422, vec!["/reason"]));
    let told = refused.body["errors"][0]["message"].as_str().unwrap();
    assert!(told.contains("le plafond des repas") && told.contains("45,00"), "{told}");
    let whole = json!({ "lines": [{
        "spent_on": "2025-10-20", "kind": "transport", "amount_cents": 18_001, "label": "Train",
    }] });
    let whole = proved(&bench, &id, whole).await;
    let refused = bench.act(&bench.own, &id, "claim", &whole).await;
    assert!(refused.body["errors"][0]["message"].as_str().unwrap().contains("le plafond de la mission"));
    let outside = json!({ "lines": [{ "spent_on": "2025-10-25", "kind": "mileage", "quantity": 10 }] });
    let refused = bench.act(&bench.own, &id, "claim", &outside).await;
    assert_eq!((refused.status.as_u16(), refused.pointers()), (422, vec!["/lines/0/spent_on"]));
    let told = refused.body["errors"][0]["message"].as_str().unwrap();
    assert!(told.contains("hors de la mission") && told.contains("21 octobre 2025"), "{told}");
    assert_eq!(bench.state(&id).await, "report_received", "nothing was changed");
    body["reason"] = json!("Salon dans la ville, aucun autre restaurant");
    assert_eq!(bench.act(&bench.own, &id, "claim", &body).await.status, 200);
}

#[tokio::test]
async fn a_claim_comes_back_with_a_reason_and_is_corrected() {
    let bench = Bench::new().await;
    let id = reported(&bench).await;
    assert_eq!(receipt(&bench, &bench.own, &id).await, 200);
    let body = proved(&bench, &id, lunch(1_850)).await;
    assert_eq!(bench.act(&bench.own, &id, "claim", &body).await.status, 200);
    let blank = bench.act(&bench.officer, &id, "return-claim", &json!({ "reason": " " })).await;
    assert_eq!((blank.status.as_u16(), blank.pointers()), (422, vec!["/reason"]));
    bench.t.effects().await;
    let reason = json!({ "reason": "Facture illisible" });
    assert_eq!(bench.act(&bench.officer, &id, "return-claim", &reason).await.status, 200);
    let effects = bench.t.effects().await;
    assert_eq!((effects.events, effects.mails), (one("mission.expenses_returned"), one("expenses-returned")));
    assert!(bench.mails("expenses-returned").await[0].body_text.contains("Facture illisible"));
    assert_eq!(bench.state(&id).await, "report_received");
    assert_eq!(claim_of(&bench, &id).await["return_reason"], "Facture illisible");
    assert_eq!(bench.act(&bench.own, &id, "claim", &drive()).await.status, 200, "over the former one");
    let claim = claim_of(&bench, &id).await;
    assert_eq!((claim["lines"].as_array().unwrap().len(), &claim["state"]), (1, &json!("submitted")));
    assert_eq!(claim["return_reason"], Value::Null);
}

#[tokio::test]
async fn nobody_claims_reads_or_pays_what_is_not_theirs_to() {
    let bench = Bench::new().await;
    let other = bench.t.of_expert(bench.mandataire("Bérard").await.id).await;
    let structure = bench.t.of_structure(bench.structure.id).await;
    let early = accepted(&bench, &bench.expert, &bench.own).await;
    let soon = bench.act(&bench.own, &early, "claim", &drive()).await;
    assert_eq!((soon.status.as_u16(), soon.code()), (409, "mission-wrong-state"));
    assert_eq!(receipt(&bench, &bench.own, &early).await, 409, "nothing took place yet");
    carried(&bench, &bench.own, &early).await;
    for (person, status) in [(&bench.officer, 403), (&other, 404), (&structure, 404)] {
        assert_eq!(bench.act(person, &early, "claim", &drive()).await.status.as_u16(), status);
        assert_eq!(receipt(&bench, person, &early).await, status);
    }
    let receipts = format!("/missions/{early}/receipts");
    let no_pdf = b"pas un PDF".to_vec();
    let fake = bench.t.upload(&bench.own, &receipts, "billet.pdf", no_pdf, &[]).await;
    assert_eq!((fake.status.as_u16(), fake.pointers()), (422, vec!["/file"]));
    assert_eq!(bench.act(&bench.own, &early, "claim", &drive()).await.status, 200);
    assert_eq!(bench.t.get(&other, &format!("/missions/{early}/claim")).await.status, 404);
    assert_eq!(bench.act(&bench.own, &early, "certify", &Value::Null).await.status, 403);
    assert_eq!(bench.act(&other, &early, "certify", &Value::Null).await.status, 404);
    assert_eq!(bench.act(&bench.officer, &early, "certify", &Value::Null).await.status, 200);
    let pay = json!({ "mission_ids": [early], "paid_on": "2025-10-20", "payment": "VIR-1" });
    for (person, status) in [(&bench.officer, 403), (&bench.own, 404), (&structure, 404)] {
        let refused = bench.t.post(person, "/missions/payable/settle", &pay).await;
        assert_eq!(refused.status.as_u16(), status);
        assert_eq!(bench.t.get(person, "/missions/payable").await.status.as_u16(), status);
    }
    assert_eq!(bench.state(&early).await, "expenses_claimed");
}

#[tokio::test]
async fn a_person_never_certifies_or_settles_their_own_claim() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = reported(&bench).await;
    let held = account_role::ActiveModel {
        id: Set(bench.t.app.new_id().into()),
        account_id: Set(bench.own.id),
        role: Set(Role::Manager),
        structure_id: Set(None),
        structure_admin: Set(false),
        certification_id: Set(None),
        regions: Set(String::new()),
        granted_at: Set(bench.t.app.now().into()),
    };
    let conn = bench.t.app.db.bookkeeping();
    account_role::Entity::insert(held).exec_without_returning(conn).await.unwrap();
    assert_eq!(bench.act(&bench.own, &id, "claim", &drive()).await.status, 200);
    let refused = bench.act(&bench.own, &id, "certify", &Value::Null).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (403, "not-independent"));
    assert!(refused.body["detail"].as_str().unwrap().contains("Ces frais sont les vôtres"));
    assert_eq!(bench.act(&manager, &id, "certify", &Value::Null).await.status, 200);
    let pay = json!({ "mission_ids": [id], "paid_on": "2025-10-20", "payment": "VIR-1" });
    let refused = bench.t.post(&bench.own, "/missions/payable/settle", &pay).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (403, "not-independent"));
    let (_, page) = bench.t.open(&bench.own, "/missions/a-payer").await;
    assert!(page.contains("ces frais sont les vôtres") && !page.contains("name=\"missions\""), "{page}");
    assert_eq!(bench.t.post(&manager, "/missions/payable/settle", &pay).await.status, 200);
}

#[tokio::test]
async fn missions_are_settled_together_or_not_at_all() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let second = bench.mandataire("Bérard").await;
    let account = bench.t.of_expert(second.id).await;
    let first = accepted(&bench, &bench.expert, &bench.own).await;
    let next = accepted(&bench, &second, &account).await;
    for (person, id) in [(&bench.own, &first), (&account, &next)] {
        carried(&bench, person, id).await;
        assert_eq!(bench.act(person, id, "claim", &drive()).await.status, 200);
    }
    assert_eq!(bench.act(&manager, &first, "certify", &Value::Null).await.status, 200);
    let both = json!({ "mission_ids": [first, next], "paid_on": "2025-10-20", "payment": "VIR-7" });
    let refused = bench.t.post(&manager, "/missions/payable/settle", &both).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "mission-claim-state"));
    assert!(refused.body["detail"].as_str().unwrap().contains("MIS-2025-0002"));
    assert_eq!(bench.state(&first).await, "expenses_claimed", "all or none");
    assert_eq!(bench.act(&manager, &next, "certify", &Value::Null).await.status, 200);
    let wrong = json!({ "mission_ids": [], "paid_on": "2025-10-21", "payment": " " });
    let refused = bench.t.post(&manager, "/missions/payable/settle", &wrong).await;
    assert_eq!(
        (refused.status.as_u16(), refused.pointers()),
        (422, vec!["/mission_ids", "/paid_on", "/payment"])
    );
    assert_eq!(bench.t.post(&manager, "/missions/payable/settle", &both).await.status, 200);
    assert_eq!((bench.state(&first).await, bench.state(&next).await), ("settled".into(), "settled".into()));
    assert_eq!(bench.mails("expenses-settled").await.len(), 2);
}

#[tokio::test]
async fn a_mission_for_which_nothing_is_owed_is_settled_with_a_reason() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = reported(&bench).await;
    let body = json!({ "reason": "La personne a renoncé à son indemnité" });
    assert_eq!(bench.act(&bench.officer, &id, "settle-unclaimed", &body).await.status, 403);
    let blank = bench.act(&manager, &id, "settle-unclaimed", &json!({ "reason": "" })).await;
    assert_eq!((blank.status.as_u16(), blank.pointers()), (422, vec!["/reason"]));
    assert_eq!(bench.act(&manager, &id, "settle-unclaimed", &body).await.status, 200);
    assert_eq!(bench.state(&id).await, "settled");
    assert!(bench.mails("expenses-settled").await[0].body_text.contains("renoncé à son indemnité"));
    let claim = bench.act(&bench.own, &id, "claim", &drive()).await;
    assert_eq!((claim.status.as_u16(), claim.code()), (409, "mission-wrong-state"));
}

#[tokio::test]
async fn a_mission_proposed_without_a_fee_has_the_usual_one() {
    let bench = Bench::new().await;
    for (fee, expected) in [(Value::Null, 24_000), (json!(0), 0), (json!(12_050), 12_050)] {
        let mut body = bench.jury(&bench.expert);
        body["fee_cents"] = fee;
        let id = bench.propose(&body).await;
        assert_eq!(bench.read(&id).await["fee_cents"], json!(expected));
    }
}

#[tokio::test]
async fn a_receipt_sent_twice_is_taken_back_until_the_claim_leaves() {
    let bench = Bench::new().await;
    let id = reported(&bench).await;
    for _ in 0..2 {
        assert_eq!(receipt(&bench, &bench.own, &id).await, 200);
    }
    let path = format!("/missions/{id}/receipts");
    let found = bench.t.get(&bench.own, &path).await;
    let keys: Vec<_> = found.body["items"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
    assert_eq!(keys.len(), 2);
    let withdraw = |key: &Value| format!("{path}/{}/withdraw", key.as_str().unwrap());
    assert_eq!(bench.t.post(&bench.officer, &withdraw(&keys[0]), &Value::Null).await.status, 403);
    let form = "/missions/MIS-2025-0001/frais";
    let (_, page) = bench.t.open(&bench.own, form).await;
    let gesture = format!("retirer-{}", keys[0].as_str().unwrap());
    assert!(page.contains(&format!("value=\"{gesture}\"")), "{page}");
    bench.t.effects().await;
    let typed = [("lignes", "3"), ("lines/0/label", "Déjeuner"), ("geste", gesture.as_str())];
    let (status, _, page) = bench.t.submit(&bench.own, form, &typed).await;
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("Déjeuner") && !page.contains(&gesture), "what was typed is kept: {page}");
    assert_eq!(bench.t.effects().await.events, ["mission.receipt_withdrawn"]);
    let again = bench.t.post(&bench.own, &withdraw(&keys[0]), &Value::Null).await;
    assert_eq!(again.status, 404, "taken back once");
    let left = bench.t.get(&bench.own, &path).await;
    assert_eq!((left.body["items"].as_array().unwrap().len(), &left.body["items"][0]["id"]), (1, &keys[1]));
    assert_eq!(bench.act(&bench.own, &id, "claim", &drive()).await.status, 200);
    let late = bench.t.post(&bench.own, &withdraw(&keys[1]), &Value::Null).await;
    assert_eq!(late.status, 409, "the claim left");
}
