//! What a tablet sends: once each, and never over what another device wrote.

use entity::jury_change;
use poem::http::StatusCode;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use super::Room;

async fn ready() -> Room {
    let room = Box::pin(Room::new(&["Diallo"])).await;
    room.open().await;
    room.comes(0).await;
    room
}

async fn send(room: &Room, device: &str, changes: &[Value]) -> Vec<Value> {
    let body = json!({ "device": device, "changes": changes });
    room.done("changes", &body).await["changes"].as_array().unwrap().clone()
}

const TABLET: &str = "01890000-0000-7000-8000-000000000001";
const PHONE: &str = "01890000-0000-7000-8000-000000000002";

#[tokio::test]
async fn a_change_that_is_sent_twice_counts_once() {
    let room = ready().await;
    let passage = room.passage(0).await;
    let change = room.change(&passage, "mark:E1", "12");
    let _before = room.s.t().effects().await;
    let first = send(&room, TABLET, std::slice::from_ref(&change)).await;
    assert_eq!((&first[0]["outcome"], &first[0]["value"]), (&json!("applied"), &json!("12")));
    let again = send(&room, TABLET, std::slice::from_ref(&change)).await;
    assert_eq!(again[0]["outcome"], "applied");
    assert_eq!(again[0]["version"], first[0]["version"]);
    assert_eq!(room.s.t().effects().await.events, ["jury.results_entered"]);
    let kept = jury_change::Entity::find().count(room.s.t().app.db.read()).await.unwrap();
    assert_eq!(kept, 1);
    assert_eq!(room.passage(0).await["marks"][0]["value"], 12);
}

#[tokio::test]
async fn what_another_device_wrote_is_a_conflict_and_is_kept() {
    let room = ready().await;
    let seen = room.passage(0).await;
    send(&room, PHONE, &[room.change(&seen, "mark:E1", "8")]).await;
    let late = send(
        &room,
        TABLET,
        &[
            room.change(&seen, "mark:E1", "15"),
            room.change(&seen, "mark:E2", "4"),
            room.change(&seen, "observations", "Très à l’aise"),
        ],
    )
    .await;
    let outcomes: Vec<_> = late.iter().map(|one| one["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["conflict", "applied", "applied"]);
    assert_eq!(late[0]["value"], "8", "both values are shown");
    let passage = room.passage(0).await;
    assert_eq!(passage["marks"][0]["value"], 8);
    let chosen = send(&room, TABLET, &[room.change(&passage, "mark:E1", "15")]).await;
    assert_eq!(chosen[0]["outcome"], "applied", "the person looked, and chose");
    let own = send(&room, TABLET, &[room.change(&passage, "mark:E1", "16")]).await;
    assert_eq!(own[0]["outcome"], "applied", "what the tablet wrote itself is no conflict");
}

#[tokio::test]
async fn a_replay_is_answered_as_the_first_time_whatever_became_of_it() {
    let room = ready().await;
    let seen = room.passage(0).await;
    send(&room, PHONE, &[room.change(&seen, "mark:E1", "8")]).await;
    let queue = [room.change(&seen, "mark:E1", "15"), room.change(&seen, "mark:E2", "99")];
    let first = send(&room, TABLET, &queue).await;
    let outcomes: Vec<_> = first.iter().map(|one| one["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["conflict", "refused"]);
    assert!(first.iter().all(|one| !one["message"].as_str().unwrap().is_empty()), "{first:?}");
    let before = jury_change::Entity::find().count(room.s.t().app.db.read()).await.unwrap();
    assert_eq!(send(&room, TABLET, &queue).await, first);
    let after = jury_change::Entity::find().count(room.s.t().app.db.read()).await.unwrap();
    assert_eq!(before, after, "nothing is written again");
}

#[tokio::test]
async fn what_may_not_be_written_is_refused_alone() {
    let room = ready().await;
    let outcomes = room
        .enter(
            0,
            &[
                ("mark:E1", "25"),
                ("mark:E9", "1"),
                ("decision", "total"),
                ("comment:E1", "Bien"),
                ("mark:E2", "3"),
            ],
        )
        .await;
    let found: Vec<_> = outcomes.iter().map(|one| one["outcome"].as_str().unwrap()).collect();
    assert_eq!(found, ["refused", "refused", "refused", "refused", "applied"], "{outcomes:?}");
    assert!(outcomes[0]["message"].as_str().unwrap().contains("20"), "{outcomes:?}");
}

#[tokio::test]
async fn nothing_is_entered_for_somebody_who_did_not_come() {
    let room = Room::new(&["Diallo"]).await;
    room.open().await;
    let turn = room.turn(0).await;
    room.done(&format!("passages/{turn}/presence"), &json!({ "presence": "absent" })).await;
    let refused = room.enter(0, &[("mark:E1", "12")]).await;
    assert_eq!(refused[0]["outcome"], "refused");
}

#[tokio::test]
async fn only_whoever_presides_sends_results() {
    let room = ready().await;
    let passage = room.passage(0).await;
    let member = room.s.t().of_expert(room.seats[1].1).await;
    let body = json!({ "changes": [room.change(&passage, "mark:E1", "12")] });
    let refused = room.s.t().post(&member, &format!("{}/changes", room.path), &body).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{refused:?}");
}
