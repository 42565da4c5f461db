//! Whether a PDF that somebody holds is one that was delivered.

use entity::certificate::{self, CertificateState};
use entity::document;
use poem::http::StatusCode;
use poem::test::{TestForm, TestFormField};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::bench::Bench;

fn form(file: &[u8]) -> TestForm {
    TestForm::new().field(TestFormField::bytes(file.to_vec()).filename("certificat.pdf").name("file"))
}

async fn check(bench: &Bench, file: &[u8]) -> (StatusCode, Value) {
    let response = bench.t.client.post("/api/v1/verification/file").multipart(form(file)).send().await.0;
    let status = response.status();
    (status, response.into_body().into_json().await.unwrap())
}

async fn check_page(bench: &Bench, query: &str, file: &[u8]) -> (StatusCode, String) {
    let path = format!("/verifier/un-fichier{query}");
    let response = bench.t.client.post(path).multipart(form(file)).send().await.0;
    let status = response.status();
    (status, response.into_body().into_string().await.unwrap())
}

/// The key and the number of a certificate, and its file.
async fn delivered(bench: &Bench) -> (String, String, Vec<u8>) {
    let (id, number) = bench.issued("Kerdoncuff").await;
    bench.work().await;
    (id, number, file_of(bench, "certificate").await)
}

/// The file of a kind.
async fn file_of(bench: &Bench, kind: &str) -> Vec<u8> {
    let which = document::Entity::find().filter(document::Column::Kind.eq(kind));
    let found = which.one(bench.t.app.db.read()).await.unwrap().unwrap();
    bench.t.app.storage.get(&found.sha256).await.unwrap().to_vec()
}

#[tokio::test]
async fn the_file_that_was_delivered_is_known_with_its_signature_and_its_place_in_the_journal() {
    let bench = Bench::new().await;
    let (_, number, file) = delivered(&bench).await;
    let (status, found) = check(&bench, &file).await;
    assert_eq!(status, StatusCode::OK, "{found}");
    assert_eq!((found["file"].as_str(), found["signed"].as_bool()), (Some("certificate"), Some(true)));
    assert_eq!(found["recorded"].as_bool(), Some(true), "{found}");
    assert_eq!(
        (&found["certificate"]["number"], &found["certificate"]["state"]),
        (&json!(number), &json!("valid"))
    );
    assert!(!found.to_string().contains("Kerdoncuff"), "{found}");
    let (status, page) = check_page(&bench, "", &file).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("à l’octet près") && page.contains("Certificat valide"), "{page}");
    assert!(page.contains(&format!("/verifier/{number}")) && !page.contains("Kerdoncuff"), "{page}");
}

#[tokio::test]
async fn a_duplicate_is_known_as_one_and_a_certificate_that_no_longer_counts_is_told() {
    let bench = Bench::new().await;
    let (id, _, file) = delivered(&bench).await;
    let body = json!({ "reason": "Original perdu." });
    let asked = bench.t.post(&bench.officer, &format!("/certificates/{id}/duplicate"), &body).await;
    assert_eq!(asked.status, StatusCode::OK, "{asked:?}");
    bench.work().await;
    let duplicate = file_of(&bench, "certificate-duplicate").await;
    let (_, found) = check(&bench, &duplicate).await;
    assert_eq!(
        (found["file"].as_str(), found["recorded"].as_bool()),
        (Some("duplicate"), Some(true)),
        "{found}"
    );
    certificate::Entity::update_many()
        .col_expr(certificate::Column::State, Expr::value(CertificateState::Revoked.word()))
        .exec(bench.t.app.db.bookkeeping())
        .await
        .unwrap();
    assert_eq!(check(&bench, &file).await.1["certificate"]["state"], "revoked");
    assert!(check_page(&bench, "", &file).await.1.contains("Certificat révoqué"));
}

#[tokio::test]
async fn another_file_is_unknown_and_nothing_of_it_is_kept() {
    let bench = Bench::new().await;
    let (id, _, file) = delivered(&bench).await;
    let documents = document::Entity::find().all(bench.t.app.db.read()).await.unwrap().len();
    bench.t.effects().await;
    let mut other = file.clone();
    other.push(b'\n');
    let (status, answer) = check(&bench, &other).await;
    assert_eq!((status, answer["code"].as_str()), (StatusCode::NOT_FOUND, Some("certificate-file-unknown")));
    let (status, page) = check_page(&bench, "", &other).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(page.contains("Cela ne veut pas dire que le certificat est faux"), "{page}");
    assert_eq!(document::Entity::find().all(bench.t.app.db.read()).await.unwrap().len(), documents);
    assert_eq!(bench.t.effects().await.events, Vec::<String>::new());

    let body = json!({ "public": false });
    bench.t.post(&bench.officer, &format!("/certificates/{id}/publish"), &body).await;
    let (status, hidden) = check(&bench, &file).await;
    assert_eq!(
        (status, &hidden["code"]),
        (StatusCode::NOT_FOUND, &answer["code"]),
        "as a file that is not known"
    );
}

#[tokio::test]
async fn what_is_no_certificate_is_refused_in_words() {
    let bench = Bench::new().await;
    let large = [b"%PDF-1.7\n".as_slice(), &vec![b' '; 5 * 1024 * 1024]].concat();
    for (file, code, words, english) in [
        (b"".as_slice(), "file-wanted", "Choisissez un fichier", "Choose a file"),
        (b"bonjour".as_slice(), "file-not-pdf", "Choisissez le fichier PDF", "Choose the PDF file"),
        (large.as_slice(), "file-over-limit", "aucun certificat n’est aussi lourd", "larger than 5 MB"),
    ] {
        let (status, answer) = check(&bench, file).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{answer}");
        assert_eq!(
            (&answer["errors"][0]["pointer"], &answer["errors"][0]["code"]),
            (&json!("/file"), &json!(code))
        );
        let (status, page) = check_page(&bench, "", file).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains(words), "{page}");
        let (_, page) = check_page(&bench, "?lang=en", file).await;
        assert!(page.contains(english) && page.contains("<html lang=\"en\""), "{page}");
    }
}

#[tokio::test]
async fn a_register_that_was_altered_is_seen() {
    let bench = Bench::new().await;
    let (_, number, file) = delivered(&bench).await;
    let row = certificate::Entity::find().one(bench.t.app.db.read()).await.unwrap().unwrap();
    certificate::Entity::update_many()
        .col_expr(certificate::Column::Content, Expr::value(row.content.replace("Kerdoncuff", "Kerdoncuf")))
        .filter(certificate::Column::Number.eq(number))
        .exec(bench.t.app.db.bookkeeping())
        .await
        .unwrap();
    assert_eq!(check(&bench, &file).await.1["signed"], false);
    assert!(check_page(&bench, "", &file).await.1.contains("non vérifiée"));
}
