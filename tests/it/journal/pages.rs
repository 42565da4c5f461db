//! `/journal`: the chain, the search, the details, the copy.

use entity::account_role::Role;
use poem::http::StatusCode;
use sea_orm::EntityTrait;

use super::{Noted, note, note_one, run, unprotect};
use crate::support::TestApp;

#[tokio::test]
async fn the_page_says_where_the_chain_stands() {
    let t = TestApp::new().await;
    let auditor = t.person(Role::Auditor).await;
    note(&t.app, 3).await;
    let (status, text) = t.open(&auditor, "/journal").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Chaîne à vérifier") && text.contains("NOTE-2"));
    parchemin::worker::seal::seal_now(&t.app).await.unwrap();
    let (status, location, _) = t.submit(&auditor, "/journal/verification", &[]).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/journal"));
    let (_, text) = t.open(&auditor, "/journal").await;
    assert!(
        text.contains("Chaîne intacte")
            && text.contains("3 actes et 1 sceau")
            && text.contains("<svg aria-hidden")
    );
    unprotect(&t).await;
    run(&t, "UPDATE audit_event SET reason = 'x' WHERE subject_label = 'NOTE-1'").await;
    t.submit(&auditor, "/journal/verification", &[]).await;
    let (_, text) = t.open(&auditor, "/journal").await;
    assert!(text.contains("Chaîne altérée") && text.contains("a été modifié"));
}

#[tokio::test]
async fn a_search_keeps_what_was_asked_and_opens_details() {
    let t = TestApp::new().await;
    let auditor = t.person(Role::Auditor).await;
    note(&t.app, 60).await;
    let id = note_one(&t.app, Noted { number: 99, phone: Some("0500000001") }).await;
    let (_, text) = t.open(&auditor, "/journal?objet=note-99").await;
    assert!(text.contains("NOTE-99") && !text.contains("NOTE-12"));
    let (_, text) = t.open(&auditor, &format!("/journal?objet=NOTE-99&ouvert={id}")).await;
    assert!(text.contains("0500000001") && text.contains("Contexte"));
    let (_, text) = t.open(&auditor, "/journal").await;
    let next = text.split("href=\"/journal?curseur=").nth(1).unwrap().split('"').next().unwrap();
    let (_, text) = t.open(&auditor, &format!("/journal?curseur={next}")).await;
    assert!(text.contains(">Note") || text.contains("NOTE-3") && !text.contains("NOTE-99"));
    let (_, text) = t.open(&auditor, "/journal?actes=decisions").await;
    assert!(text.contains("Aucun acte ne correspond"));
    let (_, text) = t.open(&auditor, "/journal?actes=modifications&du=2025-10-06&au=2025-10-06").await;
    assert!(text.contains("NOTE-99"));
    let (_, text) = t.open(&auditor, "/journal?du=2025-10-07").await;
    assert!(text.contains("Aucun acte ne correspond"));
    let (status, text) = t.open(&auditor, "/journal?du=demain&curseur=%00&ouvert=x&actes=x&auteur=y").await;
    assert!(status == StatusCode::OK && text.contains("Choisissez un jour"));
    let (_, text) = t.open(&auditor, "/journal?du=2025-10-06&au=2025-10-05").await;
    assert!(text.contains("qui ne soit pas avant") && text.contains("NOTE-99"));
    assert!(
        text.contains("id=\"bilan\"") && text.contains("Ce filtre est à corriger"),
        "said at the top: {text}"
    );
}

#[tokio::test]
async fn the_copy_is_a_file_and_an_event() {
    let t = TestApp::new().await;
    let auditor = t.person(Role::Auditor).await;
    note(&t.app, 2).await;
    let (status, _, file) = t.submit(&auditor, "/journal/export", &[]).await;
    assert_eq!(status, StatusCode::OK);
    let outcome = parchemin::features::journal::file::verify_reader(file.as_bytes()).unwrap();
    assert!(outcome.is_intact() && outcome.report().events == 2);
    assert!(t.effects().await.events.contains(&"journal.exported".to_owned()));
    let (status, text) = t.open(&auditor, "/journal/hors-ligne").await;
    assert!(status == StatusCode::OK && text.contains("ed25519:"));
}

#[tokio::test]
async fn the_pages_are_unknown_to_those_who_may_not_read() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    for path in ["/journal", "/journal/hors-ligne"] {
        assert_eq!(t.open(&officer, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/journal/verification", "/journal/export"] {
        assert_eq!(t.submit(&officer, path, &[]).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(t.effects().await.events, Vec::<String>::new());
}

#[tokio::test]
async fn the_details_of_an_act_are_read_in_french_and_stay_raw_below() {
    let t = TestApp::new().await;
    let auditor = t.person(Role::Auditor).await;
    let officer = t.person(Role::Officer).await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let change = serde_json::json!({ "headcount": 31 });
    let answer = t.patch(&officer, &format!("/structures/{}", structure.id), Some(1), &change).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let events = t.get(&auditor, "/journal/events?limit=1").await;
    let id = events.body["items"][0]["id"].as_str().unwrap().to_owned();
    let (_, text) = t.open(&auditor, &format!("/journal?ouvert={id}")).await;
    assert!(text.contains("<p>Effectif\u{202f}: <del>24</del></p>"), "{text}");
    assert!(text.contains("<p>Effectif\u{202f}: <ins>31</ins></p>") && text.contains("Données brutes"));
    assert!(text.contains("&#34;after&#34;: 31") || text.contains("&quot;after&quot;: 31"), "{text}");
}

#[tokio::test]
async fn whoever_signs_in_is_named() {
    let t = TestApp::new().await;
    let (admin, auditor) = (t.person(Role::Admin).await, t.person(Role::Auditor).await);
    let account = entity::account::Entity::find_by_id(admin.id).one(t.app.db.read()).await.unwrap().unwrap();
    t.client.post("/connexion/lien").form(&[("email", &account.email)]).send().await;
    let mails = entity::mail::Entity::find().all(t.app.db.read()).await.unwrap();
    let text = &mails.iter().find(|mail| mail.body_text.contains("/connexion/lien/")).unwrap().body_text;
    let link = text.split("/connexion/lien/").nth(1).unwrap().lines().next().unwrap().trim();
    t.client.post(format!("/connexion/lien/{link}")).form(&[("a", "b")]).send().await;
    let (_, text) = t.open(&auditor, "/journal?actes=connexions").await;
    let row = text.split("<tr id=\"acte-").find(|row| row.contains("à la connexion")).unwrap_or(&text);
    assert!(row.contains(&format!("<td>{}<", account.name)), "{row}");
    assert!(row.contains(&format!(">Compte {}<", account.name)), "{row}");
    assert!(!row.contains("Plateforme") && !row.contains("acte automatique"), "{row}");
}

#[tokio::test]
async fn an_account_is_told_by_its_name_to_whoever_may_know_it_and_codes_stay_in_the_raw_details() {
    let t = TestApp::new().await;
    let (admin, auditor) = (t.person(Role::Admin).await, t.person(Role::Auditor).await);
    let body = serde_json::json!({
        "email": "camille@essai.exemple",
        "name": "Camille Nom-Connu",
        "roles": [{ "role": "officer" }],
    });
    let made = t.post(&admin, "/users", &body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    let location = made.location.unwrap();
    let account = location.rsplit('/').next().unwrap();
    for (person, known) in [(&admin, true), (&auditor, false)] {
        let (_, text) = t.open(person, "/journal").await;
        assert_eq!(text.contains(">Compte Camille Nom-Connu<"), known, "{text}");
        assert_eq!(text.contains(">Compte<"), !known, "{text}");
        assert!(!text.contains(account), "{text}");
    }
    let events = t.get(&auditor, "/journal/events?limit=1").await;
    let id = events.body["items"][0]["id"].as_str().unwrap();
    let (_, text) = t.open(&admin, &format!("/journal?ouvert={id}")).await;
    let (shown, raw) = text.split_once("Données brutes").unwrap();
    assert!(shown.contains("<dt>Acte</dt>") && shown.contains(">Compte Camille Nom-Connu<"), "{shown}");
    assert!(!shown.contains("account.") && !shown.contains(account), "{shown}");
    assert!(raw.contains("account.") && raw.contains(account), "{raw}");
}
