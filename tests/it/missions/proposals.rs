//! A mission is proposed to someone who may hold it, and refused in words to whoever may not.

use entity::account_role::Role;
use entity::declared_interest::TieKind;
use entity::habilitation::Duty;
use parchemin::authz::Actor;
use parchemin::features::experts::actions;
use parchemin::features::experts::input::TypedHabilitation;
use parchemin::features::missions::actions::recheck;
use serde_json::{Value, json};
use time::macros::{date, datetime};

use super::bench::Bench;
use crate::support::Answer;

async fn habilitate(bench: &Bench, name: &str, ends_on: &str) -> entity::expert::Model {
    let expert = bench.t.expert(name).await;
    let typed = TypedHabilitation {
        duty: Duty::Mandataire,
        starts_on: "2024-01-01".to_owned(),
        ends_on: ends_on.to_owned(),
        certification: None,
        regions: Vec::new(),
    };
    let mut tx = bench.t.app.begin(Actor::system("tests")).await.unwrap();
    actions::record(&mut tx, expert.id, None, &typed).await.unwrap();
    tx.commit().await.unwrap();
    expert
}

fn refusal(answer: &Answer) -> (u16, &str, String) {
    let reasons = answer.body["blocking"].as_array().cloned().unwrap_or_default();
    let reasons: Vec<_> = reasons.iter().filter_map(Value::as_str).collect();
    (answer.status.as_u16(), answer.code(), reasons.join(" "))
}

#[tokio::test]
async fn a_mission_is_numbered_and_offered_by_mail() {
    let bench = Bench::new().await;
    let answer = bench.try_propose(&bench.jury(&bench.expert)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    assert_eq!(answer.body["number"], "MIS-2025-0001");
    assert_eq!(answer.body["state"], "proposed");
    assert_eq!(answer.body["place"], "4 chemin des Palmistes, 58000 Nevers");
    assert_eq!(answer.body["starts_at"], "2025-10-20T07:00:00Z");
    assert_eq!(answer.body["duty"], "mandataire");
    assert_eq!(answer.body["steps"], json!(["accept", "decline", "expire", "withdraw", "move", "cancel"]));
    let effects = bench.t.effects().await;
    assert_eq!(effects.events, ["mission.proposed"]);
    assert_eq!(effects.mails, ["mission-offered"]);
    let mail = &bench.mails("mission-offered").await[0];
    for part in ["lundi 20 octobre 2025, de 9\u{a0}h à 17\u{a0}h", "240", "lundi 13 octobre 2025"] {
        let plain = mail.body_text.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(plain.contains(&part.replace(['\u{a0}', '\u{202f}'], " ")), "{part} in {plain}");
    }
}

#[tokio::test]
async fn an_habilitation_that_ends_the_day_before_is_told() {
    let bench = Bench::new().await;
    let expert = habilitate(&bench, "Bérard", "2025-10-19").await;
    let answer = bench.try_propose(&bench.jury(&expert)).await;
    let (status, code, reasons) = refusal(&answer);
    assert_eq!((status, code), (409, "mission-not-entitled"));
    assert!(reasons.contains("se termine le 19 octobre 2025, la veille de la mission"), "{reasons}");
    assert!(bench.t.effects().await.events.iter().all(|name| !name.starts_with("mission")));
}

#[tokio::test]
async fn another_duty_a_suspension_and_another_region_are_told() {
    let bench = Bench::new().await;
    let controller = bench.t.controller("Corbin").await;
    let elsewhere = bench.t.expert("Delmas").await;
    bench.t.habilitate(elsewhere.id, Duty::Mandataire, None, &["11"]).await;
    let suspended = bench.t.expert("Estève").await;
    let right = bench.t.habilitate(suspended.id, Duty::Mandataire, None, &[]).await;
    let mut tx = bench.t.app.begin(Actor::system("tests")).await.unwrap();
    actions::habilitation::suspend(&mut tx, right.id, None, None, "plainte").await.unwrap();
    tx.commit().await.unwrap();
    for (expert, words) in [
        (&controller, "n’a pas d’habilitation de mandataire"),
        (&elsewhere, "ne couvre pas la région"),
        (&suspended, "est suspendue"),
    ] {
        let answer = bench.try_propose(&bench.jury(expert)).await;
        let (status, code, reasons) = refusal(&answer);
        assert_eq!((status, code), (409, "mission-not-entitled"), "{words}");
        assert!(reasons.contains(words), "{reasons}");
    }
}

#[tokio::test]
async fn a_tie_refuses_or_wants_a_written_reason() {
    let bench = Bench::new().await;
    let board = bench.mandataire("Faure").await;
    bench.t.interest(board.id, bench.structure.id, TieKind::EmployeeBoardOrProvider, None).await;
    let answer = bench.try_propose(&bench.jury(&board)).await;
    let (_, code, reasons) = refusal(&answer);
    assert_eq!(code, "mission-not-entitled");
    assert!(reasons.contains("Emploi, mandat ou prestation"), "{reasons}");

    let helped = bench.mandataire("Garrigue").await;
    let until = Some(date!(2025 - 01 - 31));
    bench.t.interest(helped.id, bench.structure.id, TieKind::SupportExpert, until).await;
    let mut body = bench.jury(&helped);
    let answer = bench.try_propose(&body).await;
    let (_, code, _) = refusal(&answer);
    assert_eq!(code, "mission-warning");
    body["tie_reason"] = json!("Seule personne libre, appui bref");
    assert_eq!(bench.try_propose(&body).await.status, 201);
}

#[tokio::test]
async fn a_jury_waits_for_the_declaration_of_interests_and_is_not_taken_back_for_it() {
    let bench = Bench::new().await;
    let silent = habilitate(&bench, "Bérard", "2027-12-31").await;
    let account = bench.t.of_expert(silent.id).await;
    let answer = bench.try_propose(&bench.jury(&silent)).await;
    let (status, code, reasons) = refusal(&answer);
    assert_eq!((status, code), (409, "mission-not-entitled"));
    assert_eq!(reasons, "La déclaration d’intérêts de cette personne pour 2025 n’est pas à jour.");
    let mut meeting = bench.jury(&silent);
    (meeting["object"], meeting["starts_on"]) = (json!("meeting"), json!("2025-10-21"));
    bench.propose(&meeting).await;

    bench.t.declare_year(silent.id).await;
    let mut far = bench.jury(&silent);
    far["starts_on"] = json!("2026-04-20");
    let id = bench.propose(&far).await;
    assert_eq!(bench.act(&account, &id, "accept", &Value::Null).await.status, 200);
    bench.t.set_now(datetime!(2026-04-01 08:00 UTC));
    assert_eq!(
        Box::pin(recheck::run(&bench.t.app)).await.unwrap(),
        0,
        "a declaration due since yesterday takes nothing back"
    );
    assert_eq!(bench.state(&id).await, "accepted");
    far["starts_on"] = json!("2026-04-22");
    let answer = bench.try_propose(&far).await;
    let (_, code, reasons) = refusal(&answer);
    assert_eq!(code, "mission-not-entitled");
    assert!(reasons.contains("pour 2026"), "{reasons}");
}

#[tokio::test]
async fn every_fault_is_told_at_once_and_nothing_is_written() {
    let bench = Bench::new().await;
    let mut body = bench.jury(&bench.expert);
    body["title"] = json!(" ");
    body["starts_time"] = json!("25:00");
    body["zone"] = json!("Mars/Olympus");
    let answer = bench.try_propose(&body).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.pointers(), ["/title", "/zone", "/starts_time"]);
    let mut past = bench.jury(&bench.expert);
    past["starts_on"] = json!("2025-10-01");
    assert_eq!(bench.try_propose(&past).await.pointers(), ["/starts_on"]);
    let mut foreign = bench.jury(&bench.expert);
    foreign["structure_id"] = json!(bench.t.app.new_id());
    assert_eq!(bench.try_propose(&foreign).await.pointers(), ["/structure_id"]);
    let mut nobody = bench.jury(&bench.expert);
    nobody["expert_id"] = json!(bench.t.app.new_id());
    assert_eq!(bench.try_propose(&nobody).await.pointers(), ["/expert_id"]);
    assert!(bench.t.effects().await.events.is_empty());
}

#[tokio::test]
async fn the_team_alone_proposes_and_each_expert_sees_their_own() {
    let bench = Bench::new().await;
    let id = bench.propose(&bench.jury(&bench.expert)).await;
    let other = bench.mandataire("Hamel").await;
    let other = bench.t.of_expert(other.id).await;
    let path = format!("/missions/{id}");
    assert_eq!(bench.t.get(&bench.own, &path).await.status, 200);
    assert_eq!(bench.t.get(&other, &path).await.status, 404);
    assert_eq!(bench.act(&other, &id, "accept", &Value::Null).await.status, 404);
    assert_eq!(bench.t.post(&bench.own, "/missions", &bench.jury(&bench.expert)).await.status, 404);
    let reason = json!({ "reason": "Autre date" });
    assert_eq!(bench.act(&bench.own, &id, "withdraw", &reason).await.status, 403);
    assert_eq!(bench.act(&bench.officer, &id, "accept", &Value::Null).await.status, 403);
    for role in [Role::Structure, Role::Trainee] {
        let person = bench.t.person(role).await;
        assert_eq!(bench.t.get(&person, &path).await.status, 404, "{role}");
    }
    let auditor = bench.t.person(Role::Auditor).await;
    assert_eq!(bench.t.get(&auditor, &path).await.status, 200);
    assert_eq!(bench.act(&auditor, &id, "withdraw", &reason).await.status, 403);
    let list = bench.t.get(&bench.own, "/missions?state=proposed").await;
    assert_eq!(list.body["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_mission_about_a_structure_takes_place_at_a_distance_when_it_is_said() {
    let bench = Bench::new().await;
    let mut body = bench.jury(&bench.expert);
    let there = bench.propose(&body).await;
    let read = bench.t.get(&bench.officer, &format!("/missions/{there}")).await;
    assert_eq!((&read.body["mode"], &read.body["department"]), (&json!("on_site"), &json!("58")));

    body["mode"] = json!("remote");
    body["starts_on"] = json!("2025-10-21");
    let away = bench.propose(&body).await;
    let read = bench.t.get(&bench.officer, &format!("/missions/{away}")).await.body;
    assert_eq!((&read["mode"], &read["department"]), (&json!("remote"), &json!("")), "{read}");
    assert_eq!((&read["place"], &read["zone"]), (&json!("À distance"), &json!("Europe/Paris")), "{read}");
    assert_eq!(read["structure_id"], json!(bench.structure.id));

    body["mode"] = json!("on_site");
    body["starts_on"] = json!("2025-10-22");
    body["place"] = json!("Une salle");
    body.as_object_mut().unwrap().remove("structure_id");
    let nowhere = bench.t.post(&bench.officer, "/missions", &body).await;
    assert_eq!((nowhere.status.as_u16(), nowhere.pointers()), (422, vec!["/department"]));
}

#[tokio::test]
async fn a_mission_for_several_certifications_wants_an_habilitation_on_each() {
    let bench = Bench::new().await;
    let first = bench.t.certification_version("CQP_SP").await.certification_id;
    let other = bench.t.certification_version("CQP_EPSP").await.certification_id;
    let narrow = bench.t.expert("Delmas").await;
    bench.t.habilitate(narrow.id, Duty::Mandataire, Some(first), &[]).await;
    bench.t.declare_year(narrow.id).await;
    let mut body = bench.jury(&narrow);
    body["certification_id"] = json!(first);
    body["other_certification_ids"] = json!([other, first]);
    let answer = bench.try_propose(&body).await;
    let (status, code, reasons) = refusal(&answer);
    assert_eq!((status, code), (409, "mission-not-entitled"));
    assert!(reasons.contains("ne porte pas sur cette certification"), "{reasons}");

    body["expert_id"] = json!(bench.expert.id);
    let id = bench.propose(&body).await;
    let read = bench.t.get(&bench.officer, &format!("/missions/{id}")).await.body;
    assert_eq!(read["certification_id"], json!(first), "{read}");
    assert_eq!(read["other_certification_ids"], json!([other]), "each once: {read}");
    let (_, page) =
        bench.t.open(&bench.officer, &format!("/missions/{}", read["number"].as_str().unwrap())).await;
    assert!(page.contains("Salarié polyvalent et "), "{page}");

    body["other_certification_ids"] = json!([bench.officer.id]);
    let unknown = bench.try_propose(&body).await;
    assert_eq!((unknown.status.as_u16(), unknown.pointers()), (422, vec!["/certification_id"]));
}

#[tokio::test]
async fn a_day_behind_is_told_with_the_hours_that_cannot_be_read() {
    let bench = Bench::new().await;
    let mut body = bench.jury(&bench.expert);
    body["starts_time"] = json!("25:00");
    body["starts_on"] = json!("2025-10-05");
    assert_eq!(bench.try_propose(&body).await.pointers(), ["/starts_time", "/starts_on"]);
}
