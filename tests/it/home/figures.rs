use entity::account_role::Role;
use parchemin::authz::Actor;
use parchemin::error::DomainError;
use parchemin::features::home::import_history;
use parchemin::features::home::input::TypedFigure;
use poem::http::StatusCode;
use serde_json::Value;

use crate::support::{Person, TestApp};

fn line(year: &str, measure: &str, value: &str) -> TypedFigure {
    TypedFigure { year: year.to_owned(), measure: measure.to_owned(), value: value.to_owned() }
}

async fn api(t: &TestApp, path: &str, person: &Person) -> (StatusCode, Value) {
    let call = t.client.get(path).header("authorization", format!("Bearer {}", person.token));
    let response = call.send().await.0;
    let status = response.status();
    let body = response.into_body().into_json().await.unwrap_or_default();
    (status, body)
}

#[tokio::test]
async fn an_imported_blank_is_not_a_zero_and_is_written_in_the_journal() {
    let t = TestApp::new().await;
    let lines = [line("2020", "teaching_supports", ""), line("2021", "teaching_supports", "0")];
    let written = import_history(&t.app, Actor::system("test"), &lines).await.unwrap();
    assert_eq!(written, 2);
    assert_eq!(t.effects().await.events, ["history.imported"]);
    let manager = t.person(Role::Manager).await;
    let (status, body) = api(&t, "/api/v1/activity", &manager).await;
    assert_eq!(status, StatusCode::OK);
    let items = body["items"].as_array().unwrap();
    let supports = items.iter().find(|line| line["measure"] == "teaching_supports").unwrap();
    assert_eq!(supports["figures"][0]["year"], 2020);
    assert_eq!(supports["figures"][0]["value"], Value::Null);
    assert_eq!(supports["figures"][1]["value"], 0);
    assert_eq!(supports["figures"].as_array().unwrap().len(), 6, "2020 to 2025, the year of the test");
    let (_, home) = t.open(&manager, "/accueil").await;
    let behind = "/statistiques/activite/reprises?annee=2021";
    assert!(home.contains(behind) && !home.contains("reprises?annee=2020"), "{home}");
    let (_, list) = t.open(&manager, &format!("{behind}&acte=teaching_supports")).await;
    let row = "<th scope=\"row\">Appuis pédagogiques</th><td>2021</td><td class=\"num\">0</td>";
    assert_eq!(list.matches("<th scope=\"row\">").count(), 1, "{list}");
    assert!(list.contains(row), "{list}");
}

#[tokio::test]
async fn importing_again_replaces_and_a_wrong_line_changes_nothing() {
    let t = TestApp::new().await;
    let first = [line("2020", "inspections", "7")];
    import_history(&t.app, Actor::system("test"), &first).await.unwrap();
    let wrong = [line("2020", "inspections", "8"), line("2021", "visites", "8")];
    let refused = import_history(&t.app, Actor::system("test"), &wrong).await.unwrap_err();
    assert_eq!(refused.faults()[0].pointer, "/1/measure");
    let again = [line("2020", "inspections", "9")];
    import_history(&t.app, Actor::system("test"), &again).await.unwrap();
    let manager = t.person(Role::Manager).await;
    let (_, body) = api(&t, "/api/v1/activity", &manager).await;
    assert_eq!(body["items"][1]["figures"][0]["value"], 9);
}

#[tokio::test]
async fn the_figures_are_for_the_team_and_auditors() {
    let t = TestApp::new().await;
    for (role, expected) in [
        (Role::Admin, StatusCode::OK),
        (Role::Manager, StatusCode::OK),
        (Role::Officer, StatusCode::OK),
        (Role::Auditor, StatusCode::OK),
        (Role::Structure, StatusCode::NOT_FOUND),
        (Role::Expert, StatusCode::NOT_FOUND),
        (Role::Trainee, StatusCode::NOT_FOUND),
    ] {
        let person = t.person(role).await;
        assert_eq!(api(&t, "/api/v1/activity", &person).await.0, expected, "{role}");
        for page in
            ["/statistiques/activite", "/statistiques/activite.csv", "/statistiques/activite/reprises"]
        {
            let answer = t.client.get(page).header("cookie", &person.cookie).send().await;
            assert_eq!(answer.0.status(), expected, "{role} {page}");
        }
    }
    t.client.get("/api/v1/activity").send().await.assert_status(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_file_taken_away_is_written_in_the_journal() {
    let t = TestApp::new().await;
    import_history(&t.app, Actor::system("test"), &[line("2024", "inspections", "22")]).await.unwrap();
    t.effects().await;
    let auditor = t.person(Role::Auditor).await;
    let answer = t.client.get("/statistiques/activite.csv").header("cookie", &auditor.cookie).send().await;
    answer.assert_status_is_ok();
    let text = answer.0.into_body().into_string().await.unwrap();
    assert!(text.contains("Contrôles;22;"), "{text}");
    assert_eq!(t.effects().await.events, ["activity.exported"]);
}

#[tokio::test]
async fn past_figures_come_from_a_file_of_any_spreadsheet() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let path = "/activity/import";
    let wrong = "Année;Acte;Nombre\n2021;Contrôles;9\n21;Visites;x\n2021;inspections;10\n";
    let refused = t.upload(&manager, path, "activite.csv", wrong.into(), &[]).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::UNPROCESSABLE_ENTITY, "import-refused"));
    assert_eq!(refused.pointers(), ["/lines/3/Année", "/lines/3/Acte", "/lines/3/Nombre", "/lines/4/Année"]);
    assert!(t.effects().await.events.is_empty(), "nothing is recorded half-way");
    let right =
        "Année;Acte;Nombre\n2021;Contrôles;9\n2020;Appuis pédagogiques;\n2021;jury_sessions_cqp_sp;131\n";
    let (windows, _, lost) = encoding_rs::WINDOWS_1252.encode(right);
    assert!(!lost);
    let dry = t.upload(&manager, path, "activite.csv", windows.to_vec(), &[("dry_run", "true")]).await;
    assert_eq!((&dry.body["ready"], &dry.body["written"]), (&3.into(), &0.into()), "{dry:?}");
    assert!(t.effects().await.events.is_empty());
    let done = t.upload(&manager, path, "activite.csv", windows.to_vec(), &[]).await;
    assert_eq!((done.status, &done.body["written"]), (StatusCode::OK, &3.into()), "{done:?}");
    let read = t.get(&manager, "/activity").await;
    let of = |measure: &str, year: usize| {
        let items = read.body["items"].as_array().unwrap();
        items.iter().find(|line| line["measure"] == measure).unwrap()["figures"][year]["value"].clone()
    };
    assert_eq!((of("inspections", 1), of("jury_sessions_cqp_sp", 1)), (Value::from(9), Value::from(131)));
    assert_eq!(of("teaching_supports", 0), Value::Null, "unknown is no zero");
    let skipped = t.upload(&manager, path, "activite.csv", wrong.into(), &[("skip_invalid", "true")]).await;
    assert_eq!((&skipped.body["written"], &skipped.body["refused"]), (&1.into(), &2.into()), "{skipped:?}");
    for (role, status) in [(Role::Officer, StatusCode::FORBIDDEN), (Role::Expert, StatusCode::NOT_FOUND)] {
        let person = t.person(role).await;
        let answer = t.upload(&person, path, "activite.csv", right.into(), &[]).await;
        assert_eq!(answer.status, status, "{role}");
    }
}

#[tokio::test]
async fn the_page_of_past_figures_records_a_file() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let path = "/statistiques/activite/import";
    assert!(t.open(&manager, "/statistiques/activite").await.1.contains(path));
    assert_eq!(t.open(&manager, path).await.0, StatusCode::OK);
    let (status, _, page) =
        t.send_file(&manager, path, "a.csv", b"annee;acte;nombre\n21;x;y\n".to_vec(), &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Ligne 2, annee") && page.contains("Ligne 2, nombre"), "{page}");
    let file = b"annee;acte;nombre\n2021;inspections;9\n".to_vec();
    let (status, location, _) = t.send_file(&manager, path, "a.csv", file, &[]).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/statistiques/activite"));
    assert_eq!(t.effects().await.events, ["history.imported"]);
    let officer = t.person(Role::Officer).await;
    assert_eq!(t.open(&officer, path).await.0, StatusCode::FORBIDDEN);
    assert!(!t.open(&officer, "/statistiques/activite").await.1.contains(path));
}
