//! Programmes from a file.

use entity::account_role::Role;
use entity::programme;
use poem::http::StatusCode;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

use super::published;
use crate::support::TestApp;

const API: &str = "/programmes/import";

#[tokio::test]
async fn a_file_makes_drafts_once_and_publishes_nothing() {
    let t = TestApp::new().await;
    t.certification_version("CQP_SP").await;
    let officer = t.person(Role::Officer).await;
    t.effects().await;
    let file = "Code;Intitulé;Thème;Durée;Modules;Tarif;Certification\n\
                ECOUTE;Écouter;management;12,5;\"Écouter : les mots\nReformuler : les siens\";350;\n\
                SP;Salarié polyvalent;métiers de l’insertion;;;;CQP_SP\n";
    let count = async || programme::Entity::find().count(t.app.db.read()).await.unwrap();
    let dry = t.upload(&officer, API, "p.csv", file.into(), &[("dry_run", "true")]).await;
    assert_eq!((&dry.body["ready"], count().await), (&json!(2), 0), "{dry:?}");
    let done = t.upload(&officer, API, "p.csv", file.into(), &[]).await;
    assert_eq!((done.status, &done.body["written"]), (StatusCode::OK, &json!(2)), "{done:?}");
    let expected = ["programme.created", "programme.created", "programmes.imported"];
    assert_eq!(t.effects().await.events, expected);
    let again = t.upload(&officer, API, "p.csv", file.into(), &[]).await;
    assert_eq!((&again.body["written"], count().await), (&json!(2), 2), "{again:?}");
    assert!(t.effects().await.events.is_empty(), "nothing new");

    let list = t.get(&officer, "/programmes?q=ECOUTE").await;
    let one = &list.body["items"][0];
    assert_eq!((&one["state"], &one["duration_minutes"]), (&json!("draft"), &json!(750)), "{one}");
    let path = format!("/programmes/{}/sheet", one["id"].as_str().unwrap());
    let sheet = &t.get(&officer, &path).await.body["sheet"];
    assert_eq!(sheet["modules"][1], json!({ "title": "Reformuler", "content": "les siens", "skills": [] }));
    assert_eq!(sheet["prices"][0]["amount_cents"], 35_000);
}

#[tokio::test]
async fn a_known_code_is_put_in_its_draft_and_what_is_not_said_stays() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let path = published(&t).await;
    t.effects().await;
    let file = "Code;Intitulé;Thème;But\nGESTES;Gestes et postures;santé et sécurité;Travailler mieux.\n";
    let done = t.upload(&officer, API, "p.csv", file.into(), &[]).await;
    assert_eq!((done.status, &done.body["written"]), (StatusCode::OK, &json!(1)), "{done:?}");
    let expected = ["programme.draft_opened", "programme.draft_changed", "programmes.imported"];
    assert_eq!(t.effects().await.events, expected);
    let read = t.get(&officer, &format!("{path}/sheet")).await;
    assert_eq!((&read.body["number"], &read.body["state"]), (&json!(2), &json!("draft")));
    assert_eq!(read.body["sheet"]["goal"], "Travailler mieux.");
    assert_eq!(read.body["sheet"]["audience"], "Salariés permanents et en parcours.");
    assert_eq!(
        t.get(&officer, &path).await.body["state"],
        "published",
        "the sheet of before is still offered"
    );
}

#[tokio::test]
async fn every_wrong_line_is_told_and_nothing_is_written() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    t.effects().await;
    let file = "Code;Intitulé;Thème;Durée;Certification\n\
                A1;Un;cuisine;;\n\
                A2;;management;longtemps;\n\
                A3;Trois;management;;RIEN\n\
                A4;Quatre;management;;\n";
    let refused = t.upload(&officer, API, "p.csv", file.into(), &[]).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::UNPROCESSABLE_ENTITY, "import-refused"));
    let expected = ["/lines/2/Thème", "/lines/3/Durée", "/lines/3/Intitulé", "/lines/4/Certification"];
    assert_eq!(refused.pointers(), expected);
    assert!(t.effects().await.events.is_empty());
    let kept = t.upload(&officer, API, "p.csv", file.into(), &[("skip_invalid", "true")]).await;
    assert_eq!((&kept.body["written"], &kept.body["refused"]), (&json!(1), &json!(3)), "{kept:?}");
    let auditor = t.person(Role::Auditor).await;
    assert_eq!(t.upload(&auditor, API, "p.csv", file.into(), &[]).await.status, StatusCode::FORBIDDEN);
}
