//! The welcome booklet, the house rules and the terms, version by version.

use entity::account_role::Role;
use entity::training_handbook::HandbookKind;
use parchemin::features::programmes::queries::handbook_in_force;
use poem::http::StatusCode;
use serde_json::json;
use time::macros::date;

use crate::agreements::desk::PDF;
use crate::support::TestApp;

const API: &str = "/training-handbooks";

#[tokio::test]
async fn each_version_is_in_force_from_its_day_on() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    t.effects().await;
    for (day, number) in [("2020-01-01", 1), ("2024-09-01", 2)] {
        let fields = [("kind", "house_rules"), ("in_force_on", day)];
        let added = t.upload(&manager, API, "reglement.pdf", PDF.to_vec(), &fields).await;
        assert_eq!((added.status, &added.body["number"]), (StatusCode::CREATED, &json!(number)), "{added:?}");
    }
    assert_eq!(t.effects().await.events, vec!["training_handbook.added"; 2]);
    let list = t.get(&manager, API).await;
    let numbers: Vec<_> = list.body["items"].as_array().unwrap().iter().map(|one| &one["number"]).collect();
    assert_eq!(numbers, [&json!(2), &json!(1)]);
    for (day, expected) in
        [(date!(2019 - 12 - 31), None), (date!(2024 - 08 - 31), Some(1)), (date!(2024 - 09 - 01), Some(2))]
    {
        let found = handbook_in_force(t.app.db.read(), HandbookKind::HouseRules, day).await.unwrap();
        assert_eq!(found.map(|row| row.number), expected, "{day}");
    }
    let (status, text) = t.open(&manager, "/programmes/livrets").await;
    assert!(status == StatusCode::OK && text.contains("Règlement intérieur") && text.contains("Version 2"));
}

#[tokio::test]
async fn what_lacks_is_told_and_only_managers_add() {
    let t = TestApp::new().await;
    let (manager, officer) = (t.person(Role::Manager).await, t.person(Role::Officer).await);
    let wrong = [("kind", "roman"), ("in_force_on", "demain")];
    let refused = t.upload(&manager, API, "reglement.pdf", PDF.to_vec(), &wrong).await;
    assert_eq!(
        (refused.status, refused.pointers()),
        (StatusCode::UNPROCESSABLE_ENTITY, vec!["/kind", "/in_force_on"])
    );
    let right = [("kind", "terms"), ("in_force_on", "2026-01-01")];
    assert_eq!(t.upload(&officer, API, "c.pdf", PDF.to_vec(), &right).await.status, StatusCode::FORBIDDEN);
    let (status, location, text) =
        t.send_file(&manager, "/programmes/livrets", "c.pdf", PDF.to_vec(), &right).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/programmes/livrets"), "{text}");
    let (status, _, text) = t.submit(&manager, "/programmes/livrets", &right).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Choisissez un fichier"), "{text}");
}
