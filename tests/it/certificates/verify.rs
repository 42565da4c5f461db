//! What anybody learns of a certificate, and what they do not.

use entity::certificate;
use parchemin::features::certificates::{content, link};
use parchemin::features::journal;
use parchemin::worker::seal::seal_now;
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::bench::Bench;

async fn read(bench: &Bench, path: &str) -> (StatusCode, Value) {
    let response = bench.t.client.get(format!("/api/v1/verification/{path}")).send().await.0;
    let status = response.status();
    (status, response.into_body().into_json().await.unwrap_or_default())
}

async fn same_name(bench: &Bench, number: &str, name: &str) -> Value {
    let request = bench.t.client.post(format!("/api/v1/verification/{number}/name"));
    let response = request.body_json(&json!({ "name": name })).send().await.0;
    response.into_body().into_json().await.unwrap()
}

#[tokio::test]
async fn a_number_tells_everything_printed_but_the_name() {
    let bench = Bench::new().await;
    let (_, number) = bench.issued("Kerdoncuff").await;
    let (status, found) = read(&bench, &number.to_lowercase().replace('-', " ").replace(' ', "%20")).await;
    assert_eq!(status, StatusCode::OK, "{found}");
    assert_eq!(found["state"], "valid");
    assert_eq!(found["holder_initials"], "I.\u{a0}K.");
    assert_eq!(found["place"], "Nevers (58)");
    assert!(!found.to_string().contains("Kerdoncuff"), "{found}");
    let page = bench.t.client.get(format!("/verifier/{number}")).send().await;
    page.assert_status_is_ok();
    let text = page.0.into_body().into_string().await.unwrap();
    assert!(text.contains("Certificat valide") && !text.contains("Kerdoncuff"), "{text}");
}

#[tokio::test]
async fn a_typed_name_matches_or_not() {
    let bench = Bench::new().await;
    let (_, number) = bench.issued("Kerdoncuff").await;
    for (name, expected) in
        [("KERDONCUFF Ines", true), ("Inès Anne-Marie Kerdoncuff", true), ("Inès Autre", false)]
    {
        let answer = same_name(&bench, &number, name).await;
        assert_eq!(answer["matches"], expected, "{name}: {answer}");
    }
    let form = [("nom", "Inès Kerdoncuff")];
    let page = bench.t.client.post(format!("/verifier/{number}")).form(&form).send().await;
    let text = page.0.into_body().into_string().await.unwrap();
    assert!(text.contains("Le nom correspond"), "{text}");
}

#[tokio::test]
async fn unknown_malformed_and_hidden_numbers_are_answered_alike() {
    let bench = Bench::new().await;
    let (id, number) = bench.issued("Kerdoncuff").await;
    let body = json!({ "public": false });
    let hidden = bench.t.post(&bench.officer, &format!("/certificates/{id}/publish"), &body).await;
    assert_eq!(hidden.status, StatusCode::OK, "{hidden:?}");
    let strip = |(status, mut body): (StatusCode, Value)| {
        body.as_object_mut().unwrap().retain(|name, _| name != "instance" && name != "request_id");
        (status, body)
    };
    let hidden = strip(read(&bench, &number).await);
    assert_eq!(hidden.0, StatusCode::NOT_FOUND);
    assert_eq!(hidden, strip(read(&bench, "CQPSP-2025-000999-K7QM4TXB").await));
    assert_eq!(hidden, strip(read(&bench, "bonjour").await));
    for number in [number.as_str(), "CQPSP-2025-000999-K7QM4TXB", "bonjour"] {
        let page = bench.t.client.get(format!("/verifier/{number}")).send().await;
        assert_eq!(page.0.status(), StatusCode::NOT_FOUND);
        let text = page.0.into_body().into_string().await.unwrap();
        assert!(text.contains("Ce numéro n’existe pas"), "{text}");
    }
}

#[tokio::test]
async fn the_signature_holds_without_us() {
    let bench = Bench::new().await;
    let (_, number) = bench.issued("Kerdoncuff").await;
    let (status, file) = read(&bench, &format!("{number}/signature")).await;
    assert_eq!(status, StatusCode::OK, "{file}");
    let bytes = |field: &str| hex::decode(file[field].as_str().unwrap()).unwrap();
    let row = certificate::Entity::find().one(bench.t.app.db.read()).await.unwrap().unwrap();
    assert!(content::is_signed_by(&number, &row.content_hash, &bytes("signature"), &bytes("public_key")));
    assert!(!file.to_string().contains("Kerdoncuff"), "{file}");
}

#[tokio::test]
async fn the_journal_proves_the_delivery() {
    let bench = Bench::new().await;
    let (_, number) = bench.issued("Kerdoncuff").await;
    seal_now(&bench.t.app).await.unwrap();
    let (status, file) = read(&bench, &format!("{number}/proof")).await;
    assert_eq!(status, StatusCode::OK, "{file}");
    assert_eq!(file["event"]["name"], "certificate.issued");
    let row = certificate::Entity::find().one(bench.t.app.db.read()).await.unwrap().unwrap();
    assert_eq!(file["event"]["payload"]["content_hash"], hex::encode(&row.content_hash));
    assert!(file["inclusion"].is_object(), "{file}");
    assert!(!file.to_string().contains("Kerdoncuff"), "{file}");
    let path = bench.t.app.data_path("preuve.json");
    let checked = |text: &str| {
        std::fs::write(&path, text).unwrap();
        journal::cli::verify_file(&path, false)
    };
    let (said, code) = checked(&file.to_string());
    assert_eq!(code, journal::cli::INTACT, "{said}");
    let seal = &file["inclusion"]["seal"];
    let root = seal["root"].as_str().unwrap();
    assert!(said.contains(root), "{said}");
    let other = hex::encode([7_u8; 32]);
    for (old, new) in [
        (hex::encode(&row.content_hash).as_str(), other.as_str()),
        (root, other.as_str()),
        (file["public_key"].as_str().unwrap(), other.as_str()),
        (seal["key_id"].as_str().unwrap(), "ed25519:0000000000000000"),
    ] {
        let (said, code) = checked(&file.to_string().replace(old, new));
        assert_eq!(code, journal::cli::ALTERED, "{old}: {said}");
    }
}

#[tokio::test]
async fn a_holder_reaches_their_file_and_hides_the_page_without_an_account() {
    let bench = Bench::new().await;
    let (_, number) = bench.issued("Kerdoncuff").await;
    bench.work().await;
    let row = certificate::Entity::find().one(bench.t.app.db.read()).await.unwrap().unwrap();
    let at = format!("/mes-certificats/{}", link::token(&bench.t.app, row.id).unwrap());
    bench.t.client.get(&at).send().await.assert_status_is_ok();
    let file = bench.t.client.get(format!("{at}/fichier")).send().await;
    file.assert_status_is_ok();
    file.assert_header("content-type", "application/pdf");
    let hidden = bench.t.client.post(&at).form(&[("page", "masquee")]).send().await;
    assert_eq!(hidden.0.status(), StatusCode::SEE_OTHER);
    assert_eq!(read(&bench, &number).await.0, StatusCode::NOT_FOUND);
    let forged = bench.t.client.get("/mes-certificats/AAAA").send().await;
    assert_eq!(forged.0.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_badge_is_a_token_that_its_key_signed() {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use ed25519_dalek::{Signature, VerifyingKey};

    let bench = Bench::new().await;
    let (id, _) = bench.issued("Kerdoncuff").await;
    let path = format!("/certificates/{id}/badge");
    let none = bench.t.get(&bench.officer, &path).await;
    assert_eq!((none.status, none.code()), (StatusCode::CONFLICT, "certificate-not-ready"));
    let made = bench.t.post_at(&bench.officer, &path, 1).await;
    assert_eq!(made.status, StatusCode::OK, "{made:?}");
    let token = made.body["credential"].as_str().unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let part = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let claims: Value = serde_json::from_slice(&part(signed.split('.').nth(1).unwrap())).unwrap();
    assert_eq!(claims["type"][1], "OpenBadgeCredential", "{claims}");
    assert!(!claims.to_string().contains("Kerdoncuff"), "{claims}");
    let did = bench.t.client.get("/.well-known/did.json").send().await;
    let did: Value = did.0.into_body().into_json().await.unwrap();
    let key = part(did["verificationMethod"][0]["publicKeyJwk"]["x"].as_str().unwrap());
    let key = VerifyingKey::from_bytes(key.as_slice().try_into().unwrap()).unwrap();
    let signature = Signature::from_slice(&part(signature)).unwrap();
    assert!(key.verify_strict(signed.as_bytes(), &signature).is_ok());
    let list = bench.t.client.get("/badges/etats/revocation").send().await;
    list.assert_status_is_ok();
}
