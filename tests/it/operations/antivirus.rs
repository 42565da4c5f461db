//! Every file that somebody sends passes before the antivirus: refused when it finds something, and when it is away.

use entity::audit_event;
use parchemin::storage::scan::{Scanner, Verdict};
use poem::http::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use time::macros::datetime;

use crate::agreements::desk::{Desk, PDF};
use crate::meetings::planned;
use crate::missions::bench::Bench;
use crate::support::clamd::{Clamd, EICAR};
use crate::support::{Answer, Person, TestApp};

fn infected() -> Vec<u8> {
    [PDF, EICAR].concat()
}

async fn guarded(clamd: &Clamd) -> TestApp {
    let address = clamd.address.clone();
    TestApp::with(|config| parchemin::config::Config { clamd: Some(address), ..config }).await
}

/// Nothing of a content reached the store.
async fn assert_not_kept(t: &TestApp, content: &[u8]) {
    assert!(!t.app.storage.has(&Sha256::digest(content)).await.unwrap());
}

fn told(answer: &Answer) -> (u16, &str, &str, &str) {
    let fault = &answer.body["errors"][0];
    let (pointer, code) = (fault["pointer"].as_str(), fault["code"].as_str());
    (answer.status.as_u16(), answer.code(), pointer.unwrap_or_default(), code.unwrap_or_default())
}

/// The page of the pieces of the draft, with a file.
async fn page_upload(desk: &Desk, person: &Person, file: Vec<u8>) -> (StatusCode, String) {
    let form = poem::test::TestForm::new()
        .field(poem::test::TestFormField::bytes(file).filename("projet.pdf").name("P02/file"))
        .text("code", "P02")
        .text("csrf", person.csrf.clone());
    let path = desk.page("/brouillon/pieces").await;
    let response = desk.t.client.post(path).header("cookie", &person.cookie).multipart(form).send().await;
    (response.0.status(), response.0.into_body().into_string().await.unwrap())
}

#[tokio::test]
async fn an_infected_piece_is_refused_by_the_api_and_by_the_page_and_is_told_in_the_journal() {
    let clamd = Clamd::start().await;
    let desk = Desk::on(guarded(&clamd).await, "58000", "Nevers").await;
    desk.draft().await;
    let clean = clamd.seen().len();
    assert!(clean > 0, "every piece of the draft was shown");
    desk.t.effects().await;
    let path = format!("{}/pieces", desk.path());
    let answer = desk.t.upload(&desk.owner, &path, "projet.pdf", infected(), &[("code", "P02")]).await;
    assert_eq!(told(&answer), (422, "file-infected", "/file", "file-infected"));
    assert!(answer.body["detail"].as_str().unwrap().contains("Eicar-Test-Signature"), "{answer:?}");
    assert_eq!(desk.t.effects().await.events, ["file.infected"]);
    let (status, html) = page_upload(&desk, &desk.owner, infected()).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("L’antivirus a trouvé") && html.contains("Eicar-Test-Signature"), "{html}");
    assert_eq!(clamd.seen().len(), clean + 2);
    assert_not_kept(&desk.t, &infected()).await;
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::Name.eq("file.infected"))
        .all(desk.t.app.db.read())
        .await
        .unwrap();
    assert_eq!(events.len(), 2);
    assert_eq!(events[0].actor_id, Some(desk.owner.id.0));
    assert!(events[0].payload.contains(&hex::encode(Sha256::digest(infected()))), "{}", events[0].payload);
    assert!(!events[0].payload.contains("projet.pdf"), "the name of a file is a personal value");
}

#[tokio::test]
async fn a_refused_file_leaves_its_idempotency_key_free() {
    let clamd = Clamd::start().await;
    let desk = Desk::on(guarded(&clamd).await, "58000", "Nevers").await;
    desk.draft().await;
    let send = || {
        let file = poem::test::TestFormField::bytes(infected()).filename("a.pdf").name("file");
        let form = poem::test::TestForm::new().field(file).text("code", "P02");
        let request = desk.t.client.post(format!("/api/v1{}/pieces", desk.path()));
        let request = request.header("authorization", format!("Bearer {}", desk.owner.token));
        request.header("idempotency-key", "depot-infecte").multipart(form).send()
    };
    for _ in 0..2 {
        send().await.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let keys = entity::idempotency_key::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    assert!(keys.is_empty(), "{keys:?}");
}

#[tokio::test]
async fn without_its_antivirus_nothing_is_received() {
    let clamd = Clamd::start().await;
    let desk = Desk::on(guarded(&clamd).await, "58000", "Nevers").await;
    desk.draft().await;
    clamd.stop().await;
    desk.t.effects().await;
    let other = [PDF, b"% autre"].concat();
    let path = format!("{}/pieces", desk.path());
    let answer = desk.t.upload(&desk.owner, &path, "projet.pdf", other.clone(), &[("code", "P02")]).await;
    assert_eq!(told(&answer), (503, "file-not-scanned", "/file", "file-not-scanned"));
    let (status, html) = page_upload(&desk, &desk.owner, other.clone()).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(html.contains("L’antivirus ne répond pas") && html.contains("name=\"P02/file\""), "{html}");
    assert!(desk.t.effects().await.events.is_empty());
    assert_not_kept(&desk.t, &other).await;
}

#[tokio::test]
async fn receipts_files_of_meetings_and_pieces_of_experts_pass_by_the_same_door() {
    let clamd = Clamd::start().await;
    let bench = Bench::on(guarded(&clamd).await).await;
    let mission = bench.accepted().await;
    bench.t.set_now(datetime!(2025-10-20 07:00 UTC));
    assert_eq!(bench.act(&bench.own, &mission, "start", &Value::Null).await.status, 200);
    let receipts = format!("/missions/{mission}/receipts");
    let answer = bench.t.upload(&bench.own, &receipts, "billet.pdf", infected(), &[]).await;
    assert_eq!(told(&answer), (422, "file-infected", "/file", "file-infected"));
    let meeting = bench.t.post(&bench.officer, "/meetings", &planned("2025-11-14")).await;
    assert_eq!(meeting.status, 201, "{meeting:?}");
    let papers = format!("/meetings/{}/documents", meeting.body["meeting"]["id"].as_str().unwrap());
    let answer = bench.t.upload(&bench.officer, &papers, "ordre.pdf", infected(), &[]).await;
    assert_eq!(told(&answer), (422, "file-infected", "/file", "file-infected"));
    let pieces = format!("/experts/{}/pieces", bench.expert.id);
    let piece = bench.t.post(&bench.own, &pieces, &json!({ "code": "cv" })).await;
    let cv = format!("{pieces}/{}/file", piece.body["id"].as_str().unwrap());
    let answer = bench.t.upload(&bench.own, &cv, "cv.pdf", infected(), &[]).await;
    assert_eq!(told(&answer), (422, "file-infected", "/file", "file-infected"));
    assert_eq!(clamd.seen().len(), 3);
    assert_not_kept(&bench.t, &infected()).await;
    clamd.stop().await;
    for (person, path) in [(&bench.own, &receipts), (&bench.officer, &papers), (&bench.own, &cv)] {
        let answer = bench.t.upload(person, path, "sain.pdf", PDF.to_vec(), &[]).await;
        assert_eq!(told(&answer), (503, "file-not-scanned", "/file", "file-not-scanned"), "{path}");
    }
    assert_not_kept(&bench.t, PDF).await;
}

#[tokio::test]
async fn a_daemon_on_a_socket_reads_long_files_whole() {
    let folder = tempfile::tempdir().unwrap();
    let clamd = Clamd::on_socket(folder.path());
    let scanner = Scanner::at(&clamd.address);
    scanner.ping().await.unwrap();
    let mut large = vec![7; 3 * 1024 * 1024 + 17];
    assert_eq!(scanner.scan(&large).await.unwrap(), Verdict::Clean);
    let end = large.len() - EICAR.len();
    large[end..].copy_from_slice(EICAR);
    assert_eq!(scanner.scan(&large).await.unwrap(), Verdict::Infected("Eicar-Test-Signature".to_owned()));
    assert_eq!(clamd.seen(), [large.len(), large.len()]);
    let path = clamd.address.clone();
    clamd.stop().await;
    assert!(Scanner::at(&path).ping().await.is_err());
}
