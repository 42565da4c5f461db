//! The quarterly meetings of a year, planned in one act.

use entity::account_role::Role;
use entity::meeting;
use poem::http::StatusCode;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use super::{mandataire, planned, quarterly};
use crate::support::TestApp;

const DAYS: [&str; 4] = ["2025-12-02", "2026-03-03", "2026-06-02", "2026-09-01"];

async fn meetings(t: &TestApp) -> u64 {
    meeting::Entity::find().count(t.app.db.read()).await.unwrap()
}

#[tokio::test]
async fn four_meetings_are_planned_at_once_and_each_lives_alone() {
    let t = TestApp::new().await;
    mandataire(&t, "Abel", "58").await;
    let officer = t.person(Role::Officer).await;
    let _before = t.effects().await;
    let series = t.post(&officer, "/meetings/series", &quarterly(DAYS)).await;
    assert_eq!(series.status, StatusCode::CREATED, "{:?}", series.body);
    let items = series.body["items"].as_array().unwrap();
    let told: Vec<_> = items.iter().map(|one| (&one["number"], &one["meets_on"], &one["state"])).collect();
    let expected = ["REU-2025-0001", "REU-2026-0001", "REU-2026-0002", "REU-2026-0003"].map(Value::from);
    let (days, state) = (DAYS.map(Value::from), json!("planned"));
    let expected: Vec<_> = expected.iter().zip(&days).map(|(number, day)| (number, day, &state)).collect();
    assert_eq!(told, expected);
    let effects = t.effects().await;
    assert_eq!((effects.events, effects.mails), (vec!["meeting.planned".to_owned(); 4], Vec::new()));

    let path = |rank: usize| format!("/meetings/{}", items[rank]["id"].as_str().unwrap());
    let invited = t.post(&officer, &format!("{}/invite", path(0)), &json!({})).await;
    assert_eq!(invited.body["guests"].as_array().map(Vec::len), Some(1), "{invited:?}");
    let gone = t.post(&officer, &format!("{}/cancel", path(1)), &json!({ "reason": "Grève" })).await;
    assert_eq!(gone.status, StatusCode::OK, "{gone:?}");
    for (rank, state) in [(0, "invited"), (1, "cancelled"), (2, "planned"), (3, "planned")] {
        assert_eq!(t.get(&officer, &path(rank)).await.body["meeting"]["state"], state, "{rank}");
    }
}

#[tokio::test]
async fn a_series_that_cannot_be_is_refused_whole_and_in_words() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    assert_eq!(t.post(&officer, "/meetings", &planned("2026-06-02")).await.status, StatusCode::CREATED);
    let _before = t.effects().await;
    for (days, pointer, words) in [
        (["2025-12-02", "2026-09-01", "2026-03-03", "2026-12-01"], "/days/2", "dans l’ordre"),
        (["2025-12-02", "2026-03-03", "2026-03-03", "2026-09-01"], "/days/2", "déjà ce jour-là"),
        (["2025-09-02", "2025-12-02", "2026-03-03", "2026-09-01"], "/days/0", "à venir"),
        (["2025-12-02", "2026-03-03", "2026-09-01", "2031-12-02"], "/days/3", "deux ans"),
        (DAYS, "/days/2", "REU-2026-0001"),
    ] {
        let refused = t.post(&officer, "/meetings/series", &quarterly(days)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{days:?}");
        assert_eq!(refused.pointers(), [pointer], "{days:?}");
        let message = refused.body["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains(words), "{message}");
    }
    let mut three = quarterly(DAYS);
    three["days"] = json!(["2025-12-02", "2026-03-03", "2026-09-01"]);
    three["time"] = json!("25:00");
    assert_eq!(t.post(&officer, "/meetings/series", &three).await.pointers(), ["/days", "/time"]);
    assert!(t.effects().await.events.is_empty());
    assert_eq!(meetings(&t).await, 1, "all of them or none");
    let mut series = quarterly(DAYS);
    series["kind"] = json!("controleurs");
    let of_others = t.post(&officer, "/meetings/series", &series).await;
    assert_eq!(of_others.status, StatusCode::CREATED, "other people meet that day: {of_others:?}");
}

#[tokio::test]
async fn only_the_team_plans_a_series() {
    let t = TestApp::new().await;
    let expert = t.of_expert(mandataire(&t, "Abel", "58").await.id).await;
    for (person, status) in [
        (t.person(Role::Manager).await, StatusCode::CREATED),
        (expert, StatusCode::NOT_FOUND),
        (t.person(Role::Auditor).await, StatusCode::FORBIDDEN),
        (t.person(Role::Trainee).await, StatusCode::NOT_FOUND),
    ] {
        let answer = t.post(&person, "/meetings/series", &quarterly(DAYS)).await;
        assert_eq!(answer.status, status, "{:?} {:?}", person.actor.held, answer.body);
        let page = t.open(&person, "/reunions/serie").await.0;
        assert_eq!(page == StatusCode::OK, status == StatusCode::CREATED, "{page}");
    }
    assert_eq!(meetings(&t).await, 4);
}

#[tokio::test]
async fn a_series_is_planned_from_its_page() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    assert!(t.open(&officer, "/reunions").await.1.contains("href=\"/reunions/serie\""));
    let (status, text) = t.open(&officer, "/reunions/serie").await;
    assert_eq!(status, StatusCode::OK);
    for day in ["2026-01-06", "2026-04-07", "2026-07-06", "2026-10-06"] {
        assert!(text.contains(&format!("value=\"{day}\"")), "{day} is proposed: {text}");
    }
    let mut fields = vec![
        ("kind", "formateurs"),
        ("time", "10:00"),
        ("zone", "Europe/Paris"),
        ("mode", "video"),
        ("place", "https://visio.exemple/formateurs"),
        ("lasts_minutes", "90"),
        ("agenda", "Retour sur les sessions"),
        ("days/0", "2025-12-02"),
        ("days/1", "2026-03-03"),
        ("days/2", "2026-03-03"),
    ];
    let (status, _, text) = t.submit(&officer, "/reunions/serie", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["déjà ce jour-là", "Indiquez une date", "value=\"2025-12-02\"", "#champ-days-2"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    fields.retain(|(name, _)| *name != "days/2");
    fields.extend([("days/2", "2026-06-02"), ("days/3", "2026-09-01")]);
    let (status, location, _) = t.submit(&officer, "/reunions/serie", &fields).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/reunions?metier=formateurs"));
    let (_, text) = t.open(&officer, &location).await;
    assert_eq!(text.matches("href=\"/reunions/REU-").count(), 4, "{text}");
    let (status, _, text) = t.submit(&officer, "/reunions/serie", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "the same form twice");
    assert!(text.contains("REU-2025-0001") && text.contains("REU-2026-0003"), "{text}");
    assert_eq!(meetings(&t).await, 4);
}
