//! Who may read and change the time of an expert.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn the_team_declares_on_behalf_and_the_expert_is_told_once_a_day() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let officer = t.person(Role::Officer).await;
    let _before = t.effects().await;
    let path = format!("/experts/{}", expert.id);
    let rhythm = json!({ "half_days": [{ "weekday": 1, "half_day": "morning" }] });
    assert_eq!(t.post(&officer, &format!("{path}/rhythms"), &rhythm).await.status, StatusCode::CREATED);
    let absence = json!({ "starts_on": "2025-10-13" });
    assert_eq!(t.post(&officer, &format!("{path}/absences"), &absence).await.status, StatusCode::CREATED);
    let effects = t.effects().await;
    assert_eq!(effects.events, ["availability.rhythm_added", "absence.declared"]);
    assert_eq!(effects.mails, ["availability-changed"]);
    assert_eq!(
        t.post(&officer, &format!("{path}/availability/ask"), &json!({})).await.status,
        StatusCode::OK
    );
    let effects = t.effects().await;
    assert_eq!(
        (effects.events, effects.mails),
        (vec!["availability.asked".into()], vec!["availability-asked".into()])
    );
}

#[tokio::test]
async fn others_read_or_do_not_even_see() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let other = t.expert("Zéphyr").await;
    let path = format!("/experts/{}", expert.id);
    let range = format!("{path}/availability?from=2025-10-07&until=2025-10-08");
    let nothing = json!({ "half_days": [] });
    let absence = json!({ "starts_on": "2025-10-13" });
    let rhythm = json!({ "half_days": [{ "weekday": 1, "half_day": "morning" }] });
    let month = json!({ "month": "2025-11-01" });
    let structure = t.structure("Les Jardins du Morvan").await;
    for (person, read, write) in [
        (t.person(Role::Auditor).await, StatusCode::OK, StatusCode::FORBIDDEN),
        (t.person(Role::Admin).await, StatusCode::OK, StatusCode::FORBIDDEN),
        (t.of_expert(other.id).await, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
        (t.of_structure(structure.id).await, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
        (t.person(Role::Trainee).await, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(t.get(&person, &range).await.status, read);
        assert_eq!(t.put(&person, &range, Some(0), &nothing).await.status, write);
        assert_eq!(t.post(&person, &format!("{path}/absences"), &absence).await.status, write);
        assert_eq!(t.post(&person, &format!("{path}/rhythms"), &rhythm).await.status, write);
        let repeat = format!("{path}/availability/like-last-month");
        assert_eq!(t.post(&person, &repeat, &month).await.status, write);
        assert_eq!(t.post(&person, &format!("{path}/availability/ask"), &json!({})).await.status, write);
    }
    let own = t.of_expert(expert.id).await;
    let ask = t.post(&own, &format!("{path}/availability/ask"), &json!({})).await;
    assert_eq!(ask.status, StatusCode::FORBIDDEN, "an expert does not ask themselves");
    let unknown = format!("/experts/{}/availability", t.app.new_id());
    assert_eq!(t.get(&own, &unknown).await.status, StatusCode::NOT_FOUND);
    assert!(t.effects().await.events.iter().all(|event| !event.starts_with("a")));
}
