//! The pages of sessions, without a script.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::json;

use super::Bench;

#[tokio::test]
async fn a_session_is_prepared_and_opened_by_its_forms() {
    let b = Bench::new().await;
    let programme = b.programme.id.to_string();
    let fields = [
        ("programme_id", programme.as_str()),
        ("kind", "inter"),
        ("delivery", "own"),
        ("place", "12 rue de la Paix"),
        ("commune", "Cayenne"),
        ("department", "973"),
        ("public", "oui"),
        ("slots", "03/03/2026 9 h - 12 h 30\n03/03/2026 13 h 30 - 17 h"),
    ];
    let (status, place, _) = b.t.submit(&b.officer, "/sessions/nouvelle", &fields).await;
    assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, "/sessions/SES-2026-0001"));
    let (_, page) = b.t.open(&b.officer, "/sessions/SES-2026-0001").await;
    assert!(
        page.contains("de 9\u{202f}h à 12\u{202f}h\u{202f}30") || page.contains("mardi 3 mars 2026"),
        "{page}"
    );
    assert!(page.contains("/sessions/SES-2026-0001/actes/ouvrir"));
    let (_, act) = b.t.open(&b.officer, "/sessions/SES-2026-0001/actes/ouvrir").await;
    assert!(act.contains("Ce qui change"));
    let (status, ..) = b.t.submit(&b.officer, "/sessions/SES-2026-0001/actes/ouvrir", &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, calendar) = b.t.open(&b.officer, "/sessions/SES-2026-0001/agenda.ics").await;
    assert_eq!((status, calendar.matches("BEGIN:VEVENT").count()), (StatusCode::OK, 2));
    assert!(calendar.contains("America/Cayenne"), "{calendar}");
}

#[tokio::test]
async fn a_form_that_comes_back_keeps_what_was_typed() {
    let b = Bench::new().await;
    let fields = [("kind", "inter"), ("delivery", "own"), ("slots", "demain"), ("commune", "Poitiers")];
    let (status, _, page) = b.t.submit(&b.officer, "/sessions/nouvelle", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("value=\"Poitiers\"") && page.contains("demain") && page.contains("Ligne 1"));
    let path = b.created(&b.body("2026-03-03")).await;
    let number = b.read(&path).await["session"]["number"].as_str().unwrap().to_owned();
    let at = format!("/sessions/{number}/actes/annuler");
    let (status, _, page) = b.t.submit(&b.officer, &at, &[("reason", "Peu de monde")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("value=\"Peu de monde\""));
    let (status, ..) = b.t.open(&b.officer, &format!("/sessions/{number}/actes/rouvrir")).await;
    assert_eq!(status, StatusCode::CONFLICT, "not in this state");
}

#[tokio::test]
async fn the_list_is_taken_as_a_file_and_that_is_recorded() {
    let b = Bench::new().await;
    b.created(&b.body("2026-03-03")).await;
    let _before = b.t.effects().await;
    let (status, _, csv) = b.t.submit(&b.officer, "/sessions/export", &[("format", "csv")]).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(csv.lines().count(), 3, "{csv}");
    assert!(csv.contains("SES-2026-0001;Maintien des compétences SST"), "{csv}");
    assert_eq!(b.t.effects().await.events, ["training_sessions.exported"]);
    let trainee = b.t.person(Role::Trainee).await;
    let (status, ..) = b.t.submit(&trainee, "/sessions/export", &[("format", "csv")]).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_teaches_sees_the_session_and_nobody_else_of_the_network() {
    let b = Bench::new().await;
    let path = b.created(&b.body("2026-03-03")).await;
    let (abel, other) = (b.t.expert("Abel").await, b.t.expert("Faure").await);
    b.done(&path, "trainers", &json!({ "expert_id": abel.id, "standing": "external" })).await;
    let (abel, other) = (b.t.of_expert(abel.id).await, b.t.of_expert(other.id).await);
    assert_eq!(b.t.get(&abel, &path).await.status, StatusCode::OK);
    assert_eq!(b.t.get(&other, &path).await.status, StatusCode::NOT_FOUND);
    let refused =
        b.t.post(&abel, &format!("{path}/cancel"), &json!({ "cause": "other", "reason": "x" })).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{refused:?}");
    let (_, list) = b.t.open(&abel, "/sessions").await;
    assert!(list.contains("SES-2026-0001") && !list.contains("/sessions/nouvelle"));
    let limited = b.t.limited(Role::Officer, "11").await;
    assert_eq!(b.t.get(&limited, &path).await.status, StatusCode::NOT_FOUND, "another region");
}
