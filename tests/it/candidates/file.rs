//! The file, from the positioning to the admission.

use serde_json::{Value, json};

use super::bench::Bench;
use crate::agreements::desk::PDF;

#[tokio::test]
async fn a_file_goes_from_enrolment_to_admission() {
    let b = Bench::new().await;
    let path = b.admitted(&b.somebody()).await;
    let found = b.t.get(&b.owner, &path).await.body;
    assert_eq!(found["candidate"]["state"], "admitted");
    assert_eq!((found["file_revision"].clone(), found["lacking"].clone()), (json!(1), json!([])));
    assert_eq!(found["frozen_sha256"].as_str().unwrap().len(), 64);
    for (template, count) in [
        ("candidate-enrolled", 1),
        ("candidate-path-started", 1),
        ("candidate-submitted", 1),
        ("candidate-admitted", 1),
    ] {
        assert_eq!(b.mails(template).await.len(), count, "{template}");
    }
}

#[tokio::test]
async fn the_positioning_wants_its_sheet() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    let none = json!({ "results": [] });
    let refused = b.act(&b.owner, &path, "record-positioning", &none).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "candidate-lacking"), "{refused:?}");
    let unknown = json!({ "results": [{ "skill_id": b.t.app.new_id(), "result": "acquired" }] });
    let refused = b.act(&b.owner, &path, "record-positioning", &unknown).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    b.piece(&path, "positioning_sheet").await;
    assert_eq!(b.act(&b.officer, &path, "record-positioning", &none).await.status, 200);
}

#[tokio::test]
async fn a_file_that_lacks_a_piece_is_not_handed_in() {
    let b = Bench::new().await;
    let path = b.on_path(&b.somebody()).await;
    let refused = b.act(&b.owner, &path, "submit-file", &Value::Null).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "candidate-lacking"));
    assert_eq!(refused.body["blocking"].as_array().unwrap().len(), 1, "{refused:?}");
    assert_eq!(b.act(&b.officer, &path, "submit-file", &Value::Null).await.status, 403, "the structure does");
}

#[tokio::test]
async fn what_is_handed_in_is_frozen_and_handed_in_again_once_completed() {
    let b = Bench::new().await;
    let path = b.on_path(&b.somebody()).await;
    b.piece(&path, "livret").await;
    let first = b.act(&b.owner, &path, "submit-file", &Value::Null).await.body["frozen_sha256"].clone();
    let late =
        b.t.upload(&b.owner, &format!("{path}/pieces"), "a.pdf", PDF.to_vec(), &[("kind", "other")]).await;
    assert_eq!(late.code(), "candidate-with-certifier", "{late:?}");

    let asked = b.act(&b.officer, &path, "ask-completion", &json!({ "lack": "Livret signé" })).await;
    assert_eq!(asked.status, 200, "{asked:?}");
    assert_eq!(b.mails("candidate-incomplete").await.len(), 1);
    b.piece(&path, "other").await;
    let again = b.act(&b.owner, &path, "submit-file", &Value::Null).await;
    assert_eq!(again.status, 200, "{again:?}");
    assert_eq!((again.body["file_revision"].clone(), again.body["asked"].clone()), (json!(2), Value::Null));
    assert_ne!(again.body["frozen_sha256"], first, "another piece is another file");
}

#[tokio::test]
async fn a_frozen_file_gives_no_piece_back_to_anybody() {
    let b = Bench::new().await;
    let path = b.on_path(&b.somebody()).await;
    b.piece(&path, "livret").await;
    let found = b.t.get(&b.owner, &path).await.body;
    let number = found["candidate"]["number"].as_str().unwrap();
    let page = format!("/candidats/{number}");
    let piece = found["pieces"][0]["id"].as_str().unwrap();
    let remove = format!("pieces/{piece}/remove");
    let (_, text) = b.t.open(&b.owner, &page).await;
    assert!(text.contains(&format!("{page}/pieces/{piece}/retirer")), "{text}");
    assert_eq!(b.act(&b.owner, &path, "submit-file", &Value::Null).await.status, 200);
    for reader in [&b.owner, &b.officer, &b.manager] {
        let (status, text) = b.t.open(reader, &page).await;
        assert!(status == 200 && !text.contains("/retirer"), "{text}");
    }
    b.t.effects().await;
    let own = b.act(&b.owner, &path, &remove, &Value::Null).await;
    assert_eq!(own.code(), "candidate-with-certifier", "{own:?}");
    let refused = b.act(&b.officer, &path, &remove, &Value::Null).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "candidate-wrong-state"), "{refused:?}");
    assert!(b.t.effects().await.events.is_empty());
    let asked = b.act(&b.officer, &path, "ask-completion", &json!({ "lack": "Livret signé" })).await;
    assert_eq!(asked.status, 200, "{asked:?}");
    let back = b.act(&b.owner, &path, &remove, &Value::Null).await;
    assert_eq!(back.status, 200, "a file to complete is open again: {back:?}");
}

#[tokio::test]
async fn nobody_is_admitted_whose_birth_is_not_known() {
    let b = Bench::new().await;
    let mut body = b.somebody();
    body["civil_status"] = json!({ "birth_name": "Ben Abdou", "first_names": ["Saïd"] });
    let path = b.on_path(&body).await;
    b.piece(&path, "livret").await;
    assert_eq!(b.act(&b.owner, &path, "submit-file", &Value::Null).await.status, 200);
    let refused = b.act(&b.officer, &path, "admit", &Value::Null).await;
    assert_eq!(refused.code(), "candidate-lacking");
    assert_eq!(refused.body["blocking"].as_array().unwrap().len(), 3, "sex, date and place: {refused:?}");

    let corrected = json!({
        "civil_status": {
            "birth_name": "Ben Abdou", "first_names": ["Saïd"], "sex": "M",
            "birth_date": "1990", "birth_country": "99397", "birth_locality": "Moroni",
        },
    });
    let own = b.act(&b.owner, &path, "correct-civil-status", &corrected).await;
    assert_eq!(own.code(), "candidate-with-certifier");
    let done = b.act(&b.officer, &path, "correct-civil-status", &corrected).await;
    assert_eq!(done.status, 200, "{done:?}");
    assert_eq!(b.act(&b.officer, &path, "admit", &Value::Null).await.status, 200);
}

#[tokio::test]
async fn a_version_that_somebody_else_changed_is_refused() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    let contact = json!({ "contract": "cui", "phone": "06 39 98 10 00" });
    assert_eq!(b.t.patch(&b.owner, &path, None, &contact).await.status, 428);
    assert_eq!(b.t.patch(&b.owner, &path, Some(1), &contact).await.status, 200);
    assert_eq!(b.t.patch(&b.owner, &path, Some(1), &contact).await.status, 412);
}

#[tokio::test]
async fn documents_are_typeset_once_and_taken_with_a_trace() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    b.piece(&path, "positioning_sheet").await;
    assert_eq!(b.act(&b.owner, &path, "record-positioning", &json!({ "results": [] })).await.status, 200);
    let kinds = parchemin::features::jobs();
    while parchemin::worker::jobs::run_once(&b.t.app, &kinds).await.unwrap() > 0 {}
    let found = b.t.get(&b.officer, &path).await.body;
    let made: Vec<_> = found["documents"].as_array().unwrap().iter().map(|one| &one["kind"]).collect();
    assert!(made.contains(&&json!("candidate-receipt")), "{made:?}");
    assert!(made.contains(&&json!("positioning-sheet")), "{made:?}");
    let before = b.t.readings().await.len();
    let id = found["documents"][0]["id"].as_str().unwrap();
    assert_eq!(b.t.get(&b.owner, &format!("{path}/documents/{id}")).await.status, 200);
    assert_eq!(b.t.readings().await.len(), before, "one’s own leaves nothing");
    assert_eq!(b.t.get(&b.officer, &format!("{path}/documents/{id}")).await.status, 200);
    assert_eq!(b.t.readings().await.len(), before + 1);
}
