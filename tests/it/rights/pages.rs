//! The page of what the certifying body holds, and those that cut a right short or take it back.

use entity::account_role::Role;
use entity::dated_right::{self, RightState};
use poem::http::StatusCode;
use sea_orm::{EntityTrait, QueryOrder};
use time::macros::date;

use crate::support::TestApp;

const PAGE: &str = "/droits/certificateur";
const CERTIFICATE: [(&str, &str); 5] = [
    ("kind", "qualiopi"),
    ("number", "2023-OF-0142"),
    ("issuer", "Certificateur d’essai"),
    ("starts_on", "2023-08-28"),
    ("ends_on", "2026-08-27"),
];

/// The right recorded last.
async fn last(t: &TestApp) -> dated_right::Model {
    let rows = dated_right::Entity::find().order_by_desc(dated_right::Column::Id);
    rows.one(t.app.db.read()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_manager_records_a_certificate_and_finds_the_next_one_proposed() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let (status, page) = t.open(&manager, PAGE).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Aucun certificat Qualiopi n’est en vigueur ce jour-là."), "{page}");
    assert!(page.contains("value=\"2025-10-06\"") && page.contains("value=\"2028-10-05\""), "{page}");

    let mut wrong = CERTIFICATE;
    wrong[4].1 = "2023-08-27";
    let (status, _, page) = t.submit(&manager, PAGE, &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("Cette date vient avant celle du début") && page.contains("2023-OF-0142"),
        "{page}"
    );
    assert!(page.contains("href=\"#qualiopi-ends_on\""), "{page}");
    let (status, location, page) = t.submit(&manager, PAGE, &CERTIFICATE).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, PAGE), "{page}");
    let (status, _, page) = t.submit(&manager, PAGE, &CERTIFICATE).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("recoupe un droit déjà enregistré"), "{page}");
    let unknown = [("kind", "habilitation"), ("number", "1")];
    assert_eq!(t.submit(&manager, PAGE, &unknown).await.0, StatusCode::NOT_FOUND);

    let (_, page) = t.open(&manager, PAGE).await;
    assert!(page.contains("Certificateur d’essai") && page.contains("En vigueur"), "{page}");
    assert!(page.contains("du 28 août 2023 au 27 août 2026"), "{page}");
    assert!(page.contains("value=\"2026-08-28\"") && page.contains("value=\"2029-08-27\""), "{page}");
    let (_, page) = t.open(&manager, &format!("{PAGE}?au=2026-08-28")).await;
    assert!(page.contains("<b>Situation au 28 août 2026.</b>") && page.contains("Terminé"), "{page}");
    assert!(!page.contains("Enregistrer un certificat"), "{page}");
    let (_, list) = t.open(&manager, "/droits").await;
    assert!(list.contains("Organisme certificateur") && list.contains(PAGE), "{list}");
}

#[tokio::test]
async fn a_certificate_is_cut_short_or_taken_back_from_its_page_at_the_version_read() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    t.submit(&manager, PAGE, &CERTIFICATE).await;
    let right = last(&t).await;
    let (end, cancel) = (format!("/droits/{}/fin", right.id), format!("/droits/{}/annuler", right.id));
    let (_, page) = t.open(&manager, PAGE).await;
    assert!(page.contains(&end) && page.contains(&cancel), "{page}");
    for path in [&end, &cancel] {
        let (status, page) = t.open(&manager, path).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("2023-OF-0142") && page.contains("name=\"version\" value=\"1\""), "{page}");
    }
    let outside = [("ends_on", "2026-08-27"), ("reason", "Retiré"), ("version", "1")];
    let (status, _, page) = t.submit(&manager, &end, &outside).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("indiquez un jour de cette période"), "{page}");
    let inside = [("ends_on", "2025-12-31"), ("reason", "Retiré"), ("version", "1")];
    let (status, location, page) = t.submit(&manager, &end, &inside).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, PAGE), "{page}");
    assert_eq!(last(&t).await.ends_on, Some(date!(2025 - 12 - 31)));
    let old = [("reason", "Erreur de saisie"), ("version", "1")];
    assert_eq!(t.submit(&manager, &cancel, &old).await.0, StatusCode::CONFLICT);
    let (status, _, page) = t.submit(&manager, &cancel, &[("version", "2")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Indiquez le motif"), "{page}");
    let new = [("reason", "Erreur de saisie"), ("version", "2")];
    assert_eq!(t.submit(&manager, &cancel, &new).await.0, StatusCode::SEE_OTHER);
    assert_eq!(last(&t).await.state, RightState::Void);
    let (_, page) = t.open(&manager, PAGE).await;
    assert!(page.contains("Aucun certificat Qualiopi") && !page.contains("28 août 2023"), "{page}");
}

#[tokio::test]
async fn the_team_and_auditors_read_it_and_only_managers_record() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    t.submit(&manager, PAGE, &CERTIFICATE).await;
    let end = format!("/droits/{}/fin", last(&t).await.id);
    for role in [Role::Admin, Role::Officer, Role::Auditor] {
        let person = t.person(role).await;
        let (status, page) = t.open(&person, PAGE).await;
        assert_eq!(status, StatusCode::OK, "{role}");
        assert!(page.contains("2023-OF-0142") && !page.contains("Enregistrer un certificat"), "{role}");
        assert!(!page.contains(&end), "{role}");
        assert_eq!(t.submit(&person, PAGE, &CERTIFICATE).await.0, StatusCode::FORBIDDEN, "{role}");
        assert_eq!(t.open(&person, &end).await.0, StatusCode::FORBIDDEN, "{role}");
    }
    for role in [Role::Structure, Role::Trainee] {
        let person = t.person(role).await;
        assert_eq!(t.open(&person, PAGE).await.0, StatusCode::NOT_FOUND, "{role}");
        assert_eq!(t.open(&person, &end).await.0, StatusCode::NOT_FOUND, "{role}");
    }
}
