//! A meeting as of a day that is behind: its date, its guests, their answers and its agenda are those of that day.

use serde_json::{Value, json};
use time::{Date, Duration};

use super::{mandataire, plan, planned};
use crate::support::{Person, TestApp};

/// The day of the meeting, its guests, their answers and its agenda, as of a day.
async fn told(t: &TestApp, officer: &Person, path: &str, day: Date) -> (Value, usize, Value, Value) {
    let found = t.get(officer, &format!("{path}?on={day}")).await;
    assert_eq!(found.status, 200, "{found:?}");
    let guests = found.body["guests"].as_array().unwrap();
    let answer = guests.first().map(|guest| guest["answer"].clone()).unwrap_or_default();
    (found.body["meeting"]["meets_on"].clone(), guests.len(), answer, found.body["agenda"].clone())
}

#[tokio::test]
async fn a_meeting_has_the_date_the_guests_and_the_agenda_of_the_day() {
    let t = TestApp::new().await;
    let first = mandataire(&t, "Abel", "58").await;
    let (officer, path) = plan(&t).await;
    let planning = t.app.today();
    t.advance(Duration::days(1));
    assert_eq!(t.post(&officer, &format!("{path}/invite"), &json!({})).await.status, 200);
    let own = t.of_expert(first.id).await;
    let coming = t.post(&own, &format!("{path}/answer"), &json!({ "coming": true })).await;
    assert_eq!(coming.status, 200, "{coming:?}");
    t.advance(Duration::days(1));
    mandataire(&t, "Éloi", "976").await;
    let body = json!({ "place": planned("2025-10-21")["place"], "reason": "La salle n’est plus libre" });
    let moved = t.post(&officer, &format!("{path}/move"), &body).await;
    assert_eq!(moved.status, 200, "{moved:?}");
    let version = moved.etag.as_deref().and_then(|etag| etag.trim_matches('"').parse().ok());
    let edited = t.patch(&officer, &path, version, &json!({ "agenda": "Un seul point" })).await;
    assert_eq!(edited.status, 200, "{edited:?}");
    t.advance(Duration::days(1));
    let (agenda, none) = (json!("Retour sur les jurys\nQuestions"), json!("none"));
    for (days, expected) in [
        (0, (json!("2025-10-14"), 0, Value::Null, agenda.clone())),
        (1, (json!("2025-10-14"), 1, json!("coming"), agenda)),
        (2, (json!("2025-10-21"), 2, none, json!("Un seul point"))),
    ] {
        let day = planning + Duration::days(days);
        assert_eq!(told(&t, &officer, &path, day).await, expected, "{day}");
    }
}
