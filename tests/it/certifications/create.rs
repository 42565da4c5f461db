//! Recording a certification, adding a version.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn a_manager_records_a_certification_and_its_versions_once() {
    let t = TestApp::new().await;
    t.certification_version("CQP_SP").await;
    let manager = t.person(Role::Manager).await;
    t.effects().await;
    let body = json!({
        "code": "cqp_mb", "short_title": "CQP Maraîchage", "title": "Certificat Maraîchage biologique",
        "version": { "label": "2026", "valid_from": "2026-01-01" },
    });
    let created = t.post(&manager, "/certifications", &body).await;
    assert_eq!(
        (created.status, &created.body["code"]),
        (StatusCode::CREATED, &json!("CQP_MB")),
        "{created:?}"
    );
    let first = &created.body["versions"][0];
    assert_eq!(
        (&first["title"], &first["open"]),
        (&json!("Certificat Maraîchage biologique"), &json!(false))
    );
    let again = t.post(&manager, "/certifications", &body).await;
    let told = (again.status, again.pointers());
    assert_eq!(told, (StatusCode::UNPROCESSABLE_ENTITY, vec!["/code", "/short_title"]));

    let path = format!("/certifications/{}/versions", created.body["id"].as_str().unwrap());
    let next = json!({ "label": "2029", "title": "Maraîchage", "valid_from": "2029-01-01" });
    let added = t.post(&manager, &path, &next).await;
    assert_eq!(
        (added.status, &added.body["title"]),
        (StatusCode::CREATED, &json!("Maraîchage")),
        "{added:?}"
    );
    assert_eq!(t.post(&manager, &path, &next).await.pointers(), ["/label"]);
    let reversed = json!({ "label": "2030", "valid_from": "2030-01-01", "valid_until": "2029-01-01" });
    assert_eq!(t.post(&manager, &path, &reversed).await.pointers(), ["/valid_until"]);
    assert_eq!(t.effects().await.events, ["certification.created", "certification_version.added"]);

    let auditor = t.person(Role::Auditor).await;
    assert_eq!(t.post(&auditor, &path, &next).await.status, StatusCode::FORBIDDEN);
    assert_eq!(t.post(&auditor, "/certifications", &body).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_pages_record_a_certification_and_a_version() {
    let t = TestApp::new().await;
    t.certification_version("CQP_SP").await;
    let (manager, auditor) = (t.person(Role::Manager).await, t.person(Role::Auditor).await);
    let new = "/certifications/nouvelle";
    assert!(t.open(&manager, "/certifications").await.1.contains(new));
    assert!(!t.open(&auditor, "/certifications").await.1.contains(new));
    assert_eq!(t.open(&manager, new).await.0, StatusCode::OK);
    assert_eq!(t.open(&auditor, new).await.0, StatusCode::FORBIDDEN);
    let typed = [("code", "cqp sp"), ("short_title", "CQP salarié polyvalent"), ("version/label", "1")];
    let (status, _, page) = t.submit(&manager, new, &typed).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("lettres sans accent") && page.contains("Indiquez l’intitulé"), "{page}");
    assert!(page.contains("value=\"CQP salarié polyvalent\""), "what was typed stays: {page}");
    let mut typed =
        vec![("code", "CQP_MB"), ("short_title", "CQP salarié polyvalent"), ("title", "Maraîchage")];
    typed.extend([("version/label", "2026"), ("version/valid_from", "2026-01-01")]);
    let (status, _, page) = t.submit(&manager, new, &typed).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Une autre certification porte déjà cet intitulé court"), "{page}");
    typed[1].1 = "CQP Maraîchage";
    let (status, location, _) = t.submit(&manager, new, &typed).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/certifications/CQP_MB"));

    let path = "/certifications/CQP_MB/versions/nouvelle";
    assert!(t.open(&manager, "/certifications/CQP_MB").await.1.contains(path));
    assert_eq!(t.open(&manager, path).await.0, StatusCode::OK);
    let same = [("label", "2026"), ("valid_from", "2027-01-01")];
    let (status, _, page) = t.submit(&manager, path, &same).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Une autre version de cette certification porte déjà ce nom"), "{page}");
    let next = [("label", "2027"), ("valid_from", "2027-01-01")];
    let (status, location, _) = t.submit(&manager, path, &next).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/certifications/CQP_MB"));
    let (_, page) = t.open(&manager, "/certifications/CQP_MB").await;
    assert!(page.contains("Version 2027") && page.contains("à compléter"), "{page}");
    let said = "le répertoire et l’organisme certificateur à compléter.";
    assert!(page.contains("N’est pas encore proposée aux structures") && page.contains(said), "{page}");
    let (_, page) = t.open(&manager, "/certifications/CQP_SP").await;
    assert!(!page.contains("N’est pas encore proposée"), "{page}");
}
