//! What the list shows, finds and keeps.

use entity::programme::Theme;
use entity::programme_version::Modality;
use entity::training_session::SessionState;
use parchemin::rules::deadline::add_days;
use poem::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;

use super::{Fair, somebody};

/// The numbers of the sessions that a list gives.
async fn numbers(fair: &Fair, query: &str) -> Vec<String> {
    let answer = fair.get(&format!("/api/v1/catalogue{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.text);
    let items = answer.json()["items"].as_array().unwrap().clone();
    items.iter().map(|item| item["number"].as_str().unwrap().to_owned()).collect()
}

/// A fair with a session in Poitiers, one from afar, and three that nobody may see or enter.
async fn three_kinds() -> Fair {
    let fair = Fair::of(10).await;
    fair.another(1, |session| {
        session.title = "Prévenir le harcèlement sexuel".to_owned();
        session.theme = Theme::Regulatory;
        session.modality = Modality::Remote;
        for text in [&mut session.commune, &mut session.department, &mut session.region] {
            text.clear();
        }
    })
    .await;
    fair.another(2, |session| session.public = false).await;
    fair.another(3, |session| session.state = SessionState::Project).await;
    fair.another(4, |session| session.enrol_until = session.enrol_until.map(|day| add_days(day, -60))).await;
    fair
}

#[tokio::test]
async fn a_session_is_told_with_its_seats_and_its_place() {
    let fair = Fair::of(10).await;
    let answer = fair.get("/api/v1/catalogue").await.json();
    assert_eq!(answer["next_cursor"], Value::Null);
    let item = &answer["items"][0];
    assert_eq!(item["id"], fair.course.session.to_string());
    assert_eq!(item["programme"]["code"], "SST-MAC");
    assert_eq!(item["programme"]["theme"], "health_safety");
    assert_eq!(item["place"]["commune"], "Poitiers");
    assert_eq!(item["place"]["region"], "75");
    assert_eq!(item["modality"], "on_site");
    assert_eq!((&item["seats"], &item["seats_left"], &item["waiting"]), (&json!(10), &json!(10), &json!(0)));
    assert_eq!((&item["price_cents"], &item["duration_minutes"]), (&json!(21_000), &json!(420)));
    assert_eq!(item["state"], "open");
}

#[tokio::test]
async fn only_open_public_sessions_are_listed_by_date() {
    let fair = three_kinds().await;
    assert_eq!(numbers(&fair, "").await, ["SES-2025-0001", "SES-2025-0002"]);
}

#[tokio::test]
async fn filters_find_what_is_meant() {
    let fair = three_kinds().await;
    let (first, second) = ("SES-2025-0001", "SES-2025-0002");
    for (query, expected) in [
        ("?q=harcellement", vec![second]),
        ("?q=COMPETENCES%20poitiers", vec![first]),
        ("?q=introuvable", vec![]),
        ("?theme=regulatory", vec![second]),
        ("?region=75", vec![first]),
        ("?region=11", vec![]),
        ("?modality=remote", vec![second]),
        ("?modality=mixed", vec![]),
        ("?from=2025-11-18", vec![second]),
        ("?from=2030-01-01", vec![]),
    ] {
        assert_eq!(numbers(&fair, query).await, expected, "{query}");
    }
    let page = fair.get("/catalogue?mot=harcellement").await.text;
    assert!(page.contains("Prévenir le harcèlement sexuel") && !page.contains("Poitiers (86)"));
    let page = fair.get("/catalogue?mot=introuvable&theme=management").await.text;
    assert!(page.contains("Aucune session ne correspond") && page.contains("Retirer «"));
}

#[tokio::test]
async fn wrong_parameters_are_told() {
    let fair = Fair::of(1).await;
    for (query, status) in [
        ("?limit=0", StatusCode::UNPROCESSABLE_ENTITY),
        ("?limit=201", StatusCode::UNPROCESSABLE_ENTITY),
        ("?cursor=nowhere", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(fair.get(&format!("/api/v1/catalogue{query}")).await.status, status, "{query}");
    }
    let unknown = fair.course.t.app.new_id();
    assert_eq!(fair.get(&format!("/api/v1/catalogue/{unknown}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(fair.get("/catalogue/inconnue").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_list_is_read_page_by_page_even_when_its_last_session_leaves() {
    let fair = Fair::of(10).await;
    for rank in 1..5 {
        fair.another(rank, |_| {}).await;
    }
    let first = fair.get("/api/v1/catalogue?limit=2").await.json();
    let cursor = first["next_cursor"].as_str().unwrap().to_owned();
    let rest = numbers(&fair, &format!("?limit=2&cursor={cursor}")).await;
    assert_eq!(rest, ["SES-2025-0003", "SES-2025-0004"]);
    let end = numbers(&fair, &format!("?limit=200&cursor={cursor}")).await;
    assert_eq!(end.len(), 3);
}

#[tokio::test]
async fn a_seat_that_is_taken_shows_at_once_here_and_soon_elsewhere() {
    let fair = Fair::of(2).await;
    let left = |page: &Value| page["items"][0]["seats_left"].clone();
    assert_eq!(left(&fair.get("/api/v1/catalogue").await.json()), 2);
    let before = fair.get("/catalogue").await;
    let taken = fair.post(&fair.enrolments(), &somebody(1)).await;
    assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text);
    assert_eq!(left(&fair.get("/api/v1/catalogue").await.json()), 1);
    let after = fair.get("/catalogue").await;
    assert_ne!(before.etag, after.etag);
    assert!(after.text.contains("place libre sur 2"), "{}", after.text);

    // Another process takes the last seat.
    let other = fair.course.t.another_process(parchemin::mailer::Mailer::memory());
    crate::enrolments::enrol_in(&other, fair.course.session, &[2]).await.unwrap();
    fair.course.t.advance(Duration::seconds(2));
    assert_eq!(left(&fair.get("/api/v1/catalogue").await.json()), 0);
    assert!(fair.get("/catalogue").await.text.contains("Complet"));
    let with_seats = fair.get("/catalogue?filtre=1").await.text;
    assert!(with_seats.contains("Aucune session ne correspond"));
}

#[tokio::test]
async fn whoever_has_the_page_already_is_answered_that_it_is_the_same() {
    let fair = Fair::of(2).await;
    for path in
        ["/catalogue".to_owned(), fair.page().await, "/catalogue/maintien-des-competences-sst".to_owned()]
    {
        let first = fair.get(&path).await;
        assert_eq!(first.status, StatusCode::OK, "{path}");
        assert!(first.etag.len() > 10, "{path}");
        let again = fair.course.t.client.get(&path).header("if-none-match", &first.etag).send().await;
        again.assert_status(StatusCode::NOT_MODIFIED);
        again.assert_header("cache-control", "public, no-cache");
    }
}

#[tokio::test]
async fn whoever_is_signed_in_reads_the_same_list_in_their_own_page() {
    use entity::account_role::Role;
    let fair = Fair::of(2).await;
    let person = fair.course.t.person(Role::Officer).await;
    let (status, html) = fair.course.t.open(&person, "/catalogue").await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("Maintien des compétences SST") && html.contains("Compte"));
    assert!(!fair.get("/catalogue").await.text.contains("popovertarget=\"compte\""));
}

#[tokio::test]
async fn a_session_is_read_with_its_sheet() {
    let fair = Fair::of(2).await;
    let answer = fair.get(&format!("/api/v1/catalogue/{}", fair.course.session)).await;
    let body = answer.json();
    assert_eq!((&body["number"], &body["open"]), (&json!("SES-2025-0001"), &json!(true)));
    assert_eq!(body["sheet"]["code"], "SST-MAC");
    assert!(body["slots"].is_array() && !answer.etag.is_empty());
    // A key leads to the page of the number.
    let by_key =
        fair.course.t.client.get(format!("/catalogue/sessions/{}", fair.course.session)).send().await;
    by_key.assert_header("location", "/catalogue/sessions/SES-2025-0001");
}
