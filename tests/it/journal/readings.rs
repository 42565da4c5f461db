//! Sensitive readings are events: whose file, whose declarations, which document; never one's own.

use entity::account_role::Role;
use entity::declared_interest::TieKind;
use poem::http::StatusCode;
use serde_json::json;

use super::run as execute;
use crate::agreements::desk::Desk;
use crate::meetings::plan;
use crate::missions::bench::Bench;
use crate::support::{Person, TestApp};

/// The names of the readings since the last call.
async fn since(t: &TestApp, seen: &mut usize) -> Vec<(String, String)> {
    let all = t.readings().await;
    let new = all[*seen..].to_vec();
    *seen = all.len();
    new
}

fn one(name: &str, label: impl Into<String>) -> (String, String) {
    (name.to_owned(), label.into())
}

async fn opens(t: &TestApp, person: &Person, path: &str) {
    let (status, html) = t.open(person, path).await;
    assert_eq!(status, StatusCode::OK, "{path}: {html}");
}

#[tokio::test]
async fn the_file_of_an_expert_read_by_somebody_else_is_an_event() {
    let t = TestApp::new().await;
    let expert = t.controller("Abel").await;
    let (own, officer) = (t.of_expert(expert.id).await, t.person(Role::Officer).await);
    let (api, page) = (format!("/experts/{}", expert.id), format!("/intervenants/{}", expert.number));
    let mut seen = 0;
    for reader in [&officer, &t.person(Role::Auditor).await] {
        assert_eq!(t.get(reader, &api).await.status, 200);
        opens(&t, reader, &page).await;
        let viewed = || one("expert.viewed", &expert.number);
        assert_eq!(since(&t, &mut seen).await, [viewed(), viewed()]);
    }
    assert_eq!(t.get(&own, &api).await.status, 200);
    opens(&t, &own, &page).await;
    assert_eq!(t.get(&officer, "/experts").await.status, 200);
    opens(&t, &officer, "/intervenants").await;
    let stranger = t.of_expert(t.expert("Faure").await.id).await;
    assert_eq!(t.get(&stranger, &api).await.status, 404);
    assert_eq!(t.open(&stranger, &page).await.0, StatusCode::NOT_FOUND);
    assert!(since(&t, &mut seen).await.is_empty(), "neither one's own file, nor a list, nor a refusal");
}

#[tokio::test]
async fn declared_interests_read_by_whoever_is_told_of_them_are_an_event() {
    let t = TestApp::new().await;
    let expert = t.controller("Abel").await;
    let structure = t.structure("Les Jardins du Morvan").await;
    t.interest(expert.id, structure.id, TieKind::EmployeeBoardOrProvider, None).await;
    let (own, officer) = (t.of_expert(expert.id).await, t.person(Role::Officer).await);
    let manager = t.person(Role::Manager).await;
    let base = format!("/experts/{}", expert.id);
    let page = format!("/intervenants/{}/independance", expert.number);
    let mut seen = 0;
    for path in ["interests", "interest-declarations", "ties"] {
        assert_eq!(t.get(&manager, &format!("{base}/{path}")).await.status, 200, "{path}");
        assert_eq!(since(&t, &mut seen).await, [one("interest.read", &expert.number)], "{path}");
        assert_eq!(t.get(&own, &format!("{base}/{path}")).await.status, 200, "{path}");
    }
    opens(&t, &manager, &page).await;
    assert_eq!(since(&t, &mut seen).await, [one("interest.read", &expert.number)]);
    opens(&t, &own, &page).await;
    opens(&t, &officer, &page).await;
    assert_eq!(t.get(&officer, &format!("{base}/interest-declarations")).await.status, 200);
    assert!(since(&t, &mut seen).await.is_empty(), "the team sees that it was made, not what it says");
}

#[tokio::test]
async fn the_account_of_somebody_else_is_an_event_and_ones_own_is_not() {
    let t = TestApp::new().await;
    let (admin, officer) = (t.person(Role::Admin).await, t.person(Role::Officer).await);
    let mut seen = 0;
    assert_eq!(t.get(&admin, &format!("/users/{}", officer.id)).await.status, 200);
    opens(&t, &admin, &format!("/parametres/utilisateurs/{}", officer.id)).await;
    let viewed = || one("account.viewed", officer.id.to_string());
    assert_eq!(since(&t, &mut seen).await, [viewed(), viewed()]);
    assert_eq!(t.get(&officer, &format!("/users/{}", officer.id)).await.status, 200);
    assert_eq!(t.get(&officer, "/users/me").await.status, 200);
    assert_eq!(t.get(&admin, "/users").await.status, 200);
    assert!(since(&t, &mut seen).await.is_empty());
}

#[tokio::test]
async fn a_document_taken_by_somebody_else_is_an_event_that_names_it() {
    let desk = Desk::new().await;
    desk.draft().await;
    let listed = desk.t.get(&desk.officer, &format!("{}/documents", desk.path())).await;
    let document = listed.body["items"][0]["id"].as_str().unwrap().to_owned();
    let number = desk.read().await["draft_number"].as_str().unwrap().to_owned();
    let (content, page) = (format!("/documents/{document}/content"), format!("/documents/{document}"));
    let mut seen = desk.t.readings().await.len();
    let known = desk.t.get(&desk.officer, &page).await;
    assert_eq!(known.status, 200, "what is known of it is no reading");
    assert_eq!(known.etag, known.body["sha256"].as_str().map(|hash| format!("\"{hash}\"")));
    assert_eq!(desk.t.get(&desk.owner, &content).await.status, 200);
    assert_eq!(desk.t.open(&desk.owner, &page).await.0, StatusCode::OK);
    assert_eq!(desk.t.get(&desk.stranger, &content).await.status, 404);
    assert!(since(&desk.t, &mut seen).await.is_empty());
    assert_eq!(desk.t.get(&desk.officer, &content).await.status, 200);
    assert_eq!(desk.t.open(&desk.manager, &page).await.0, StatusCode::OK);
    let taken = || one("document.downloaded", &number);
    assert_eq!(since(&desk.t, &mut seen).await, [taken(), taken()]);
    let admin = desk.t.person(Role::Admin).await;
    let told = desk.t.get(&admin, "/journal/events?limit=1").await.body["items"][0].clone();
    let said = told.to_string();
    assert!(said.contains("document.downloaded") && said.contains(&document), "{told}");
    let history = desk.t.get(&desk.owner, &format!("{}/history", desk.path())).await.body.to_string();
    assert!(!history.contains("document.downloaded"), "the history of a file does not tell who looks at it");
}

#[tokio::test]
async fn a_receipt_and_a_file_of_a_meeting_are_taken_in_view_of_the_journal() {
    let bench = Bench::new().await;
    let t = &bench.t;
    let mission = bench.accepted().await;
    t.set_now(time::macros::datetime!(2025-10-20 07:00 UTC));
    assert_eq!(bench.act(&bench.own, &mission, "start", &json!(null)).await.status, 200);
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    let sent = t.upload(&bench.own, &format!("/missions/{mission}/receipts"), "billet.png", png, &[]).await;
    assert_eq!(sent.status, 200, "{sent:?}");
    let number = bench.read(&mission).await["number"].as_str().unwrap().to_owned();
    let (_, html) = t.open(&bench.officer, &format!("/missions/{number}")).await;
    let link = html.split("href=\"").find(|part| part.contains("/documents/")).unwrap();
    let link = link.split('"').next().unwrap();
    let mut seen = t.readings().await.len();
    opens_as_file(t, &bench.own, link).await;
    assert!(since(t, &mut seen).await.is_empty());
    opens_as_file(t, &bench.officer, link).await;
    assert_eq!(since(t, &mut seen).await, [one("document.downloaded", &number)]);

    let t = TestApp::new().await;
    let guest = t.of_expert(crate::meetings::mandataire(&t, "Abel", "58").await.id).await;
    let (officer, path) = plan(&t).await;
    t.post(&officer, &format!("{path}/invite"), &json!({})).await;
    let pdf = crate::agreements::desk::PDF.to_vec();
    let sent = t.upload(&officer, &format!("{path}/documents"), "ordre.pdf", pdf, &[]).await;
    let id = sent.body["documents"][0]["id"].as_str().unwrap().to_owned();
    let mut seen = t.readings().await.len();
    for reader in [&guest, &officer] {
        assert_eq!(t.get(reader, &format!("{path}/documents/{id}")).await.status, 200);
    }
    assert_eq!(since(&t, &mut seen).await, [one("document.downloaded", "REU-2025-0001")]);
}

async fn opens_as_file(t: &TestApp, person: &Person, path: &str) {
    let response = t.client.get(path).header("cookie", &person.cookie).send().await;
    response.assert_status_is_ok();
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_shown() {
    let t = TestApp::new().await;
    let expert = t.controller("Abel").await;
    let (own, officer) = (t.of_expert(expert.id).await, t.person(Role::Officer).await);
    execute(&t, "ALTER TABLE audit_event RENAME TO audit_event_away").await;
    let path = format!("/experts/{}", expert.id);
    let refused = t.get(&officer, &path).await;
    assert_eq!(refused.status, 500);
    assert!(!refused.body.to_string().contains("Abel"), "{refused:?}");
    assert_eq!(t.get(&own, &path).await.status, 200, "one's own file needs no event");
}
