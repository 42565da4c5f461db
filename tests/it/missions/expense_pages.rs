//! The pages of fee and expenses: the form of a claim, the mission, what is to be paid; the certificate of presence.

use entity::account_role::Role;
use entity::{document, job};
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use time::macros::datetime;

use super::bench::Bench;
use crate::support::Person;

const PATH: &str = "/missions/MIS-2025-0001";

/// The mission of the bench, reported.
async fn reported(bench: &Bench) -> String {
    let id = bench.accepted().await;
    bench.t.set_now(datetime!(2025-10-20 07:00 UTC));
    assert_eq!(bench.act(&bench.own, &id, "start", &Value::Null).await.status, 200);
    assert_eq!(bench.act(&bench.own, &id, "finish", &Value::Null).await.status, 200);
    assert_eq!(bench.act(&bench.own, &id, "report", &json!({ "report": "Fait." })).await.status, 200);
    id
}

async fn status(bench: &Bench, person: &Person, path: &str) -> StatusCode {
    bench.t.open(person, path).await.0
}

#[tokio::test]
async fn the_form_of_a_claim_keeps_what_was_typed_until_it_leaves() {
    let bench = Bench::new().await;
    let id = reported(&bench).await;
    let (_, page) = bench.t.open(&bench.own, "/missions").await;
    assert!(page.contains("Frais à déposer"), "{page}");
    let (_, page) = bench.t.open(&bench.own, PATH).await;
    assert!(page.contains("Déposer mes frais") && !page.contains("Attester le service fait"));
    let form = format!("{PATH}/frais");
    let (found, page) = bench.t.open(&bench.own, &form).await;
    assert_eq!(found, StatusCode::OK);
    assert!(page.contains("Barème, par kilomètre") && page.contains("value=\"2025-10-20\""), "{page}");
    let place = |name: &str| page.find(&format!("name=\"{name}\"")).expect(name);
    assert!(place("file") < place("lines/0/receipt_id"), "a receipt is brought before a line names it");
    assert_eq!(status(&bench, &bench.officer, &form).await, StatusCode::FORBIDDEN);
    let other = bench.t.of_expert(bench.mandataire("Bérard").await.id).await;
    assert_eq!(status(&bench, &other, &form).await, StatusCode::NOT_FOUND);

    let mut fields = vec![
        ("lignes", "3"),
        ("lines/0/spent_on", "2025-10-20"),
        ("lines/0/kind", "meal"),
        ("lines/0/amount", "beaucoup"),
        ("lines/1/spent_on", "2025-10-20"),
        ("lines/2/spent_on", "2025-10-20"),
        ("geste", "lignes"),
    ];
    let (found, _, page) = bench.t.submit(&bench.own, &form, &fields).await;
    assert_eq!(found, StatusCode::OK);
    assert!(page.contains("lines/4/kind") && !page.contains("lines/5/kind") && page.contains("beaucoup"));
    fields[6].1 = "justificatif";
    let (found, _, page) = bench.t.submit(&bench.own, &form, &fields).await;
    assert_eq!(found, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"champ-file-err\"") && page.contains("beaucoup"), "{page}");
    fields[6].1 = "";
    let (found, _, page) = bench.t.submit(&bench.own, &form, &fields).await;
    assert_eq!(found, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Indiquez le montant payé") && page.contains("beaucoup"), "{page}");
    (fields[2].1, fields[3].1) = ("mileage", "");
    fields.push(("lines/0/quantity", "120"));
    let (found, location, page) = bench.t.submit(&bench.own, &form, &fields).await;
    assert_eq!((found, location.as_str()), (StatusCode::SEE_OTHER, PATH), "{page}");
    assert_eq!(bench.state(&id).await, "expenses_claimed");
    assert_eq!(
        status(&bench, &bench.own, &form).await,
        StatusCode::SEE_OTHER,
        "it left: the mission tells it"
    );
}

#[tokio::test]
async fn the_team_certifies_or_returns_and_a_manager_settles_on_pages() {
    let bench = Bench::new().await;
    let manager = bench.t.person(Role::Manager).await;
    let id = reported(&bench).await;
    let drive = json!({ "lines": [{ "spent_on": "2025-10-20", "kind": "mileage", "quantity": 120 }] });
    assert_eq!(bench.act(&bench.own, &id, "claim", &drive).await.status, 200);
    let (_, page) = bench.t.open(&bench.officer, PATH).await;
    assert!(page.contains("Attester le service fait") && page.contains("120\u{202f}km"), "{page}");
    let back = format!("{PATH}/renvoyer-frais");
    let (found, _, page) = bench.t.submit(&bench.officer, &back, &[]).await;
    assert_eq!(found, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Dites ce qui est à corriger"));
    let (found, ..) = bench.t.submit(&bench.officer, &back, &[("reason", "Kilomètres à revoir")]).await;
    assert_eq!(found, StatusCode::SEE_OTHER);
    let (_, page) = bench.t.open(&bench.own, &format!("{PATH}/frais")).await;
    assert!(page.contains("Kilomètres à revoir") && page.contains("value=\"120\""), "{page}");
    assert_eq!(bench.act(&bench.own, &id, "claim", &drive).await.status, 200);
    let (found, ..) = bench.t.submit(&bench.officer, &format!("{PATH}/service-fait"), &[]).await;
    assert_eq!(found, StatusCode::SEE_OTHER);
    let (_, page) = bench.t.open(&bench.officer, PATH).await;
    assert!(page.contains("Service fait") && !page.contains("Renvoyer les frais"), "{page}");

    assert_eq!(status(&bench, &bench.officer, "/missions/a-payer").await, StatusCode::FORBIDDEN);
    let (_, page) = bench.t.open(&manager, "/missions").await;
    assert!(page.contains("/missions/a-payer"));
    let (_, page) = bench.t.open(&manager, "/missions/a-payer").await;
    assert!(page.contains("MIS-2025-0001") && page.contains("303,60"), "{page}");
    let (found, _, csv) = bench.t.submit(&manager, "/missions/a-payer/csv", &[]).await;
    assert_eq!(found, StatusCode::OK);
    assert!(csv.starts_with('\u{feff}') && csv.contains(";240,00;63,60;303,60;"), "{csv}");
    let (found, _, page) = bench.t.submit(&manager, "/missions/a-payer", &[("paid_on", "demain")]).await;
    assert_eq!(found, StatusCode::UNPROCESSABLE_ENTITY);
    for name in ["missions", "paid_on", "payment"] {
        assert!(page.contains(&format!("id=\"champ-{name}-err\"")), "no fault on {name}");
    }
    let paid = [("missions", "MIS-2025-0001"), ("paid_on", "2025-10-20"), ("payment", "VIR-2025-10")];
    let (found, location, _) = bench.t.submit(&manager, "/missions/a-payer", &paid).await;
    assert_eq!((found, location.as_str()), (StatusCode::SEE_OTHER, "/missions/a-payer"));
    let (_, page) = bench.t.open(&bench.own, PATH).await;
    assert!(page.contains("Soldée") && page.contains("VIR-2025-10"), "{page}");
    let (found, _, page) = bench.t.submit(&manager, "/missions/a-payer", &paid).await;
    assert_eq!(found, StatusCode::CONFLICT, "{page}");
    assert!(page.contains("Rien à payer"));
}

#[tokio::test]
async fn presence_is_certified_once_the_mission_is_done() {
    let bench = Bench::new().await;
    reported(&bench).await;
    bench.work().await;
    for job in job::Entity::find().all(bench.t.app.db.read()).await.unwrap() {
        assert_eq!(job.state, job::JobState::Done, "{} {:?}", job.payload, job.error);
    }
    let kinds = document::Entity::find().all(bench.t.app.db.read()).await.unwrap();
    let made: Vec<_> = kinds.iter().filter(|one| one.kind == "presence-certificate").collect();
    assert_eq!(made.len(), 1);
    let link = format!("{PATH}/documents/{}", made[0].id);
    let other = bench.t.of_expert(bench.mandataire("Bérard").await.id).await;
    for (person, expected) in
        [(&bench.own, StatusCode::OK), (&bench.officer, StatusCode::OK), (&other, StatusCode::NOT_FOUND)]
    {
        let response = bench.t.client.get(&link).header("cookie", &person.cookie).send().await;
        assert_eq!(response.0.status(), expected);
    }
    let (_, page) = bench.t.open(&bench.own, PATH).await;
    assert!(page.contains("Attestation de présence"), "{page}");
}
