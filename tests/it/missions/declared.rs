//! A mission on a half-day that its expert no longer gives: both are kept, and it is told.

use poem::http::StatusCode;
use serde_json::json;

use super::bench::Bench;

#[tokio::test]
async fn an_absence_declared_after_a_mission_was_accepted_is_kept_and_flagged() {
    let b = Bench::new().await;
    b.accepted().await;
    let path = format!("/experts/{}", b.expert.id);
    let range = format!("{path}/availability?from=2025-10-20&until=2025-10-21");
    let read = b.t.get(&b.own, &range).await;
    assert!(read.body["half_days"][0]["mission"].is_string(), "{:?}", read.body);
    assert_eq!(read.body["half_days"][0]["contradicts"], false, "nothing was declared");
    let absence = json!({ "starts_on": "2025-10-20" });
    let declared = b.t.post(&b.own, &format!("{path}/absences"), &absence).await;
    assert_eq!(declared.status, StatusCode::CREATED, "{:?}", declared.body);
    let read = b.t.get(&b.own, &range).await;
    let flags: Vec<_> = read.body["half_days"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["contradicts"].as_bool().unwrap())
        .collect();
    assert_eq!(flags, [true, true, false, false]);
    let (_, text) = b.t.open(&b.own, "/disponibilites?mois=2025-10").await;
    assert!(text.contains("Une mission ou une visite tombe sur une demi-journée qui n’est pas libre"));
    let number = read.body["half_days"][0]["mission"].as_str().unwrap();
    assert!(text.contains(&format!("Mission {number}")));
    let (_, text) = b.t.open(&b.officer, &format!("/intervenants/{}", b.expert.number)).await;
    assert!(text.contains("class=\"mis\">20"));
}
