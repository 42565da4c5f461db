//! Whether a candidate came may be said again until the deliberation; what is proposed waits for the hearing.

use entity::candidate::{self, CandidateState};
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::Room;

/// What is said of a candidate.
async fn says(room: &Room, rank: usize, body: &Value) {
    let turn = room.turn(rank).await;
    room.done(&format!("passages/{turn}/presence"), body).await;
}

/// The state of a candidate, how many times they sat, and whether something is decided about them.
async fn file(room: &Room, rank: usize) -> (CandidateState, i32, bool) {
    let found = candidate::Entity::find_by_id(room.people[rank].id).one(room.s.t().app.db.read()).await;
    let row = found.unwrap().unwrap();
    (row.state, row.attempts, row.decision.is_some())
}

fn present() -> Value {
    json!({ "presence": "present", "identity_document": "identity_card" })
}

#[tokio::test]
async fn an_absence_recorded_by_mistake_leaves_nothing_behind() {
    let room = Room::new(&["Diallo"]).await;
    room.open().await;
    for absence in [
        json!({ "presence": "absent" }),
        json!({ "presence": "absent_excused", "reason": "Arrêt de travail" }),
    ] {
        says(&room, 0, &absence).await;
        assert!(room.passage(0).await["decision"].is_string(), "{absence}");
        let _before = room.s.t().effects().await;
        says(&room, 0, &present()).await;
        let events = room.s.t().effects().await.events;
        assert_eq!(
            events,
            ["candidate.presence_retracted", "candidate.present", "jury.presence_corrected"],
            "{absence}"
        );
        let passage = room.passage(0).await;
        assert_eq!(
            (&passage["presence"], &passage["decision"]),
            (&json!("present"), &json!(null)),
            "{absence}"
        );
        assert_eq!(file(&room, 0).await, (CandidateState::Present, 1, false), "{absence}");
    }
    let heard = room.enter(0, &[("mark:E1", "15"), ("mark:E2", "4"), ("heard", "oui")]).await;
    assert!(heard.iter().all(|one| one["outcome"] == "applied"), "{heard:?}");
    room.done("deliberate", &json!({})).await;
    assert_eq!(room.decide(0, "total", None).await.status, StatusCode::OK);
    room.done("close-deliberation", &json!({})).await;
    assert_eq!(file(&room, 0).await, (CandidateState::Total, 1, true));
}

#[tokio::test]
async fn whoever_did_not_come_after_all_has_no_result() {
    let room = Room::new(&["Diallo", "Basile"]).await;
    room.open().await;
    room.hears(0, "15", "4").await;
    says(&room, 0, &json!({ "presence": "absent" })).await;
    let passage = room.passage(0).await;
    assert_eq!((&passage["marks"], &passage["heard_at"]), (&json!([]), &json!(null)), "{passage}");
    assert_eq!(passage["decision"], "absent");
    assert_eq!(file(&room, 0).await.0, CandidateState::Absent);
    room.hears(1, "15", "4").await;
    room.done("deliberate", &json!({})).await;
    let turn = room.turn(0).await;
    let late = room.act(&format!("passages/{turn}/presence"), &present()).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "the jury deliberates: {late:?}");
}

#[tokio::test]
async fn the_page_of_a_passage_leads_to_the_correction() {
    let room = Room::new(&["Diallo"]).await;
    room.open().await;
    says(&room, 0, &json!({ "presence": "absent" })).await;
    let t = room.s.t();
    let page = format!("{}/passages/1", room.s.page(&room.path).await);
    let (_, text) = t.open(&room.president, &page).await;
    assert!(text.contains("Corriger la présence") && !text.contains("Document présenté"), "{text}");
    let (status, text) = t.open(&room.president, &format!("{page}?corriger=presence")).await;
    assert!(status == StatusCode::OK && text.contains("Document présenté"), "{text}");
    let fields = [("presence", "present"), ("identity_document", "")];
    let wrong = t.submit(&room.president, &format!("{page}/presence"), &fields).await;
    assert!(wrong.0 == StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.2);
    assert!(wrong.2.contains("Document présenté"), "the form comes back: {}", wrong.2);
    let fields = [("presence", "present"), ("identity_document", "passport")];
    let (status, _, text) = t.submit(&room.president, &format!("{page}/presence"), &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    assert_eq!(room.passage(0).await["presence"], "present");
}

#[tokio::test]
async fn nothing_is_proposed_before_somebody_is_heard() {
    const PROPOSED: &str = "Proposition calculée";
    let room = Room::new(&["Diallo"]).await;
    room.open().await;
    let t = room.s.t();
    let page = format!("{}/passages/1", room.s.page(&room.path).await);
    let (_, text) = t.open(&room.president, &page).await;
    assert!(!text.contains(PROPOSED), "nobody came: {text}");
    room.comes(0).await;
    room.enter(0, &[("mark:E1", "15"), ("mark:E2", "4")]).await;
    let (_, text) = t.open(&room.president, &page).await;
    assert!(!text.contains(PROPOSED), "nobody was heard: {text}");
    assert_eq!(room.passage(0).await["proposal"], json!(null));
    room.enter(0, &[("heard", "oui")]).await;
    let (_, text) = t.open(&room.president, &page).await;
    assert!(text.contains(PROPOSED) && text.contains("Validation totale"), "{text}");
    assert_eq!(room.passage(0).await["proposal"], "total");
}
