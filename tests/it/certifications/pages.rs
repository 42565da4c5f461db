//! The pages of certifications.

use entity::account_role::Role;
use poem::http::StatusCode;

use crate::support::TestApp;

#[tokio::test]
async fn a_manager_changes_dated_things_from_the_page_and_others_read() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_SP").await;
    let manager = t.person(Role::Manager).await;
    let (status, text) = t.open(&manager, "/certifications").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("CQP Salarié polyvalent") && text.contains("Hors répertoire"));
    let (status, text) = t.open(&manager, "/certifications/CQP_SP").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("CHANTIER école Formation (CEF)") && text.contains("Ajouter un enregistrement"));
    assert!(text.contains("SIRET à compléter"));

    let path = format!("/certifications/CQP_SP/versions/{}", version.id);
    let wrong = [("version", "1"), ("register", "rs"), ("number", "12"), ("starts_on", "2025-11-01")];
    let (status, _, text) = t.submit(&manager, &format!("{path}/enregistrements"), &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("RS suivi de chiffres"));
    let right = [("version", "1"), ("register", "rs"), ("number", "RS0000"), ("starts_on", "2025-11-01")];
    let (status, location, _) = t.submit(&manager, &format!("{path}/enregistrements"), &right).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/certifications/CQP_SP"));
    let body = [("version", "2"), ("name", "Organisme d’essai"), ("starts_on", "2026-01-01")];
    assert_eq!(t.submit(&manager, &format!("{path}/certificateurs"), &body).await.0, StatusCode::SEE_OTHER);
    let edit = [("version", "3"), ("label", "2025"), ("title", "Socle"), ("valid_from", "2025-07-01")];
    let (status, _, text) = t.submit(&manager, &path, &edit).await;
    assert_eq!(status, StatusCode::OK, "a version in use asks first");
    assert!(text.contains("Modifier cette version") && text.contains("ouverte aux inscriptions"));
    assert!(text.contains("l’intitulé passe de") && text.contains("name=\"title\" value=\"Socle\""));
    let edit = [&edit[..], &[("confirme", "oui")]].concat();
    assert_eq!(t.submit(&manager, &path, &edit).await.0, StatusCode::SEE_OTHER);
    assert_eq!(t.submit(&manager, &path, &edit).await.0, StatusCode::CONFLICT);

    let auditor = t.person(Role::Auditor).await;
    let (status, text) = t.open(&auditor, "/certifications/CQP_SP").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("RS0000") && !text.contains("Ajouter un enregistrement"));
    assert_eq!(t.submit(&auditor, &path, &edit).await.0, StatusCode::FORBIDDEN);
    assert_eq!(t.open(&auditor, "/certifications/RIEN").await.0, StatusCode::NOT_FOUND);
}
