//! A reserve is closed on what the structure brings and a manager checks (A3).

use entity::agreement_request::RequestState as S;
use poem::http::StatusCode;
use poem::test::{TestForm, TestFormField};
use serde_json::json;
use time::Duration;

use super::desk::{Desk, PDF};
use super::guards::{fault, refusal};

/// An active agreement with one open reserve: the paths of its right and of the reserve in the API.
async fn reserved(desk: &Desk) -> (String, String) {
    desk.reach(S::GrantedWithReserves).await;
    desk.sign().await;
    let file = desk.read().await;
    let id = |pointer: &str| file.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    let right = format!("/agreements/{}", id("/agreement/id"));
    let reserve = format!("{right}/reserves/{}", id("/reserves/0/id"));
    (right, reserve)
}

#[tokio::test]
async fn a_structure_brings_a_proof_that_a_manager_checks_and_that_stays_tied_to_the_reserve() {
    let desk = Desk::new().await;
    let (right, reserve) = reserved(&desk).await;
    let path = format!("{reserve}/proofs");
    desk.t.effects().await;
    for (name, content, note, expected) in [
        ("virus.pdf", b"MZ\x90\0".to_vec(), "Convention", (422, "file-kind-unknown")),
        ("convention.pdf", PDF.to_vec(), " ", (422, "reason-missing")),
    ] {
        let answer = desk.t.upload(&desk.owner, &path, name, content, &[("note", note)]).await;
        assert_eq!(fault(&answer), expected, "{name} {answer:?}");
    }
    for (person, expected) in [
        (&desk.stranger, (404, "not-found")),
        (&desk.officer, (403, "forbidden")),
        (&desk.manager, (403, "forbidden")),
    ] {
        let answer = desk.t.upload(person, &path, "a.pdf", PDF.to_vec(), &[("note", "Convention")]).await;
        assert_eq!(refusal(&answer), expected, "{answer:?}");
    }
    assert!(desk.t.effects().await.events.is_empty());
    let note = [("note", "Convention signée le 12 mars")];
    let answer = desk.t.upload(&desk.owner, &path, "convention.pdf", PDF.to_vec(), &note).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let proved = answer.body["reserves"][0].clone();
    assert_eq!((&proved["state"], &proved["proof_note"]), (&json!("open"), &json!(note[0].1)));
    let effects = desk.t.effects().await;
    assert_eq!(effects.events, ["agreement.proof_received"]);
    assert_eq!(effects.mails, ["agreement-reserve-proof"]);
    let todo = desk.opens(&desk.manager, "/accueil").await;
    assert!(todo.contains("Réserve à vérifier"), "the team sees it at once: {todo}");
    let document = format!("/documents/{}/content", proved["proof_document_id"].as_str().unwrap());
    assert_eq!(desk.t.get(&desk.manager, &document).await.status, StatusCode::OK);
    assert_eq!(desk.t.get(&desk.stranger, &document).await.status, StatusCode::NOT_FOUND);
    let evidence = json!({ "evidence": "Convention vue" });
    let answer = desk.t.post(&desk.manager, &format!("{reserve}/close"), &evidence).await;
    assert_eq!(answer.body["state"], "active", "{answer:?}");
    assert_eq!(answer.body["reserves"][0]["proof_document_id"], proved["proof_document_id"]);
    let late = desk.t.upload(&desk.owner, &path, "b.pdf", PDF.to_vec(), &note).await;
    assert_eq!(refusal(&late), (409, "agreement-wrong-state"));
    assert_eq!(desk.t.get(&desk.owner, &right).await.body["state"], "active");
}

#[tokio::test]
async fn a_proof_is_brought_from_the_page_of_the_file_and_stops_the_reminders() {
    let desk = Desk::new().await;
    let (_, reserve) = reserved(&desk).await;
    let (file, path) = (desk.page("").await, desk.page("/justifier-reserve").await);
    let html = desk.opens(&desk.owner, &file).await;
    assert!(html.contains(&format!("action=\"{path}\"")), "{html}");
    assert!(!desk.opens(&desk.manager, &file).await.contains(&path), "only the structure brings proofs");
    let key = reserve.rsplit('/').next().unwrap().to_owned();
    let send = |note: &'static str| {
        let form = TestForm::new()
            .text("csrf", desk.owner.csrf.clone())
            .text("reserve", key.clone())
            .text("note", note)
            .field(TestFormField::bytes(PDF.to_vec()).filename("convention.pdf").name("file"));
        desk.t.client.post(&path).header("cookie", &desk.owner.cookie).multipart(form).send()
    };
    let refused = send(" ").await;
    assert_eq!(refused.0.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let html = refused.0.into_body().into_string().await.unwrap();
    assert!(html.contains("id=\"justifier-reserve-note-err\""), "{html}");
    assert_eq!(send("Convention signée").await.0.status(), StatusCode::SEE_OTHER);
    let html = desk.opens(&desk.manager, &file).await;
    assert!(html.contains("Preuve déposée par la structure") && html.contains("Convention signée"), "{html}");
    desk.t.effects().await;
    desk.t.advance(time::Duration::days(55));
    desk.deadlines().await;
    let told = desk.t.effects().await.mails;
    assert!(!told.contains(&"agreement-reserve-reminder".to_owned()), "{told:?}");
}

#[tokio::test]
async fn an_agreement_takes_effect_at_the_last_signature_at_the_earliest() {
    let desk = Desk::new().await;
    desk.reach(S::Granted).await;
    let decided = desk.today();
    let prepared = desk.read().await["agreement"].clone();
    desk.t.advance(Duration::days(12));
    desk.sign().await;
    let path = format!("/agreements/{}", prepared["id"].as_str().unwrap());
    let right = desk.t.get(&desk.owner, &path).await.body;
    assert_eq!(right["starts_on"], (decided + Duration::days(12)).to_string(), "{right}");
}
