//! The measures agreed for a candidate: the members of that jury read what is done, and nobody else.

use entity::jury_member::Seat;
use entity::jury_minutes;
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::Room;
use crate::support::Person;

const MEASURE: &str = "Un tiers de temps en plus";

/// A jury with an observer, and a candidate for whom a measure is agreed.
async fn adapted() -> Room {
    let seats = [Seat::President, Seat::Employers, Seat::Employees, Seat::Observer];
    let room = Box::pin(Room::with(&seats, &["Diallo"])).await;
    let body = json!({ "measure": MEASURE, "consented_on": room.s.desk.today().to_string() });
    let path = format!("/candidates/{}/adaptations", room.people[0].id);
    let agreed = room.s.t().post(&room.s.desk.owner, &path, &body).await;
    assert_eq!(agreed.status, StatusCode::OK, "{agreed:?}");
    room
}

/// What somebody reads of the measures of the only candidate.
async fn read(room: &Room, person: &Person) -> Value {
    let answer = room.s.t().get(person, &format!("{}/day", room.path)).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.body["passages"][0]["accommodations"].clone()
}

#[tokio::test]
async fn those_who_vote_read_the_measure_and_the_journal_keeps_it() {
    let room = adapted().await;
    let t = room.s.t();
    for rank in 0..3 {
        let member = t.of_expert(room.seats[rank].1).await;
        let before = t.readings().await.len();
        assert_eq!(read(&room, &member).await, json!([MEASURE]));
        let readings = t.readings().await;
        assert_eq!(readings.len(), before + 1, "{readings:?}");
        assert_eq!(readings[before].0, "candidate.adaptations_read");
    }
    let page = format!("{}/passages/1", room.s.page(&room.path).await);
    let before = t.readings().await.len();
    let (status, text) = t.open(&room.president, &page).await;
    assert!(status == StatusCode::OK && text.contains(MEASURE), "{text}");
    assert_eq!(t.readings().await.len(), before + 1);
}

#[tokio::test]
async fn nobody_else_reads_it() {
    let room = adapted().await;
    let t = room.s.t();
    let observer = t.of_expert(room.seats[3].1).await;
    let before = t.readings().await.len();
    for person in [&observer, &room.s.desk.manager] {
        assert_eq!(read(&room, person).await, json!([]));
    }
    assert_eq!(t.readings().await.len(), before, "nothing was read");
    let stranger = t.of_expert(t.expert("Dehors").await.id).await;
    let elsewhere = room.s.composed(60, &[]).await;
    let other = room.s.t().get(room.s.officer(), &elsewhere).await.body["members"][0]["expert_id"].clone();
    let other: uuid::Uuid = serde_json::from_value(other).unwrap();
    let other = t.of_expert(other.into()).await;
    let page = format!("{}/passages/1", room.s.page(&room.path).await);
    for person in [&stranger, &other] {
        let answer = t.get(person, &format!("{}/day", room.path)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{answer:?}");
        assert_eq!(t.open(person, &page).await.0, StatusCode::NOT_FOUND);
    }
    for person in [room.s.officer(), &room.s.desk.owner] {
        assert_eq!(t.get(person, &format!("{}/day", room.path)).await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn an_act_answers_no_measure_and_the_minutes_keep_the_fact_alone() {
    let room = adapted().await;
    room.come_in(&[0, 1, 2]).await;
    let open = room.done("open", &json!({})).await;
    assert_eq!(open["passages"][0]["accommodations"], json!([]), "an answer that is kept does not hold it");
    room.hears(0, "15", "4").await;
    room.done("deliberate", &json!({})).await;
    assert_eq!(room.decide(0, "total", None).await.status, StatusCode::OK);
    room.done("close-deliberation", &json!({})).await;
    let minutes = jury_minutes::Entity::find().one(room.s.t().app.db.read()).await.unwrap().unwrap();
    assert!(minutes.content.contains("\"adapted\":true"), "{}", minutes.content);
    assert!(!minutes.content.contains("tiers de temps"), "{}", minutes.content);
    assert_eq!(read(&room, &room.president).await, json!([]), "the jury is over");
}
