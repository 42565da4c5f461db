//! The list of missions as it was on a day that is behind: the states come from the journal, the people from the offers.

use serde_json::{Value, json};
use time::{Date, Duration};

use super::bench::Bench;

async fn told(bench: &Bench, query: &str) -> Vec<(Value, Value)> {
    let found = bench.t.get(&bench.officer, &format!("/missions?{query}")).await;
    assert_eq!(found.status, 200, "{found:?}");
    let items = found.body["items"].as_array().unwrap();
    items.iter().map(|one| (one["state"].clone(), one["expert_id"].clone())).collect()
}

#[tokio::test]
async fn every_mission_is_listed_in_the_state_and_with_the_person_of_the_day() {
    let bench = Bench::new().await;
    let other = bench.mandataire("Faure").await;
    let first: Date = bench.t.app.today();
    let id = bench.propose(&bench.jury(&bench.expert)).await;
    bench.t.advance(Duration::days(1));
    assert_eq!(bench.act(&bench.own, &id, "accept", &Value::Null).await.status, 200);
    bench.t.advance(Duration::days(1));
    let reason = json!({ "reason": "health" });
    assert_eq!(bench.act(&bench.own, &id, "drop-out", &reason).await.status, 200);
    bench.t.advance(Duration::days(1));
    let people = json!({ "substitutes": [{ "expert_id": other.id }] });
    let offered = bench.act(&bench.officer, &id, "offer", &people).await;
    assert_eq!(offered.status, 200, "{offered:?}");
    bench.t.advance(Duration::days(1));
    let (own, next) = (json!(bench.expert.id), json!(other.id));
    for (days, expected) in [
        (-1, vec![]),
        (0, vec![(json!("proposed"), own.clone())]),
        (1, vec![(json!("accepted"), own.clone())]),
        (2, vec![(json!("declined"), own.clone())]),
        (3, vec![(json!("proposed"), next.clone())]),
        (30, vec![(json!("proposed"), next.clone())]),
    ] {
        let day = first + Duration::days(days);
        assert_eq!(told(&bench, &format!("on={day}")).await, expected, "{day}");
    }
    let second = first + Duration::days(1);
    assert!(told(&bench, &format!("on={second}&state=proposed")).await.is_empty());
    assert_eq!(told(&bench, &format!("on={second}&expert_id={}", bench.expert.id)).await.len(), 1);
    assert!(told(&bench, &format!("on={second}&expert_id={}", other.id)).await.is_empty());
    let seen = bench.t.get(&bench.own, &format!("/missions?on={second}")).await;
    assert_eq!(seen.body["items"], json!([]), "nobody sees more than today");

    let read = async |on: Date| bench.t.get(&bench.officer, &format!("/missions/{id}?on={on}")).await;
    let then = read(second).await.body;
    assert_eq!((&then["state"], &then["expert_id"]), (&json!("accepted"), &own), "{then}");
    assert_eq!(then["offers"].as_array().map(Vec::len), Some(1), "{then}");
    assert_eq!(then["offers"][0]["state"], "accepted", "{then}");
    assert_eq!(read(first).await.body["offers"][0]["state"], "sent");
    assert_eq!(read(first - Duration::days(1)).await.status, 404, "it did not exist");
    let number = then["number"].as_str().unwrap().to_owned();
    let (_, page) = bench.t.open(&bench.officer, &format!("/missions/{number}?au={second}")).await;
    assert!(page.contains("Revenir à aujourd’hui") && !page.contains("Annuler la mission"), "{page}");
    let eve = first - Duration::days(1);
    let (status, page) = bench.t.open(&bench.officer, &format!("/missions/{number}?au={eve}")).await;
    assert_eq!(status, 422);
    assert!(page.contains("n’existait pas encore") && page.contains("Annuler la mission"), "{page}");

    let (_, page) = bench.t.open(&bench.officer, &format!("/missions?au={second}")).await;
    assert!(page.contains("Revenir à aujourd’hui") && page.contains("Abel"), "{page}");
    let (_, page) = bench.t.open(&bench.officer, "/missions").await;
    assert!(!page.contains("Revenir à aujourd’hui") && page.contains("Faure"), "{page}");
}
