//! School holidays that staff load.

use entity::account_role::Role;
use poem::http::StatusCode;

use crate::support::TestApp;

const REUNION: &str = "zone;vacances;du;au\nLa Réunion;Vacances de printemps austral;11/10/2025;26/10/2025\n";

#[tokio::test]
async fn a_file_replaces_a_zone_and_a_school_year() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let known = t.get(&officer, "/school-holidays?zone=a").await;
    assert_eq!(known.body["items"].as_array().unwrap().len(), 19);
    assert_eq!(
        t.get(&officer, "/school-holidays?zone=reunion").await.body["items"].as_array().unwrap().len(),
        0
    );
    let path = "/school-holidays/import";
    let loaded = t.upload(&officer, path, "reunion.csv", REUNION.into(), &[]).await;
    assert_eq!((loaded.status, &loaded.body["written"]), (StatusCode::OK, &1.into()), "{:?}", loaded.body);
    let found = t.get(&officer, "/school-holidays?zone=reunion").await;
    assert_eq!(found.body["items"][0]["starts_on"], "2025-10-11");
    assert_eq!(found.body["items"][0]["source"], "reunion.csv");
    let corrected = "zone;vacances;du;au\na;Toussaint;20/10/2025;02/11/2025\n";
    assert_eq!(t.upload(&officer, path, "a.csv", corrected.into(), &[]).await.status, StatusCode::OK);
    assert_eq!(
        t.upload(&officer, path, "a.csv", corrected.into(), &[]).await.status,
        StatusCode::OK,
        "again"
    );
    let known = t.get(&officer, "/school-holidays?zone=a").await;
    assert_eq!(
        known.body["items"].as_array().unwrap().len(),
        15,
        "fourteen of the other years, one of this one"
    );
    assert_eq!(t.effects().await.events.iter().filter(|name| *name == "school_holidays.imported").count(), 3);
}

#[tokio::test]
async fn a_wrong_file_is_refused_whole_and_the_wrong_role_too() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let wrong = format!("{REUNION}Zone D;;x;26/10/2025\n");
    let refused = t.upload(&officer, "/school-holidays/import", "x.csv", wrong.into(), &[]).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::UNPROCESSABLE_ENTITY, "import-refused"));
    assert_eq!(refused.pointers(), ["/lines/3/zone", "/lines/3/vacances", "/lines/3/du"]);
    let unread = t.upload(&officer, "/school-holidays/import", "x.csv", vec![0, 159, 146, 150], &[]).await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(t.effects().await.events.is_empty());
    for (role, status) in [(Role::Auditor, StatusCode::FORBIDDEN), (Role::Trainee, StatusCode::NOT_FOUND)] {
        let person = t.person(role).await;
        let answer = t.upload(&person, "/school-holidays/import", "x.csv", REUNION.into(), &[]).await;
        assert_eq!(answer.status, status, "{role}");
    }
    let trainee = t.person(Role::Trainee).await;
    assert_eq!(t.get(&trainee, "/school-holidays").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_dates_of_a_territory_are_typed_for_a_school_year_and_taken_back() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let path = "/parametres/calendrier-scolaire/modifier";
    let (_, page) = t.open(&officer, "/parametres/calendrier-scolaire").await;
    assert!(page.contains("Guyane\u{202f}: dates à enregistrer") && page.contains(path), "{page}");
    let mut fields = vec![
        ("zone", "guyane"),
        ("year", "2025"),
        ("holidays/0/name", "Vacances de carnaval"),
        ("holidays/0/starts_on", "2026-02-07"),
        ("holidays/0/ends_on", "2026-02-22"),
    ];
    let (status, _, page) = t.submit(&officer, path, &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Indiquez le texte qui fixe ces dates") && page.contains("2026-02-22"), "{page}");
    fields.push(("source", "Arrêté du recteur d’essai"));
    t.effects().await;
    let (status, location, _) = t.submit(&officer, path, &fields).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/parametres/calendrier-scolaire"));
    assert_eq!(t.effects().await.events, ["school_holidays.changed"]);
    let found = t.get(&officer, "/school-holidays?zone=guyane").await;
    assert_eq!(found.body["items"][0]["ends_on"], "2026-02-22");
    let (_, page) = t.open(&officer, &format!("{path}?zone=guyane&annee=2025")).await;
    assert!(page.contains("Vacances de carnaval") && page.contains("2026-02-07"), "{page}");

    let none = serde_json::json!({ "zone": "guyane", "year": 2025 });
    let auditor = t.person(Role::Auditor).await;
    assert_eq!(t.put(&auditor, "/school-holidays/year", None, &none).await.status, StatusCode::FORBIDDEN);
    assert_eq!(t.put(&officer, "/school-holidays/year", None, &none).await.status, StatusCode::OK);
    let found = t.get(&officer, "/school-holidays?zone=guyane").await;
    assert_eq!(found.body["items"], serde_json::json!([]));
}
