//! The file of a piece of an expert: sent, replaced, taken in view of the journal, refused.

use entity::account_role::Role;
use entity::{audit_event, expert};
use poem::http::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::agreements::desk::PDF;
use crate::support::{Person, TestApp};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// Someone, their account, and a piece of theirs; the path of the piece.
async fn piece(t: &TestApp) -> (expert::Model, Person, String) {
    let expert = t.expert("Abel").await;
    let own = t.of_expert(expert.id).await;
    let body = json!({ "code": "cv", "note": "Mis à jour" });
    let added = t.post(&own, &format!("/experts/{}/pieces", expert.id), &body).await;
    assert_eq!(added.status, StatusCode::CREATED, "{added:?}");
    assert_eq!(added.body["file"], Value::Null);
    let path = format!("/experts/{}/pieces/{}", expert.id, added.body["id"].as_str().unwrap());
    (expert, own, path)
}

fn etag(content: &[u8]) -> String {
    format!("\"{}\"", hex::encode(Sha256::digest(content)))
}

#[tokio::test]
async fn the_file_of_a_piece_is_sent_replaced_and_taken_by_those_entitled() {
    let t = TestApp::new().await;
    let (expert, own, path) = piece(&t).await;
    let file = format!("{path}/file");
    let officer = t.person(Role::Officer).await;
    assert_eq!(t.get(&own, &file).await.status, StatusCode::NOT_FOUND, "none yet");
    let _before = t.effects().await;
    let sent = t.upload(&own, &file, "dossier/abel.pdf", PDF.to_vec(), &[]).await;
    assert_eq!(sent.status, StatusCode::OK, "{sent:?}");
    assert_eq!(
        (&sent.body["file"]["file_name"], &sent.body["file"]["size"]),
        (&json!("abel.pdf"), &json!(PDF.len()))
    );
    let effects = t.effects().await;
    assert_eq!((effects.events, effects.mails), (vec!["expert.piece_filed".to_owned()], Vec::new()));
    let last = audit_event::Entity::find()
        .filter(audit_event::Column::Name.eq("expert.piece_filed"))
        .order_by_desc(audit_event::Column::Id)
        .one(t.app.db.read())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(last.subject_label, expert.number);
    assert!(!last.payload.contains("abel.pdf"), "the name of a file is not in the journal");

    let other = t.upload(&officer, &file, "abel.png", PNG.to_vec(), &[]).await;
    assert_eq!(other.status, StatusCode::OK, "{other:?}");
    let listed = t.get(&own, &format!("/experts/{}/pieces", expert.id)).await;
    let items = listed.body["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["file"]["file_name"]), (1, &json!("abel.png")), "the last one");

    let stranger = t.of_expert(t.expert("Bérard").await.id).await;
    let page = format!("/intervenants/{}/pieces/{}/fichier", expert.number, path.rsplit('/').next().unwrap());
    let mut readings = t.readings().await.len();
    let taken = ("document.downloaded".to_owned(), expert.number.clone());
    for (person, status, told) in [
        (&own, StatusCode::OK, false),
        (&officer, StatusCode::OK, true),
        (&t.person(Role::Auditor).await, StatusCode::OK, true),
        (&stranger, StatusCode::NOT_FOUND, false),
        (&t.person(Role::Trainee).await, StatusCode::NOT_FOUND, false),
        (&t.person(Role::Structure).await, StatusCode::NOT_FOUND, false),
    ] {
        let answer = t.get(person, &file).await;
        assert_eq!(answer.status, status, "{:?}", person.actor.held);
        assert_eq!(answer.etag, (status == StatusCode::OK).then(|| etag(PNG)));
        let response = t.client.get(&page).header("cookie", &person.cookie).send().await;
        assert_eq!(response.0.status(), status, "{:?}", person.actor.held);
        let all = t.readings().await;
        let expected = if told { vec![taken.clone(), taken.clone()] } else { Vec::new() };
        assert_eq!(all[readings..], expected, "{:?}", person.actor.held);
        readings = all.len();
    }
}

#[tokio::test]
async fn a_list_of_pieces_read_by_somebody_else_is_a_reading_of_the_file_of_the_expert() {
    let t = TestApp::new().await;
    let (expert, own, _) = piece(&t).await;
    let list = format!("/experts/{}/pieces", expert.id);
    let stranger = t.of_expert(t.expert("Bérard").await.id).await;
    assert_eq!(t.get(&own, &list).await.status, StatusCode::OK);
    assert_eq!(t.get(&stranger, &list).await.status, StatusCode::NOT_FOUND);
    assert!(t.readings().await.is_empty());
    let officer = t.person(Role::Officer).await;
    assert_eq!(t.get(&officer, &list).await.body["items"][0]["note"], "Mis à jour");
    assert_eq!(t.readings().await, [("expert.viewed".to_owned(), expert.number)]);
}

#[tokio::test]
async fn a_file_that_may_not_be_sent_changes_nothing() {
    let t = TestApp::new().await;
    let (_, own, path) = piece(&t).await;
    let file = format!("{path}/file");
    let other = t.expert("Bérard").await;
    let elsewhere = format!("/experts/{}/pieces/{}/file", other.id, path.rsplit('/').next().unwrap());
    let officer = t.person(Role::Officer).await;
    let _before = t.effects().await;
    for (content, code) in [
        (b"pas un PDF".to_vec(), "file-kind-unknown"),
        (PNG.to_vec(), "file-kind-lying"),
        (vec![], "file-empty"),
    ] {
        let refused = t.upload(&own, &file, "cv.pdf", content, &[]).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::UNPROCESSABLE_ENTITY, code), "{refused:?}");
        assert_eq!(refused.pointers(), ["/file"]);
    }
    for (person, at, status) in [
        (&t.person(Role::Auditor).await, &file, StatusCode::FORBIDDEN),
        (&t.of_expert(other.id).await, &file, StatusCode::NOT_FOUND),
        (&officer, &elsewhere, StatusCode::NOT_FOUND),
    ] {
        let refused = t.upload(person, at, "cv.pdf", PDF.to_vec(), &[]).await;
        assert_eq!(refused.status, status, "{:?} {refused:?}", person.actor.held);
    }
    assert!(t.effects().await.events.is_empty());
    assert_eq!(t.get(&own, &file).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_piece_and_its_file_are_recorded_on_the_page_without_any_script() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let own = t.of_expert(expert.id).await;
    let base = format!("/intervenants/{}", expert.number);
    let (pieces, filing) = (format!("{base}/pieces"), format!("{base}/pieces/fichier"));
    let (_, text) = t.open(&own, &base).await;
    assert!(text.contains("enctype=\"multipart/form-data\"") && !text.contains("/pieces/fichier"), "{text}");
    let _before = t.effects().await;
    let fields = [("code", "cv"), ("note", "Version longue")];
    let wrong = t.send_file(&own, &pieces, "cv.pdf", b"pas un PDF".to_vec(), &fields).await;
    assert_eq!(wrong.0, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["Ce format n’est pas accepté", "#piece-file", "value=\"Version longue\""] {
        assert!(wrong.2.contains(words), "{words}: {}", wrong.2);
    }
    assert!(t.effects().await.events.is_empty(), "both or neither");
    let dated = [("code", ""), ("proof_on", "2031-01-01"), ("valid_until", "2025-13-01")];
    let wrong = t.send_file(&own, &pieces, "cv.pdf", b"pas un PDF".to_vec(), &dated).await;
    assert_eq!(wrong.0, StatusCode::UNPROCESSABLE_ENTITY);
    for fault in ["#piece-code", "#piece-proof_on", "#piece-valid_until", "#piece-file"] {
        assert!(wrong.2.contains(fault), "everything at once, {fault}: {}", wrong.2);
    }
    let (status, location, _) = t.send_file(&own, &pieces, "cv.pdf", PDF.to_vec(), &fields).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, base.as_str()));
    assert_eq!(t.effects().await.events, ["expert.piece_added", "expert.piece_filed"]);
    let diploma = [("code", "certificate"), ("note", "")];
    assert_eq!(t.submit(&own, &pieces, &diploma).await.0, StatusCode::SEE_OTHER, "a file may come later");

    let (_, text) = t.open(&own, &base).await;
    assert!(text.contains("cv.pdf") && text.contains("Certificat ou diplôme du 6 octobre 2025"), "{text}");
    let (status, _, returned) = t.send_file(&own, &filing, "", Vec::new(), &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        returned.contains("Choisissez la pièce") && returned.contains("Choisissez un fichier"),
        "{returned}"
    );
    let option =
        text.split("<option value=\"").find(|part| part.contains("Certificat ou diplôme du")).unwrap();
    let diploma = option.split('"').next().unwrap().to_owned();
    let fields = [("piece_id", diploma.as_str())];
    let (status, _, text) = t.send_file(&own, &filing, "diplome.png", PNG.to_vec(), &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let (_, text) = t.open(&own, &base).await;
    assert!(text.contains(&format!("href=\"{base}/pieces/{diploma}/fichier\"")), "{text}");
    let sent = t.client.get(format!("{base}/pieces/{diploma}/fichier")).header("cookie", &own.cookie);
    let sent = sent.send().await;
    sent.assert_header("content-type", "image/png");
    let content = sent.0.into_body().into_bytes().await.unwrap();
    assert_eq!(&content[..], PNG);

    let auditor = t.person(Role::Auditor).await;
    let (_, text) = t.open(&auditor, &base).await;
    assert!(text.contains("diplome.png") && !text.contains("multipart/form-data"), "{text}");
    let refused = t.send_file(&auditor, &filing, "x.png", PNG.to_vec(), &fields).await;
    assert_eq!(refused.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_piece_recorded_by_mistake_is_corrected_or_taken_back_and_those_it_held_count_again() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let own = t.of_expert(expert.id).await;
    let stranger = t.of_expert(t.expert("Bérard").await.id).await;
    let manager = t.person(Role::Manager).await;
    let pieces = format!("/experts/{}/pieces", expert.id);
    let add = async |proof: &str, until: &str| {
        let body = json!({ "code": "insurance", "proof_on": proof, "valid_until": until });
        let added = t.post(&own, &pieces, &body).await;
        assert_eq!(added.status, StatusCode::CREATED, "{added:?}");
        format!("{pieces}/{}", added.body["id"].as_str().unwrap())
    };
    add("2025-01-01", "2025-12-31").await;
    let wrong = add("2025-09-01", "2099-12-31").await;
    add("2025-10-01", "2026-09-30").await;
    let ends = async |day: &str| {
        let path = format!("/rights?kind=insurance&on={day}&holder_kind=expert&holder_id={}", expert.id);
        let found = t.get(&manager, &path).await;
        let items = found.body["items"].as_array().unwrap().clone();
        items.iter().map(|right| right["ends_on"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ends("2025-10-06").await, ["2099-12-31"], "it blocks the next");

    let correct = format!("{wrong}/correct");
    let reversed = json!({ "valid_until": "2025-08-31", "reason": "Erreur" });
    assert_eq!(t.post(&own, &correct, &reversed).await.pointers(), ["/valid_until"]);
    let unsaid = json!({ "valid_until": "2026-08-31", "reason": " " });
    assert_eq!(t.post(&own, &correct, &unsaid).await.pointers(), ["/reason"]);
    t.effects().await;
    let body = json!({ "valid_until": "2026-08-31", "reason": "Erreur de saisie" });
    let corrected = t.post(&own, &correct, &body).await;
    assert_eq!((corrected.status, &corrected.body["valid_until"]), (StatusCode::OK, &json!("2026-08-31")));
    assert_eq!(t.post(&own, &correct, &body).await.code(), "expert-piece-same-end");
    assert_eq!(ends("2025-09-15").await, ["2025-09-30"]);
    assert_eq!(ends("2025-10-06").await, ["2026-09-30"]);

    let void = format!("{wrong}/void");
    let reason = json!({ "reason": "Attestation d’une autre personne" });
    assert_eq!(t.post(&stranger, &void, &reason).await.status, StatusCode::NOT_FOUND);
    assert_eq!(t.post(&manager, &void, &reason).await.status, StatusCode::OK);
    assert_eq!(t.post(&manager, &void, &reason).await.status, StatusCode::NOT_FOUND, "once");
    assert_eq!(ends("2025-09-15").await, ["2025-09-30"], "the first goes on until the last begins");
    let listed = t.get(&own, &pieces).await;
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 2);
    assert_eq!(t.effects().await.events, ["expert.piece_corrected", "expert.piece_voided"]);

    let page = format!("/intervenants/{}", expert.number);
    let (status, _, text) =
        t.submit(&own, &format!("{page}/pieces/correction"), &[("acte", "annuler"), ("reason", "")]).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && text.contains("Choisissez la pièce"), "{text}");
}

#[tokio::test]
async fn the_piece_that_follows_another_begins_with_what_it_says() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let own = t.of_expert(expert.id).await;
    let body = json!({ "code": "insurance", "note": "Contrat 12", "valid_until": "2025-12-31" });
    let added = t.post(&own, &format!("/experts/{}/pieces", expert.id), &body).await;
    assert_eq!(added.status, StatusCode::CREATED, "{added:?}");
    let officer = t.person(Role::Officer).await;
    let next = format!("/intervenants/{}?piece={}", expert.number, added.body["id"].as_str().unwrap());
    let (_, page) = t.open(&officer, &format!("/intervenants/{}", expert.number)).await;
    assert!(page.contains(&format!("href=\"{next}#pieces\"")), "{page}");
    let (status, page) = t.open(&officer, &next).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("<option value=\"insurance\" selected>"), "{page}");
    assert!(page.contains("value=\"Contrat 12\""), "{page}");
    let (status, _) = t.open(&officer, &format!("/intervenants/{}?piece=rien", expert.number)).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn the_list_of_all_documents_tells_the_last_file_of_a_piece_to_whoever_sees_the_person() {
    let t = TestApp::new().await;
    let (expert, own, path) = piece(&t).await;
    let file = format!("{path}/file");
    for (name, content) in [("abel.pdf", PDF), ("abel.png", PNG)] {
        assert_eq!(t.upload(&own, &file, name, content.to_vec(), &[]).await.status, StatusCode::OK);
    }
    let officer = t.person(Role::Officer).await;
    let elsewhere = t.limited(Role::Officer, "06").await;
    let stranger = t.of_expert(t.expert("Bérard").await.id).await;
    for (person, expected) in
        [(&own, vec!["abel.png"]), (&officer, vec!["abel.png"]), (&elsewhere, vec![]), (&stranger, vec![])]
    {
        let listed = t.get(person, "/documents?kind=expert-piece").await;
        let items = listed.body["items"].as_array().unwrap();
        let names: Vec<_> = items.iter().map(|one| one["file_name"].as_str().unwrap()).collect();
        assert_eq!(names, expected, "{:?}", person.actor.held);
    }
    let listed = t.get(&own, "/documents?kind=expert-piece").await;
    let content = format!("/documents/{}/content", listed.body["items"][0]["id"].as_str().unwrap());
    let before = t.readings().await.len();
    assert_eq!(t.get(&own, &content).await.status, StatusCode::OK);
    assert_eq!(t.readings().await.len(), before, "one’s own");
    assert_eq!(t.get(&officer, &content).await.status, StatusCode::OK);
    assert_eq!(t.readings().await[before..], [("document.downloaded".to_owned(), expert.number)]);
    assert_eq!(t.get(&stranger, &content).await.status, StatusCode::NOT_FOUND);
}
