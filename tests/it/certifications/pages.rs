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
    let (_, text) = t.open(&manager, "/certifications/CQP_SP").await;
    assert!(text.contains("<option value=\"rs\" selected>"), "the next one begins with the last: {text}");
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

#[tokio::test]
async fn certifications_are_shown_as_of_another_day_and_changed_today_only() {
    let t = TestApp::new().await;
    t.certification_version("CQP_SP").await;
    let manager = t.person(Role::Manager).await;
    let notice = "<b>Situation au 31 décembre 2023.</b>";
    let (_, list) = t.open(&manager, "/certifications?au=2023-12-31").await;
    assert!(list.contains(notice) && list.contains(">2013</td>") && !list.contains(">2025</td>"), "{list}");
    assert!(!list.contains("CHANTIER école Formation (CEF)"), "{list}");
    let (_, list) = t.open(&manager, "/certifications").await;
    assert!(!list.contains("Situation au 31") && list.contains(">2025</td>"), "{list}");
    let (_, file) = t.open(&manager, "/certifications/CQP_SP?au=2023-12-31").await;
    assert!(file.contains(notice) && file.contains("À venir</span>"), "{file}");
    assert!(file.contains("<a href=\"/certifications/CQP_SP\">Revenir à aujourd’hui</a>"), "{file}");
    assert!(!file.contains("Ajouter un enregistrement"), "{file}");
    for (query, open) in [("", [false, true]), ("?on=2023-12-31", [true, false])] {
        let list = t.get(&manager, &format!("/certifications{query}")).await;
        let items = list.body["items"].as_array().unwrap();
        let sp = items.iter().find(|one| one["code"] == "CQP_SP").unwrap().clone();
        let one = t.get(&manager, &format!("/certifications/{}{query}", sp["id"].as_str().unwrap())).await;
        for versions in [&sp["versions"], &one.body["versions"]] {
            let told: Vec<_> = versions.as_array().unwrap().iter().map(|one| one["open"] == true).collect();
            assert_eq!(told, open, "{query}");
        }
    }
}
