//! The list of requests as it was on a day that is behind: the states come from the journal.

use entity::agreement_request::RequestState as S;
use parchemin::features::agreements::state::Step;
use serde_json::{Value, json};
use time::{Date, Duration};

use super::desk::Desk;

async fn states(desk: &Desk, query: &str) -> Vec<Value> {
    let found = desk.t.get(&desk.officer, &format!("/agreement-requests?{query}")).await;
    assert_eq!(found.status, 200, "{found:?}");
    found.body["items"].as_array().unwrap().iter().map(|one| one["state"].clone()).collect()
}

#[tokio::test]
async fn every_request_is_listed_in_the_state_that_it_had_at_the_end_of_the_day() {
    let desk = Desk::new().await;
    desk.reach(S::Complete).await;
    let first: Date = desk.today();
    desk.t.advance(Duration::days(5));
    desk.step(Step::AssignController).await;
    let second = desk.today();
    desk.t.advance(Duration::days(1));
    desk.step(Step::Decline).await;
    desk.t.advance(Duration::days(3));
    let eve = first - Duration::days(1);
    for (day, expected) in [
        (eve, vec![]),
        (first, vec![json!("complete")]),
        (second - Duration::days(1), vec![json!("complete")]),
        (second, vec![json!("visit_to_schedule")]),
        (second + Duration::days(1), vec![json!("complete")]),
    ] {
        assert_eq!(states(&desk, &format!("on={day}")).await, expected, "{day}");
    }
    assert_eq!(states(&desk, &format!("on={second}&state=complete")).await, [] as [Value; 0]);
    assert_eq!(states(&desk, &format!("on={second}&state=visit_to_schedule")).await.len(), 1);
    let to_come = desk.today() + Duration::days(30);
    assert_eq!(states(&desk, &format!("on={to_come}")).await, [json!("complete")], "a day to come is today");

    let number = desk.read().await["number"].as_str().unwrap().to_owned();
    let (_, page) = desk.t.open(&desk.officer, &format!("/agrements?au={second}")).await;
    assert!(page.contains("Revenir à aujourd’hui") && page.contains(&number), "{page}");
    // Once among the filters, once on its line.
    let planned = |page: &str| page.matches("Visite à planifier</span>").count();
    let (_, today) = desk.t.open(&desk.officer, "/agrements").await;
    assert_eq!((planned(&page), planned(&today)), (2, 1), "{page}");
    let (_, page) = desk.t.open(&desk.officer, &format!("/agrements?au={eve}")).await;
    assert!(page.contains("Aucune demande ne correspond"), "{page}");
    let strangers = desk.t.get(&desk.stranger, &format!("/agreement-requests?on={second}")).await;
    assert_eq!(strangers.body["items"], json!([]), "nobody sees more than today");
}
