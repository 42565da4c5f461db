//! What is put right of a mission, each time in the journal: said done by mistake, paid wrong, cancelled and wanted after
//! all; and a claim paid to the employer.

use entity::account_role::Role;
use parchemin::rules::siret::Siret;
use poem::http::StatusCode;
use serde_json::{Value, json};
use time::macros::datetime;

use super::bench::Bench;
use crate::support::Person;

const PATH: &str = "/missions/MIS-2025-0001";

/// The mission of the bench, reported on its day.
async fn reported(bench: &Bench) -> String {
    let id = bench.accepted().await;
    bench.t.set_now(datetime!(2025-10-20 07:00 UTC));
    for (verb, body) in
        [("start", Value::Null), ("finish", Value::Null), ("report", json!({ "report": "Fait." }))]
    {
        let answer = bench.act(&bench.own, &id, verb, &body).await;
        assert_eq!(answer.status, 200, "{verb} {answer:?}");
    }
    id
}

fn drive() -> Value {
    json!({ "lines": [{ "spent_on": "2025-10-20", "kind": "mileage", "quantity": 100 }] })
}

async fn claimed(bench: &Bench, claim: &Value) -> String {
    let id = reported(bench).await;
    let answer = bench.act(&bench.own, &id, "claim", claim).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    id
}

async fn settled(bench: &Bench, manager: &Person) -> String {
    let id = claimed(bench, &drive()).await;
    assert_eq!(bench.act(&bench.officer, &id, "certify", &Value::Null).await.status, 200);
    let pay = json!({ "mission_ids": [id], "paid_on": "2025-10-20", "payment": "VIR-1" });
    assert_eq!(bench.t.post(manager, "/missions/payable/settle", &pay).await.status, 200);
    id
}

async fn claim_of(bench: &Bench, id: &str) -> Value {
    bench.t.get(&bench.own, &format!("/missions/{id}/claim")).await.body
}

#[tokio::test]
async fn a_mission_said_done_by_mistake_is_accepted_again_with_a_reason() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = claimed(&bench, &drive()).await;
    bench.work().await;
    let (_, page) = bench.t.open(&bench.own, PATH).await;
    assert!(page.contains("Attestation de présence"), "{page}");
    let reason = json!({ "reason": "Jury reporté" });
    for person in [&bench.officer, &bench.own] {
        assert_eq!(bench.act(person, &id, "reopen", &reason).await.status, 403);
    }
    let blank = bench.act(&manager, &id, "reopen", &json!({ "reason": " " })).await;
    assert_eq!((blank.status.as_u16(), blank.pointers()), (422, vec!["/reason"]));
    bench.t.effects().await;
    let reopened = bench.act(&manager, &id, "reopen", &reason).await;
    assert_eq!(
        (reopened.status.as_u16(), &reopened.body["state"]),
        (200, &json!("accepted")),
        "{reopened:?}"
    );
    assert_eq!(reopened.body["report"], Value::Null, "it is in the journal alone");
    let effects = bench.t.effects().await;
    assert_eq!(effects.events, ["mission.reopened"]);
    assert_eq!(effects.mails, ["mission-reopened"]);
    let claim = claim_of(&bench, &id).await;
    assert_eq!((&claim["state"], &claim["return_reason"]), (&json!("returned"), &json!("Jury reporté")));
    let (_, page) = bench.t.open(&bench.own, PATH).await;
    assert!(!page.contains("Attestation de présence"), "it certified what did not take place: {page}");
    let moved = json!({
        "starts_on": "2025-10-22", "starts_time": "09:00", "ends_time": "17:00", "reason": "Jury reporté",
    });
    assert_eq!(bench.act(&bench.officer, &id, "move", &moved).await.status, 200);
    bench.t.set_now(datetime!(2025-10-22 07:00 UTC));
    for (verb, body) in
        [("start", Value::Null), ("finish", Value::Null), ("report", json!({ "report": "Fait." }))]
    {
        assert_eq!(bench.act(&bench.own, &id, verb, &body).await.status, 200, "{verb}");
    }
    let anew = json!({ "lines": [{ "spent_on": "2025-10-22", "kind": "mileage", "quantity": 100 }] });
    assert_eq!(bench.act(&bench.own, &id, "claim", &anew).await.status, 200, "what came back is sent again");
}

#[tokio::test]
async fn a_mission_that_is_over_waits_where_it_is_once_it_is_accepted_again() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = reported(&bench).await;
    bench.t.set_now(datetime!(2025-10-21 07:00 UTC));
    let (found, _, page) =
        bench.t.submit(&manager, &format!("{PATH}/revenir"), &[("reason", "Jury reporté")]).await;
    assert_eq!(found, StatusCode::OK);
    assert!(page.contains("n’est pas réalisée") && page.contains("Acceptée"), "asked first: {page}");
    assert_eq!(bench.state(&id).await, "report_received");
    let sure = [("reason", "Jury reporté"), ("confirme", "oui")];
    let (found, location, _) = bench.t.submit(&manager, &format!("{PATH}/revenir"), &sure).await;
    assert_eq!((found, location.as_str()), (StatusCode::SEE_OTHER, PATH));
    bench.ring().await;
    assert_eq!(bench.state(&id).await, "accepted", "it does not begin again by itself");
}

#[tokio::test]
async fn a_mission_whose_claim_was_certified_stays_done() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = claimed(&bench, &drive()).await;
    assert_eq!(bench.act(&bench.officer, &id, "certify", &Value::Null).await.status, 200);
    let refused = bench.act(&manager, &id, "reopen", &json!({ "reason": "Erreur" })).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "mission-claim-state"));
    let (_, page) = bench.t.open(&manager, PATH).await;
    assert!(!page.contains("Revenir à la mission acceptée"), "{page}");
}

#[tokio::test]
async fn what_was_paid_is_put_right_by_a_line_more() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = settled(&bench, &manager).await;
    let back = |cents: i64| {
        json!({
            "amount_cents": cents, "reason": "Trajet compté deux fois", "paid_on": "2025-10-20", "payment": "AV-1",
        })
    };
    assert_eq!(bench.act(&bench.officer, &id, "correct-claim", &back(-1_250)).await.status, 403);
    for wrong in [0, -29_301] {
        let refused = bench.act(&manager, &id, "correct-claim", &back(wrong)).await;
        assert_eq!((refused.status.as_u16(), refused.pointers()), (422, vec!["/amount"]), "{wrong}");
    }
    bench.t.effects().await;
    let answer = bench.act(&manager, &id, "correct-claim", &back(-1_250)).await;
    assert_eq!((answer.status.as_u16(), &answer.body["state"]), (200, &json!("settled")), "{answer:?}");
    let effects = bench.t.effects().await;
    assert_eq!(effects.events, ["mission.claim_corrected"]);
    assert_eq!(effects.mails, ["expenses-corrected"]);
    let claim = claim_of(&bench, &id).await;
    assert_eq!((&claim["fee_cents"], &claim["expenses_cents"]), (&json!(24_000), &json!(5_300)), "as it was");
    assert_eq!(claim["corrections"][0]["amount_cents"], json!(-1_250));
    assert_eq!(claim["paid_cents"], json!(24_000 + 5_300 - 1_250));

    let form = format!("{PATH}/corriger-paiement");
    let (found, _, page) = bench.t.submit(&manager, &form, &[("amount", "3")]).await;
    assert_eq!(found, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Dites pourquoi le paiement est corrigé"), "{page}");
    let more = [
        ("sense", "plus"),
        ("amount", "3"),
        ("reason", "Péage oublié"),
        ("paid_on", "2025-10-20"),
        ("payment", "VIR-2"),
    ];
    let (found, location, page) = bench.t.submit(&manager, &form, &more).await;
    assert_eq!((found, location.as_str()), (StatusCode::SEE_OTHER, PATH), "{page}");
    let (_, page) = bench.t.open(&bench.own, PATH).await;
    assert!(page.contains("Repris") && page.contains("Versé en plus") && page.contains("283,50"), "{page}");
    assert!(!page.contains("corriger-paiement"), "a person does not put right what they were paid: {page}");
}

#[tokio::test]
async fn what_was_not_paid_is_not_put_right() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = reported(&bench).await;
    let body =
        json!({ "amount_cents": 100, "reason": "Erreur", "paid_on": "2025-10-20", "payment": "VIR-1" });
    let early = bench.act(&manager, &id, "correct-claim", &body).await;
    assert_eq!((early.status.as_u16(), early.code()), (409, "mission-wrong-state"));
    let nothing = json!({ "reason": "Bénévole" });
    assert_eq!(bench.act(&manager, &id, "settle-unclaimed", &nothing).await.status, 200);
    let refused = bench.act(&manager, &id, "correct-claim", &body).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "mission-claim-state"));
}

#[tokio::test]
async fn a_cancelled_mission_is_proposed_anew_from_what_it_said() {
    let bench = Bench::new().await;
    let mut body = bench.jury(&bench.expert);
    let id = bench.propose(&body).await;
    body["starts_on"] = json!("2025-10-27");
    body["resumes_id"] = json!(id);
    let early = bench.try_propose(&body).await;
    assert_eq!((early.status.as_u16(), early.pointers()), (422, vec!["/resumes_id"]), "it is not cancelled");
    let cancel = json!({ "reason": "Salle fermée" });
    assert_eq!(bench.act(&bench.officer, &id, "cancel", &cancel).await.status, 200);

    let (_, page) = bench.t.open(&bench.officer, PATH).await;
    let form = format!("/missions/nouvelle?intervenant={}&reprise=MIS-2025-0001", bench.expert.number);
    assert!(page.contains("Reprendre cette mission") && page.contains("reprise=MIS-2025-0001"), "{page}");
    let (_, page) = bench.t.open(&bench.own, PATH).await;
    assert!(!page.contains("Reprendre cette mission"), "the team alone proposes: {page}");
    let (found, page) = bench.t.open(&bench.officer, &form).await;
    assert_eq!(found, StatusCode::OK);
    for known in ["Jury du CQP à Nevers", "2025-10-20", "value=\"240\"", "value=\"180\""] {
        assert!(page.contains(known), "{known}: {page}");
    }
    let anew = bench.try_propose(&body).await;
    assert_eq!((anew.status.as_u16(), &anew.body["resumes_id"]), (201, &json!(id)), "{anew:?}");
    let number = anew.body["number"].as_str().unwrap();
    let (_, page) = bench.t.open(&bench.officer, PATH).await;
    assert!(page.contains("Reprise par") && page.contains(number), "{page}");
    let (_, page) = bench.t.open(&bench.officer, &format!("/missions/{number}")).await;
    assert!(page.contains("Reprend la mission") && page.contains("MIS-2025-0001"), "{page}");
}

#[tokio::test]
async fn a_claim_is_paid_to_the_employer_that_the_person_names() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let siret = Siret::with_check_digits(12_345_678, 1).to_string();
    let mut claim = drive();
    claim["employer"] = json!({ "name": " ", "siret": "123" });
    let id = reported(&bench).await;
    let refused = bench.act(&bench.own, &id, "claim", &claim).await;
    let expected = vec!["/employer/name", "/employer/siret"];
    assert_eq!((refused.status.as_u16(), refused.pointers()), (422, expected));
    let fields = [
        ("lignes", "1"),
        ("lines/0/spent_on", "2025-10-20"),
        ("lines/0/kind", "mileage"),
        ("lines/0/quantity", "100"),
        ("payee", "employeur"),
        ("employer/name", "Les Quatre Vents"),
        ("employer/siret", siret.as_str()),
    ];
    let (found, location, page) = bench.t.submit(&bench.own, &format!("{PATH}/frais"), &fields).await;
    assert_eq!((found, location.as_str()), (StatusCode::SEE_OTHER, PATH), "{page}");
    let claim = claim_of(&bench, &id).await;
    assert_eq!(claim["employer"], json!({ "name": "Les Quatre Vents", "siret": siret }));
    assert_eq!(bench.act(&bench.officer, &id, "certify", &Value::Null).await.status, 200);
    let payable = bench.t.get(&manager, "/missions/payable").await.body;
    assert_eq!(payable["items"][0]["payee"], json!("Les Quatre Vents"), "{payable}");
    let csv = bench.t.post(&manager, "/missions/payable/export", &Value::Null).await;
    let text = csv.body.as_str().unwrap();
    assert!(
        text.contains(";Payer à;SIRET;") && text.contains(&format!(";Les Quatre Vents;{siret};")),
        "{text}"
    );
    let (_, page) = bench.t.open(&manager, "/missions/a-payer").await;
    assert!(page.contains("À payer à Les Quatre Vents"), "{page}");
    let pay = json!({ "mission_ids": [id], "paid_on": "2025-10-20", "payment": "VIR-1" });
    assert_eq!(bench.t.post(&manager, "/missions/payable/settle", &pay).await.status, 200);
    let told = bench.mails("expenses-settled").await.pop().unwrap().body_text;
    assert!(told.contains("à votre employeur, Les Quatre Vents"), "{told}");
}
