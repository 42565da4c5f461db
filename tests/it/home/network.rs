//! What waits for the team in the network of experts.

use std::slice::from_ref;

use entity::account_role::Role;
use entity::habilitation::Duty;
use poem::http::StatusCode;
use serde_json::{Value, json};
use time::macros::datetime;

use crate::missions::bench::{Bench, invited};
use crate::support::{Person, TestApp};

/// The tasks of a person about the network: what, about which file, by when, how many.
async fn todo(t: &TestApp, person: &Person) -> Vec<(String, String, String, u64)> {
    let found = t.get(person, "/todo").await;
    assert_eq!(found.status, StatusCode::OK, "{found:?}");
    let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
    let tasks = found.body["items"].as_array().unwrap();
    tasks
        .iter()
        .map(|one| {
            let count = one["count"].as_u64().unwrap();
            (text(one, "action"), text(one, "reference"), text(one, "due_on"), count)
        })
        .collect()
}

fn line(action: &str, reference: &str, due_on: &str) -> (String, String, String, u64) {
    (action.to_owned(), reference.to_owned(), due_on.to_owned(), 1)
}

#[tokio::test]
async fn missions_without_anyone_late_reports_and_meetings_wait_for_the_team() {
    let bench = Bench::new().await;
    let meeting = invited(&bench).await;
    bench.accepted().await;
    let mut other = bench.jury(&bench.expert);
    other["starts_on"] = json!("2025-10-22");
    let declined = bench.propose(&other).await;
    assert!(todo(&bench.t, &bench.officer).await.is_empty());
    let answer = bench.act(&bench.own, &declined, "decline", &json!({ "reason": "too_far" })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let vacant = line("fill_mission", "MIS-2025-0002", "2025-10-22");
    assert_eq!(todo(&bench.t, &bench.officer).await, from_ref(&vacant));
    let (_, page) = bench.t.open(&bench.officer, "/a-faire").await;
    assert!(page.contains("/missions/MIS-2025-0002/remplacement") && page.contains("Chercher"), "{page}");
    assert!(page.contains("Personne ne tient cette mission, prévue le 22 octobre 2025"), "{page}");

    bench.t.set_now(datetime!(2025-10-14 09:45 UTC));
    let held = bench.t.post(&bench.officer, &format!("{meeting}/hold"), &json!({ "present": [] })).await;
    assert_eq!(held.status, 200, "{held:?}");
    let action = json!({ "text": "Écrire la grille", "owner": "Camille", "due_on": "2025-10-20" });
    let added = bench.t.post(&bench.officer, &format!("{meeting}/actions"), &action).await;
    assert_eq!(added.status, 200, "{added:?}");

    bench.t.set_now(datetime!(2025-10-27 10:00 UTC));
    bench.ring().await;
    let minutes = line("publish_minutes", "REU-2025-0001", "2025-10-28");
    let late = line("finish_action", "REU-2025-0001", "2025-10-20");
    assert_eq!(todo(&bench.t, &bench.officer).await, [late.clone(), vacant.clone(), minutes.clone()]);
    bench.t.set_now(datetime!(2025-10-28 10:00 UTC));
    let report = line("chase_mission_report", "MIS-2025-0001", "2025-10-27");
    assert_eq!(todo(&bench.t, &bench.officer).await, [late, vacant, report, minutes]);
    let (_, page) = bench.t.open(&bench.officer, "/a-faire").await;
    for said in ["Écrire la grille (Camille)", "Jury du CQP à Nevers", "/reunions/REU-2025-0001"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let (_, home) = bench.t.open(&bench.officer, "/accueil").await;
    assert!(home.contains("mission à pourvoir") && home.contains("compte rendu attendu"), "{home}");
    assert!(todo(&bench.t, &bench.own).await.is_empty(), "nobody else does it");
    let auditor = bench.t.person(Role::Auditor).await;
    assert!(todo(&bench.t, &auditor).await.is_empty());
}

#[tokio::test]
async fn a_claim_is_certified_by_the_team_and_paid_by_a_manager() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = bench.accepted().await;
    bench.t.set_now(datetime!(2025-10-20 07:00 UTC));
    for (verb, body) in [
        ("start", Value::Null),
        ("finish", Value::Null),
        ("report", json!({ "report": "Fait." })),
        ("claim", json!({ "lines": [{ "spent_on": "2025-10-20", "kind": "mileage", "quantity": 120 }] })),
    ] {
        let answer = bench.act(&bench.own, &id, verb, &body).await;
        assert_eq!(answer.status, 200, "{verb} {answer:?}");
    }
    let certify = line("certify_claim", "MIS-2025-0001", "2025-11-04");
    assert_eq!(todo(&bench.t, &bench.officer).await, from_ref(&certify));
    assert_eq!(todo(&bench.t, &manager).await, [certify]);
    let (_, page) = bench.t.open(&manager, "/a-faire").await;
    assert!(page.contains("/missions/MIS-2025-0001#frais"), "{page}");
    let (found, page) = bench.t.open(&manager, "/missions/MIS-2025-0001").await;
    assert!(found == StatusCode::OK && page.contains("Attester le service fait"), "where it is done: {page}");
    let done = bench.act(&bench.officer, &id, "certify", &Value::Null).await;
    assert_eq!(done.status, 200, "{done:?}");
    assert!(todo(&bench.t, &bench.officer).await.is_empty());
    assert_eq!(todo(&bench.t, &manager).await, [line("pay_claims", "", "2025-11-19")]);
    let (_, page) = bench.t.open(&manager, "/a-faire").await;
    assert!(page.contains("1 note de frais est à payer") && page.contains("/missions/a-payer"), "{page}");
}

#[tokio::test]
async fn an_application_waits_for_a_manager_and_a_withdrawal_for_another_one() {
    let t = TestApp::new().await;
    let (manager, other) = (t.person(Role::Manager).await, t.person(Role::Manager).await);
    let officer = t.person(Role::Officer).await;
    let expert = t.expert("Abel").await;
    let person = t.of_expert(expert.id).await;
    let body = json!({ "expert_id": expert.id, "duty": "controleur", "motivation": "Cinq ans d’audit" });
    let applied = t.post(&person, "/habilitations", &body).await;
    assert_eq!(applied.status, StatusCode::CREATED, "{applied:?}");
    let application = line("examine_application", &expert.number, "2025-11-05");
    assert_eq!(todo(&t, &manager).await, from_ref(&application));
    assert!(todo(&t, &officer).await.is_empty());
    let (_, page) = t.open(&manager, "/a-faire").await;
    let id = applied.body["habilitation"]["id"].as_str().unwrap();
    assert!(page.contains(&format!("/intervenants/{}/habilitations/{id}", expert.number)), "{page}");
    let held = t.habilitate(expert.id, Duty::Mandataire, None, &[]).await;
    let path = format!("/habilitations/{}/withdraw", held.id);
    let asked = t.post(&manager, &path, &json!({ "reason": "Manquement grave" })).await;
    assert_eq!(asked.status, StatusCode::OK, "{asked:?}");
    let withdrawal = line("confirm_withdrawal", &expert.number, "2025-10-13");
    assert_eq!(todo(&t, &manager).await, from_ref(&application), "who asked does not confirm");
    assert_eq!(todo(&t, &other).await, [withdrawal, application]);
}

#[tokio::test]
async fn what_the_certifying_body_must_renew_waits_for_a_manager_until_it_is_renewed() {
    let t = TestApp::new().await;
    let (manager, officer) = (t.person(Role::Manager).await, t.person(Role::Officer).await);
    let certificate = |starts_on: &str, ends_on: &str| {
        json!({
            "kind": "qualiopi",
            "number": "2023-OF-0142",
            "issuer": "Certificateur d’essai",
            "starts_on": starts_on,
            "ends_on": ends_on,
        })
    };
    let recorded = t.post(&manager, "/rights/certifier", &certificate("2023-07-01", "2026-06-30")).await;
    assert_eq!(recorded.status, StatusCode::CREATED, "{recorded:?}");
    t.set_now(datetime!(2025-12-31 10:00 UTC));
    assert!(todo(&t, &manager).await.is_empty(), "181 days before");
    let renewal = line("renew_certifier_right", "2023-OF-0142", "2026-06-30");
    for (now, said) in [
        (datetime!(2026-01-01 10:00 UTC), "Certificat Qualiopi. Dernier jour le 30 juin 2026."),
        (datetime!(2026-07-01 10:00 UTC), "dont le dernier jour était le 30 juin 2026."),
    ] {
        t.set_now(now);
        assert_eq!(todo(&t, &manager).await, from_ref(&renewal));
        assert!(todo(&t, &officer).await.is_empty());
        let (_, page) = t.open(&manager, "/a-faire").await;
        assert!(page.contains(said) && page.contains("/droits/certificateur"), "{page}");
    }
    let next = t.post(&manager, "/rights/certifier", &certificate("2026-07-01", "2029-06-30")).await;
    assert_eq!(next.status, StatusCode::CREATED, "{next:?}");
    assert!(todo(&t, &manager).await.is_empty());
}
