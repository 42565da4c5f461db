//! The colleges that people sit for.

use entity::account_role::Role;
use serde_json::{Value, json};

use super::desk::Desk;

fn seat(expert: &entity::expert::Model) -> Value {
    json!({
        "expert_id": expert.id,
        "college": "employers",
        "quality": "Directrice d’une structure",
        "appointed_by": "Syndicat des employeurs",
        "since": "2025-01-01",
    })
}

#[tokio::test]
async fn a_seat_is_recorded_listed_and_ended() {
    let desk = Desk::new().await;
    let expert = desk.t.expert("Abel").await;
    desk.t.effects().await;
    let created = desk.t.post(&desk.officer, "/college-seats", &seat(&expert)).await;
    assert_eq!(created.status, 201, "{created:?}");
    assert_eq!(desk.t.effects().await.events, ["college_seat.recorded"]);
    let again = desk.t.post(&desk.officer, "/college-seats", &seat(&expert)).await;
    assert_eq!((again.status.as_u16(), again.code()), (409, "college-seat-running"));
    let list = desk.t.get(&desk.officer, "/college-seats?college=employers&on=2025-06-01").await;
    assert_eq!(list.body["items"].as_array().unwrap().len(), 1);
    let path = format!("/college-seats/{}", created.body["id"].as_str().unwrap());
    let early = desk.t.post(&desk.officer, &format!("{path}/end"), &json!({ "until": "2024-12-31" })).await;
    assert_eq!((early.status.as_u16(), early.pointers()), (422, vec!["/until"]));
    let ended = desk.t.post(&desk.officer, &format!("{path}/end"), &json!({ "until": "2025-09-30" })).await;
    assert_eq!((ended.status.as_u16(), &ended.body["until"]), (200, &json!("2025-09-30")));
    let over = desk.t.post(&desk.officer, &format!("{path}/end"), &json!({ "until": "2025-10-30" })).await;
    assert_eq!(over.code(), "college-seat-over");
    let now = desk.t.get(&desk.officer, "/college-seats?on=2025-11-20").await;
    assert_eq!(now.body["items"], json!([]));
}

#[tokio::test]
async fn the_team_records_and_each_person_reads_their_own() {
    let desk = Desk::new().await;
    let expert = desk.t.expert("Abel").await;
    let created = desk.t.post(&desk.officer, "/college-seats", &seat(&expert)).await;
    let path = format!("/college-seats/{}", created.body["id"].as_str().unwrap());
    let own = desk.t.of_expert(expert.id).await;
    let other = desk.t.expert("Bérard").await;
    let other = desk.t.of_expert(other.id).await;
    assert_eq!(desk.t.get(&own, &path).await.status, 200);
    assert_eq!(desk.t.get(&other, &path).await.status, 404);
    let until = json!({ "until": "2025-09-30" });
    assert_eq!(desk.t.post(&own, &format!("{path}/end"), &until).await.status, 403);
    assert_eq!(desk.t.post(&other, &format!("{path}/end"), &until).await.status, 404);
    let auditor = desk.t.person(Role::Auditor).await;
    assert_eq!(desk.t.post(&auditor, "/college-seats", &seat(&expert)).await.status, 403);
}
