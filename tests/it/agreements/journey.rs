//! The whole life of a request through the API alone: from the draft to an active agreement.

use entity::declared_interest::TieKind;
use entity::{job, mail};
use parchemin::features::agreements::state::Step;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use time::Duration;

use super::desk::{Desk, conforming};

#[tokio::test]
async fn a_structure_goes_from_a_draft_to_an_active_agreement_with_reserves() {
    let desk = Desk::new().await;
    let tied = desk.t.controller("Abel").await;
    desk.t.interest(tied.id, desk.structure.id, TieKind::EmployeeBoardOrProvider, None).await;

    desk.draft().await;
    desk.step(Step::Submit).await;
    let number = desk.read().await["number"].as_str().unwrap().to_owned();
    assert_eq!(number, "AGR-2025-0001");
    desk.work().await;
    desk.step(Step::Return).await;
    assert_eq!(desk.read().await["asked"][0]["code"], "P02");
    desk.piece("P02").await;
    desk.step(Step::Submit).await;
    desk.accept_pieces().await;
    desk.step(Step::DeclareComplete).await;

    let found = desk.t.get(&desk.officer, &format!("{}/controllers", desk.path())).await;
    let refused =
        found.body["items"].as_array().unwrap().iter().find(|one| one["eligible"] == false).unwrap();
    assert_eq!(refused["expert_id"], json!(tied.id));
    let answer = desk.act(&desk.officer, "assign-controller", &json!({ "controller_id": tied.id })).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "controller-not-independent"));
    assert!(answer.body["blocking"][0].as_str().unwrap().contains("24 mois"), "{answer:?}");
    desk.step(Step::AssignController).await;
    desk.step(Step::Schedule).await;

    desk.t.advance(Duration::days(21));
    let grid = json!({ "scores": conforming()[..10] });
    assert_eq!(desk.act(&desk.expert, "scores", &grid).await.status, 200);
    let answer = desk.act(&desk.expert, "record-visit", &json!({})).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "grid-incomplete"));
    let rest = json!({ "scores": conforming()[10..], "persons_met": "Direction\nÉquipe d’encadrement" });
    assert_eq!(desk.act(&desk.expert, "record-visit", &rest).await.status, 200);
    let hidden = desk.t.get(&desk.owner, &desk.path()).await;
    assert_eq!(hidden.body["scores"], json!([]), "the structure sees the grid with the report");
    desk.step(Step::SendReport).await;
    desk.step(Step::Comment).await;
    desk.step(Step::Finalise).await;
    desk.step(Step::PutOnAgenda).await;
    let agenda = desk.t.get(&desk.manager, &format!("/committees/{}", desk.committee().await)).await;
    assert_eq!(agenda.body["agenda"][0]["reference"], number.as_str());
    desk.step(Step::GrantWithReserves).await;

    let agreement = desk.read().await["agreement"].clone();
    let right = format!("/agreements/{}", agreement["id"].as_str().unwrap());
    assert_eq!(agreement["state"], "pending");
    desk.work().await;
    let sign = |name: &str| json!({ "name": name });
    let answer = desk.t.post(&desk.owner, &format!("{right}/sign-structure"), &sign("Ulysse N’Diaye")).await;
    assert_eq!(answer.body["state"], "pending", "{answer:?}");
    let answer =
        desk.t.post(&desk.manager, &format!("{right}/sign-certifier"), &sign("Irène Caldaguès")).await;
    assert_eq!(answer.body["state"], "active_with_reserves", "{answer:?}");
    desk.work().await;
    let reserve = answer.body["reserves"][0]["id"].as_str().unwrap().to_owned();
    let evidence = json!({ "evidence": "Convention signée le 12 mars" });
    let answer = desk.t.post(&desk.manager, &format!("{right}/reserves/{reserve}/close"), &evidence).await;
    assert_eq!(answer.body["state"], "active", "{answer:?}");

    desk.work().await;
    for job in job::Entity::find().all(desk.t.app.db.read()).await.unwrap() {
        assert_eq!(job.state, entity::job::JobState::Done, "{} {:?}", job.payload, job.error);
    }
    documents_are_there(&desk).await;
    let mails = mail::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    let templates: std::collections::BTreeSet<_> = mails.iter().map(|mail| mail.template.as_str()).collect();
    for template in
        ["agreement-submitted", "agreement-complete", "agreement-active", "agreement-reserves-lifted"]
    {
        assert!(templates.contains(template), "{template}");
    }
    history_tells_them(&desk).await;
}

/// Every document of the journey, under titles that tell them apart.
async fn documents_are_there(desk: &Desk) {
    let found = desk.t.get(&desk.owner, &format!("{}/documents", desk.path())).await;
    let kinds: Vec<_> =
        found.body["items"].as_array().unwrap().iter().filter(|d| d["generated"] == true).collect();
    let count = |kind: &str| kinds.iter().filter(|document| document["kind"] == kind).count();
    for (kind, expected) in [
        ("application-form", 2),
        ("deposit-receipt", 2),
        ("completeness-certificate", 1),
        ("mission-order.draft", 0),
        ("mission-order", 0),
        ("control-grid", 0),
        ("report-comments", 1),
        ("action-plan", 1),
        ("visit-plan", 1),
        ("inspection-report.provisional", 1),
        ("inspection-report.final", 1),
        ("decision", 1),
        ("agreement-convention", 2),
        ("agreement-certificate", 2),
        ("reserves-lifted", 1),
    ] {
        assert_eq!(count(kind), expected, "{kind}");
    }
    inside_documents_are_there(desk).await;
    let titles: std::collections::BTreeSet<_> =
        kinds.iter().map(|document| document["title"].as_str().unwrap()).collect();
    assert_eq!(titles.len(), kinds.len(), "two documents bear the same title: {titles:?}");
}

/// What stays between the certifier and the contrôleur, and the file of the committee, which its members alone read.
async fn inside_documents_are_there(desk: &Desk) {
    let found = desk.t.get(&desk.expert, &format!("{}/documents", desk.path())).await;
    let mut titles: Vec<_> = found.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|document| document["kind"].as_str().is_some_and(|kind| kind.starts_with("mission-order")))
        .map(|document| document["title"].as_str().unwrap().to_owned())
        .collect();
    titles.sort();
    assert_eq!(titles.len(), 2, "{titles:?}");
    assert!(titles[0].starts_with("Ordre de mission, visite du "), "{titles:?}");
    assert_eq!(titles[1], "Projet d’ordre de mission");
    let grids = found.body["items"].as_array().unwrap().iter().filter(|one| one["kind"] == "control-grid");
    assert_eq!(grids.count(), 1);

    let committee = format!("/committees/{}", desk.committee().await);
    let files = desk.t.get(&desk.manager, &committee).await.body["documents"].clone();
    assert_eq!(files[0]["kind"], "committee-file", "{files}");
    assert!(files[0]["title"].as_str().unwrap().starts_with("Dossier de commission, arrêté le "), "{files}");
    let path = format!("/documents/{}", files[0]["id"].as_str().unwrap());
    assert_eq!(desk.t.get(&desk.manager, &path).await.status, 200);
    for outside in [&desk.owner, &desk.expert] {
        assert_eq!(desk.t.get(outside, &path).await.status, 404);
    }
}

/// The acts of the journey, with who signed and which documents were made.
async fn history_tells_them(desk: &Desk) {
    let history = desk.t.get(&desk.owner, &format!("{}/history?limit=200", desk.path())).await;
    let codes: Vec<_> =
        history.body["items"].as_array().unwrap().iter().map(|line| line["code"].clone()).collect();
    for code in [
        "AGR_DRAFTED",
        "AGR_GRANTED_RES",
        "AGREMENT_ACTIVE_RES",
        "AGREMENT_RES_LIFTED",
        "AGR_DOCUMENT_ISSUED",
    ] {
        assert!(codes.contains(&Value::from(code)), "{code} {codes:?}");
    }
    let labels: Vec<_> =
        history.body["items"].as_array().unwrap().iter().map(|line| line["label"].clone()).collect();
    for label in [
        "Convention signée par la structure",
        "Convention signée par l’organisme certificateur",
        "Document établi\u{202f}: certificat d’agrément",
    ] {
        assert!(labels.contains(&Value::from(label)), "{label} {labels:?}");
    }
    assert!(
        history.body["items"].as_array().unwrap().iter().all(|line| line["label"] != "Acte"),
        "{history:?}"
    );
}
