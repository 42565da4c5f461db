//! Documents are issued once, whoever reads them may see their request.

use entity::agreement_request::RequestState as S;
use entity::{document, job};
use parchemin::features;
use parchemin::features::agreements::state::Step;
use parchemin::http::web::address::disposition;
use sea_orm::EntityTrait;
use time::Duration;

use super::desk::Desk;
use crate::support::Person;

/// Kinds and keys of the documents that a person finds in a list.
async fn listed(desk: &Desk, person: &Person, query: &str) -> Vec<(String, String)> {
    let answer = desk.t.get(person, &format!("/documents?{query}")).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let text = |item: &serde_json::Value, field: &str| item[field].as_str().unwrap().to_owned();
    answer.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (text(item, "kind"), text(item, "id")))
        .collect()
}

#[tokio::test]
async fn documents_are_listed_to_whoever_sees_their_file() {
    let desk = Desk::new().await;
    desk.reach(S::InCommittee).await;
    desk.work().await;
    let all = listed(&desk, &desk.officer, "limit=200").await;
    let has = |found: &[(String, String)], wanted: &str| found.iter().any(|(kind, _)| kind == wanted);
    for wanted in ["piece:P02", "deposit-receipt", "mission-order", "control-grid", "committee-file"] {
        assert!(has(&all, wanted), "{wanted}: {all:?}");
    }
    let inside =
        |kind: &str| kind == "committee-file" || kind == "control-grid" || kind.starts_with("mission-order");
    let outside: Vec<_> = all.iter().filter(|(kind, _)| !inside(kind)).cloned().collect();
    let own = listed(&desk, &desk.owner, "limit=200").await;
    assert_eq!(own, outside, "in the same order, without what stays inside");
    for (kind, id) in own {
        let read = desk.t.get(&desk.owner, &format!("/documents/{id}")).await;
        assert_eq!(read.status, 200, "{kind}: what is listed can be read");
    }
    let of_the_visit = listed(&desk, &desk.expert, "limit=200").await;
    assert!(has(&of_the_visit, "control-grid") && !has(&of_the_visit, "committee-file"));
    assert!(listed(&desk, &desk.stranger, "limit=200").await.is_empty());
}

#[tokio::test]
async fn a_list_of_documents_is_narrowed_and_read_page_by_page() {
    let desk = Desk::new().await;
    desk.reach(S::Submitted).await;
    desk.work().await;
    let all = listed(&desk, &desk.officer, "limit=200").await;
    let made = listed(&desk, &desk.officer, &format!("generated=true&subject_id={}", desk.id())).await;
    let kinds: Vec<_> = made.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["deposit-receipt", "application-form"], "newest first");
    let received = listed(&desk, &desk.officer, "limit=200&generated=false").await;
    assert!(received.iter().all(|(kind, _)| kind.starts_with("piece:")), "{received:?}");
    assert_eq!(made.len() + received.len(), all.len());
    assert_eq!(listed(&desk, &desk.officer, "kind=piece:P02").await.len(), 1);
    let named = listed(&desk, &desk.officer, "q=DEPOT%20recepisse").await;
    assert_eq!(named, made[..1], "accents and case do not count");
    let elsewhere = format!("subject_id={}", desk.structure.id);
    assert!(listed(&desk, &desk.officer, &elsewhere).await.is_empty());
    let first = desk.t.get(&desk.officer, "/documents?limit=1").await;
    let next = first.body["next_cursor"].as_str().unwrap();
    let second = listed(&desk, &desk.officer, &format!("limit=1&cursor={next}")).await;
    assert_eq!(second, all[1..2]);
}

#[tokio::test]
async fn every_state_leaves_documents_that_can_be_read() {
    for state in [S::ClosedIdle, S::Granted, S::Adjourned, S::RefusedFinal] {
        let desk = Desk::new().await;
        desk.reach(state).await;
        desk.work().await;
        for job in job::Entity::find().all(desk.t.app.db.read()).await.unwrap() {
            assert_eq!(job.state, job::JobState::Done, "{state}: {} {:?}", job.payload, job.error);
        }
    }
}

#[tokio::test]
async fn a_waived_visit_leaves_its_note() {
    let desk = Desk::at("97300", "Cayenne").await;
    desk.reach(S::Complete).await;
    desk.step(Step::WaiveVisit).await;
    desk.work().await;
    let all = document::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    let note = all.iter().find(|document| document.kind == "waiver-note").unwrap();
    assert_eq!(note.title, "Dispense de visite");
    let seen = desk.t.get(&desk.owner, &format!("/documents/{}", note.id)).await;
    assert_eq!(seen.status, 200, "{seen:?}");
}

#[tokio::test]
async fn work_done_twice_gives_one_document() {
    let desk = Desk::new().await;
    desk.reach(S::Submitted).await;
    desk.work().await;
    let conn = desk.t.app.db.read();
    let all = document::Entity::find().all(conn).await.unwrap();
    let made: Vec<_> =
        all.iter().filter(|document| document.generated).map(|one| one.kind.as_str()).collect();
    assert_eq!(made, ["application-form", "deposit-receipt"], "the form first: the receipt names it");
    let receipt = all.iter().find(|document| document.kind == "deposit-receipt").unwrap();
    desk.t.effects().await;
    let order = job::Entity::find().one(conn).await.unwrap().unwrap();
    (features::jobs()[0].run)(desk.t.app.clone(), order.payload).await.unwrap();
    assert_eq!(document::Entity::find().all(conn).await.unwrap().len(), all.len());
    assert!(desk.t.effects().await.events.is_empty());
    let content = desk.t.client.get(format!("/api/v1/documents/{}/content", receipt.id));
    let content = content.header("authorization", format!("Bearer {}", desk.owner.token)).send().await;
    let name = content.0.header("content-disposition").unwrap().to_owned();
    assert_eq!(name, disposition(&receipt.download_name()), "the name in plain letters, then as it is");
    let number = desk.reference().await;
    assert_eq!(receipt.download_name(), format!("recepisse-de-depot-{number}.pdf"), "without the version");
    assert!(receipt.file_name.starts_with(&format!("recepisse-de-depot-{number}-v")), "which is recorded");
    let content = content.0.into_body().into_bytes().await.unwrap();
    assert!(content.starts_with(b"%PDF"));
    let stranger = desk.t.get(&desk.stranger, &format!("/documents/{}", receipt.id)).await;
    assert_eq!(stranger.status, 404);
}

#[tokio::test]
async fn a_receipt_typeset_late_is_that_of_its_deposit() {
    let desk = Desk::new().await;
    desk.reach(S::Submitted).await;
    desk.step(Step::Return).await;
    desk.t.advance(Duration::days(3));
    desk.piece("P02").await;
    desk.step(Step::Submit).await;
    let conn = desk.t.app.db.read();
    let orders = job::Entity::find().all(conn).await.unwrap();
    let mut deposits: Vec<_> = orders
        .iter()
        .filter(|order| order.payload["document"] == "deposit-receipt")
        .map(|order| order.payload["deposit"].clone())
        .collect();
    deposits.sort_by_key(|deposit| deposit["submission"].as_i64());
    let revision = |deposit: &serde_json::Value| {
        let pieces = deposit["pieces"].as_array().unwrap();
        pieces.iter().find(|piece| piece["code"] == "P02").unwrap()["version"].as_i64()
    };
    assert_eq!(deposits.iter().map(revision).collect::<Vec<_>>(), [Some(1), Some(2)]);
    assert!(deposits.iter().all(|deposit| deposit["catalogue"] == "2025-1"), "{deposits:?}");

    desk.work().await;
    let mut receipts: Vec<_> = document::Entity::find().all(conn).await.unwrap();
    receipts.retain(|document| document.kind == "deposit-receipt");
    receipts.sort_by(|a, b| a.title.cmp(&b.title));
    let titles: Vec<_> = receipts.iter().map(|receipt| receipt.title.as_str()).collect();
    let expected = ["version 1", "version 2"].map(|n| format!("Récépissé de dépôt, {n} du dossier"));
    assert_eq!(titles, expected);
    for (receipt, deposit) in receipts.iter().zip(&deposits) {
        let dated = receipt.created_at.unix_timestamp_nanos() / 1_000_000;
        assert_eq!(Some(dated), deposit["at"].as_i64().map(i128::from), "{}: of the act", receipt.title);
        let content = desk.t.app.storage.get(&receipt.sha256).await.unwrap();
        let day = deposit["at"].as_i64().unwrap() / 1000;
        let day = time::OffsetDateTime::from_unix_timestamp(day).unwrap().date().to_string();
        let stamped = format!("<xmp:CreateDate>{day}");
        assert!(String::from_utf8_lossy(&content).contains(&stamped), "{}: {stamped}", receipt.title);
    }
}

#[tokio::test]
async fn documents_typeset_late_bear_the_day_of_their_act() {
    let desk = Desk::new().await;
    desk.reach(S::Granted).await;
    let asked = desk.t.app.now();
    desk.t.advance(Duration::days(400));
    desk.work().await;
    let all = document::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    for kind in ["deposit-receipt", "inspection-report.final", "decision", "agreement-convention"] {
        let found = all.iter().find(|document| document.kind == kind).unwrap();
        assert!(*found.created_at <= asked, "{kind}: {}", *found.created_at);
    }
}

#[tokio::test]
async fn the_first_reading_of_a_refusal_by_the_structure_is_in_the_journal() {
    let desk = Desk::new().await;
    desk.reach(S::Refused).await;
    desk.work().await;
    let page = desk.page("").await;
    let all = document::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    let letter = all.iter().find(|document| document.kind == "decision").unwrap();
    desk.t.effects().await;
    desk.opens(&desk.manager, &page).await;
    assert!(desk.t.effects().await.events.is_empty(), "the certifier reads its own letters");
    let content = desk.t.client.get(format!("/api/v1/documents/{}/content", letter.id));
    content
        .header("authorization", format!("Bearer {}", desk.owner.token))
        .send()
        .await
        .assert_status_is_ok();
    assert_eq!(desk.t.effects().await.events, ["agreement_request.refusal_opened"]);
    desk.opens(&desk.owner, &page).await;
    assert!(desk.t.effects().await.events.is_empty(), "once is enough");
    let history = desk.t.get(&desk.manager, &format!("{}/history?limit=200", desk.path())).await;
    let lines = history.body["items"].as_array().unwrap();
    let read = lines.iter().find(|line| line["code"] == "AGR_REFUSAL_OPENED").unwrap();
    assert_eq!(
        (&read["label"], &read["role"]),
        (&"Refus lu en ligne par la structure".into(), &"structure".into())
    );
}
