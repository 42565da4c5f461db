//! Somebody cannot come for some days: the list of what that touches, then all of it or nothing.

use entity::agreement_request::RequestState as S;
use entity::engagement_half_day;
use poem::http::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use time::{Date, Duration};

use crate::agreements::desk::Desk;

/// The contrôleur of the desk has a visit, a mission the day after, and is invited to a meeting the day after that.
async fn engaged(desk: &Desk) -> (Date, String) {
    desk.reach(S::VisitScheduled).await;
    let held = engagement_half_day::Entity::find().filter(engagement_half_day::Column::Held.eq(true));
    let day = held.one(desk.t.app.db.read()).await.unwrap().unwrap().day;
    let mission = json!({
        "expert_id": desk.controller.id,
        "object": "meeting",
        "title": "Réunion de travail",
        "place": "Salle Verlaine",
        "department": "58",
        "starts_on": (day + Duration::days(1)).to_string(),
        "starts_time": "14:00",
        "ends_time": "16:00",
    });
    let proposed = desk.t.post(&desk.officer, "/missions", &mission).await;
    assert_eq!(proposed.status, 201, "{proposed:?}");
    let mission = format!("/missions/{}", proposed.body["id"].as_str().unwrap());
    let accepted = desk.t.post(&desk.expert, &format!("{mission}/accept"), &Value::Null).await;
    assert_eq!(accepted.status, 200, "{accepted:?}");
    let meeting = json!({
        "kind": "controleurs",
        "place": {
            "day": (day + Duration::days(2)).to_string(), "time": "10:00", "zone": "Europe/Paris",
            "mode": "video", "place": "https://visio.exemple/controleurs", "lasts_minutes": 90,
        },
        "agenda": "Retour sur les visites",
    });
    let created = desk.t.post(&desk.officer, "/meetings", &meeting).await;
    assert_eq!(created.status, 201, "{created:?}");
    let path = format!("/meetings/{}", created.body["meeting"]["id"].as_str().unwrap());
    let sent = desk.t.post(&desk.officer, &format!("{path}/invite"), &json!({})).await;
    assert_eq!(sent.status, 200, "{sent:?}");
    (day, mission)
}

fn kinds(body: &Value) -> Vec<&str> {
    body["items"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn everything_of_the_period_is_told_then_let_go_of_in_one_act() {
    let desk = Desk::new().await;
    let (day, mission) = engaged(&desk).await;
    let (first, last) = (day.to_string(), (day + Duration::days(2)).to_string());
    let path = format!("/experts/{}/impediment", desk.controller.id);
    let told = desk.t.get(&desk.officer, &format!("{path}?from={first}&until={last}")).await;
    assert_eq!(kinds(&told.body), ["visit", "mission", "meeting"], "{told:?}");
    let one_day = desk.t.get(&desk.officer, &format!("{path}?from={first}&until={first}")).await;
    assert_eq!(kinds(&one_day.body), ["visit"]);
    let wrong =
        desk.t.post(&desk.officer, &path, &json!({ "starts_on": "2025-10-01", "reason": "other" })).await;
    assert_eq!((wrong.status.as_u16(), wrong.pointers()), (422, vec!["/starts_on", "/note"]), "{wrong:?}");

    desk.t.effects().await;
    let page = format!("/intervenants/{}/empechement", desk.controller.number);
    let mut fields = vec![("starts_on", first.as_str()), ("ends_on", last.as_str()), ("reason", "health")];
    let (status, _, text) = desk.t.submit(&desk.officer, &page, &fields).await;
    assert_eq!(status, StatusCode::OK);
    for said in ["visite chez Les Jardins du Morvan", "Réunion de travail", "messages aux intervenants"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(desk.t.effects().await.events.is_empty(), "asking does nothing");

    fields.push(("confirme", "oui"));
    let (status, place, text) = desk.t.submit(&desk.officer, &page, &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    assert_eq!(place, format!("/intervenants/{}", desk.controller.number));
    let done = desk.t.effects().await.events;
    for event in [
        "agreement_request.controller_released",
        "mission.dropped_out",
        "meeting.answered",
        "absence.declared",
    ] {
        assert_eq!(done.iter().filter(|name| *name == event).count(), 1, "{event}: {done:?}");
    }
    assert_eq!(desk.read().await["state"], "complete");
    assert_eq!(desk.t.get(&desk.officer, &mission).await.body["state"], "declined");
    let left = desk.t.get(&desk.officer, &format!("{path}?from={first}&until={last}")).await;
    assert!(kinds(&left.body).is_empty(), "{left:?}");
}
