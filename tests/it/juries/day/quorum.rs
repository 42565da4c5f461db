//! Who is in the room: the session opens, or does not.

use entity::candidate;
use entity::jury_member::Seat;
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::json;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use super::Room;

#[tokio::test]
async fn a_session_opens_with_its_quorum_and_the_declarations_of_everybody() {
    let room = Room::new(&["Diallo"]).await;
    let empty = room.act("open", &json!({})).await;
    assert_eq!((empty.status, empty.code()), (StatusCode::CONFLICT, "jury-lacking"), "{empty:?}");
    room.come_in(&[0, 1]).await;
    let short = room.act("open", &json!({})).await;
    assert_eq!(short.body["blocking"].as_array().unwrap().len(), 2, "a college and the total: {short:?}");
    let member = room.member(2).await;
    room.done(&format!("members/{member}/check-in"), &json!({ "identity": true, "impartial": false })).await;
    let unsigned = room.act("open", &json!({})).await;
    assert_eq!(unsigned.body["blocking"].as_array().unwrap().len(), 1, "{unsigned:?}");
    let own = room.s.t().of_expert(room.seats[2].1).await;
    let path = format!("{}/members/{member}/declare", room.path);
    let signed = room.s.t().post(&own, &path, &json!({})).await;
    assert_eq!(signed.status, StatusCode::OK, "{signed:?}");
    let _before = room.s.t().effects().await;
    let open = room.done("open", &json!({})).await;
    assert_eq!(open["session"]["state"], "open");
    assert_eq!(room.s.t().effects().await.events, ["jury.opened"]);
}

#[tokio::test]
async fn only_whoever_presides_runs_the_day() {
    let room = Room::new(&["Diallo"]).await;
    let t = room.s.t();
    let member = t.of_expert(room.seats[1].1).await;
    let stranger = t.of_expert(t.expert("Dehors").await.id).await;
    let path = format!("{}/open", room.path);
    for (person, status) in [
        (&member, StatusCode::FORBIDDEN),
        (room.s.officer(), StatusCode::FORBIDDEN),
        (&room.s.desk.owner, StatusCode::FORBIDDEN),
        (&stranger, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(t.post(person, &path, &json!({})).await.status, status);
    }
    let day = format!("{}/day", room.path);
    for (person, status) in [
        (&member, StatusCode::OK),
        (&room.s.desk.manager, StatusCode::OK),
        (room.s.officer(), StatusCode::FORBIDDEN),
        (&room.s.desk.owner, StatusCode::FORBIDDEN),
        (&stranger, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(t.get(person, &day).await.status, status);
    }
}

#[tokio::test]
async fn nobody_loses_an_attempt_when_members_lack() {
    let room = Room::new(&["Diallo"]).await;
    room.come_in(&[0, 1]).await;
    let _before = room.s.t().effects().await;
    let closed = room.done("no-quorum", &json!({ "reason": "Grève des trains" })).await;
    assert_eq!(closed["session"]["state"], "no_quorum");
    assert_eq!(closed["passages"][0]["candidate_state"], "admitted");
    assert!(closed["reason"].as_str().unwrap().contains("Grève des trains"), "{closed}");
    let effects = room.s.t().effects().await;
    assert_eq!(effects.events, ["candidate.released", "jury.no_quorum"]);
    assert_eq!(effects.mails.iter().filter(|mail| *mail == "jury-notice").count(), 4);
    assert!(effects.mails.contains(&"candidate-jury".into()), "{effects:?}");
    let conn = room.s.t().app.db.read();
    let row = candidate::Entity::find_by_id(room.people[0].id).one(conn).await.unwrap().unwrap();
    assert_eq!(row.attempts, 0);
    let next = room.s.asked(&[&room.people[0]]).await;
    assert_eq!(room.s.read(&next).await["passages"][0]["attempt"], 1, "it is still the first time");
}

#[tokio::test]
async fn a_shortage_is_no_way_out_when_the_quorum_is_there() {
    let room = Room::new(&["Diallo"]).await;
    room.come_in(&[0, 1, 2]).await;
    let refused = room.act("no-quorum", &json!({})).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "jury-lacking"), "{refused:?}");
}

#[tokio::test]
async fn the_team_records_the_shortage_when_nobody_presides() {
    let room = Room::new(&["Diallo"]).await;
    let path = format!("{}/no-quorum", room.path);
    let done = room.s.t().post(room.s.officer(), &path, &json!({})).await;
    assert_eq!(done.status, StatusCode::OK, "{done:?}");
    assert_eq!(done.body["session"]["state"], "no_quorum");
}

#[tokio::test]
async fn an_abstention_counts_the_quorum_again_for_that_candidate() {
    let seats = [Seat::President, Seat::Employers, Seat::Employees, Seat::Employees];
    let room = Room::with(&seats, &["Diallo", "Basile"]).await;
    room.open().await;
    room.comes(0).await;
    let first = room.abstains(2, 0).await;
    assert_eq!(first.status, StatusCode::OK, "{first:?}");
    assert_eq!(first.body["passages"][0]["decision"], json!(null), "another member of the college is there");
    let twice = room.abstains(2, 0).await;
    assert_eq!(twice.pointers(), ["/member_id"], "{twice:?}");
    let second = room.abstains(3, 0).await;
    assert_eq!(second.body["passages"][0]["decision"], "adjourned");
    assert!(!second.body["passages"][0]["quorum_lacks"].as_array().unwrap().is_empty());
    assert_eq!(second.body["passages"][1]["decision"], json!(null), "the others are judged");
    assert_eq!(second.body["passages"][1]["quorum_lacks"], json!([]));
}

#[tokio::test]
async fn a_session_is_not_opened_long_before_its_hour() {
    let room = Room::new(&["Diallo"]).await;
    let t = room.s.t();
    room.come_in(&[0, 1, 2]).await;
    let opens_at = room.day().await["opens_at"].as_str().unwrap().to_owned();
    let opens_at = OffsetDateTime::parse(&opens_at, &Rfc3339).unwrap();
    let page = format!("{}/ouverture", room.s.page(&room.path).await);
    let _before = t.effects().await;
    t.set_now(opens_at - Duration::minutes(1));
    let early = room.act("open", &json!({})).await;
    assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "jury-too-early"), "{early:?}");
    assert!(early.body["detail"].as_str().unwrap().contains("à 7\u{202f}h"), "{early:?}");
    assert!(t.effects().await.events.is_empty());
    let (_, text) = t.open(&room.president, &page).await;
    assert!(text.contains("Ce jury s’ouvre à partir du") && !text.contains("/ouvrir\""), "{text}");

    let change = json!({ "value": { "opens_before_hours": 3 } });
    let changed = t.patch(&room.s.desk.manager, "/settings/juries.opening", Some(0), &change).await;
    assert_eq!(changed.status, StatusCode::OK, "{changed:?}");
    let (_, text) = t.open(&room.president, &page).await;
    assert!(text.contains("/ouvrir\"") && !text.contains("s’ouvre à partir du"), "{text}");
    room.done("open", &json!({})).await;
}

#[tokio::test]
async fn a_session_is_not_opened_before_its_day_however_many_hours_are_allowed() {
    let room = Room::new(&["Diallo"]).await;
    let t = room.s.t();
    room.come_in(&[0, 1, 2]).await;
    let change = json!({ "value": { "opens_before_hours": 24 } });
    let changed = t.patch(&room.s.desk.manager, "/settings/juries.opening", Some(0), &change).await;
    assert_eq!(changed.status, StatusCode::OK, "{changed:?}");
    t.advance(Duration::hours(-12));
    let eve = room.act("open", &json!({})).await;
    assert_eq!((eve.status, eve.code()), (StatusCode::CONFLICT, "jury-too-early"), "{eve:?}");
}
