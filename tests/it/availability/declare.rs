//! Single dates, « comme le mois dernier », and the face that other features read.

use entity::account_role::Role;
use entity::availability_day::HalfDay;
use parchemin::features::availability::queries;
use poem::http::StatusCode;
use serde_json::json;
use time::macros::{date, datetime};

use super::{pair, state};
use crate::support::TestApp;

#[tokio::test]
async fn an_expert_declares_half_days_and_others_read_them() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let own = t.of_expert(expert.id).await;
    let path = format!("/experts/{}/availability", expert.id);
    let empty = t.get(&own, &format!("{path}?from=2025-11-10&until=2025-11-14")).await;
    assert_eq!(empty.status, StatusCode::OK, "{:?}", empty.body);
    assert_eq!(empty.etag.as_deref(), Some("\"0\""));
    assert_eq!(empty.body["half_days"].as_array().unwrap().len(), 10);
    assert_eq!(state(&empty.body, "2025-11-10", "morning"), pair("unknown", "nothing"));
    assert_eq!(state(&empty.body, "2025-11-11", "morning"), pair("unavailable", "holiday"));
    assert_eq!(empty.body["public_holidays"][0]["name"], "Armistice de 1918");
    let _before = t.effects().await;

    let body = json!({ "half_days": [
        { "day": "2025-11-10", "half_day": "morning", "available": true },
        { "day": "2025-11-12", "half_day": "afternoon", "available": false },
    ] });
    let range = format!("{path}?from=2025-11-10&until=2025-11-14");
    let declared = t.put(&own, &range, Some(0), &body).await;
    assert_eq!(declared.status, StatusCode::OK, "{:?}", declared.body);
    assert_eq!(declared.body["version"], 1);
    assert_eq!(state(&declared.body, "2025-11-10", "morning"), pair("available", "single"));
    assert_eq!(state(&declared.body, "2025-11-12", "afternoon"), pair("unavailable", "single"));
    let effects = t.effects().await;
    assert_eq!(effects.events, ["availability.declared"]);
    assert!(effects.mails.is_empty(), "nobody is told of what they do themselves");

    let conn = t.app.db.read();
    let other = t.expert("Zéphyr").await;
    let all =
        queries::half_days(conn, &[expert.id, other.id], date!(2025 - 11 - 10), date!(2025 - 11 - 12)).await;
    let all = all.unwrap();
    assert!(all[&expert.id].at(date!(2025 - 11 - 10), HalfDay::Morning).unwrap().is_available());
    assert!(!all[&other.id].at(date!(2025 - 11 - 10), HalfDay::Morning).unwrap().is_available());
    assert_eq!(all[&other.id].at(date!(2025 - 11 - 13), HalfDay::Morning), None, "outside of the range");

    // what is left out follows the rest again
    let cleared = t.put(&own, &range, Some(1), &json!({ "half_days": [] })).await;
    assert_eq!(state(&cleared.body, "2025-11-10", "morning"), pair("unknown", "nothing"));
}

#[tokio::test]
async fn a_wrong_declaration_tells_every_fault_and_changes_nothing() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let own = t.of_expert(expert.id).await;
    let path = format!("/experts/{}/availability", expert.id);
    let _before = t.effects().await;
    let body = json!({ "half_days": [
        { "day": "2025-09-30", "half_day": "morning", "available": true },
        { "day": "2025-10-07", "half_day": "morning", "available": true },
        { "day": "2025-10-07", "half_day": "morning", "available": false },
    ] });
    let wrong = t.put(&own, &format!("{path}?from=2025-10-01&until=2025-10-10"), Some(0), &body).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.pointers(), ["/from", "/half_days/0/day", "/half_days/2"]);
    let reversed = t.put(&own, &format!("{path}?from=2025-10-10&until=2025-10-09"), Some(0), &body).await;
    assert_eq!(reversed.pointers(), ["/until"]);
    let long = t.get(&own, &format!("{path}?from=2025-10-10&until=2027-10-09")).await;
    assert_eq!((long.status, long.pointers()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["/until"]));
    let fine = json!({ "half_days": [] });
    let range = format!("{path}?from=2025-10-07&until=2025-10-09");
    assert_eq!(t.put(&own, &range, None, &fine).await.status, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(t.put(&own, &range, Some(4), &fine).await.status, StatusCode::PRECONDITION_FAILED);
    assert!(t.effects().await.events.is_empty());
}

#[tokio::test]
async fn today_is_the_day_where_the_expert_lives() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let manager = t.person(Role::Manager).await;
    let moved =
        t.patch(&manager, &format!("/experts/{}", expert.id), Some(1), &json!({ "department": "973" })).await;
    assert_eq!(moved.status, StatusCode::OK, "{:?}", moved.body);
    // already 8 October in Paris, still the 7th in Cayenne
    t.set_now(datetime!(2025-10-07 23:30 UTC));
    let own = t.of_expert(expert.id).await;
    let body = json!({ "half_days": [{ "day": "2025-10-07", "half_day": "afternoon", "available": true }] });
    let range = format!("/experts/{}/availability?from=2025-10-07&until=2025-10-09", expert.id);
    assert_eq!(t.put(&own, &range, Some(0), &body).await.status, StatusCode::OK);
    let cayenne =
        t.get(&own, &format!("/experts/{}/availability?from=2026-06-10&until=2026-06-10", expert.id)).await;
    assert_eq!(cayenne.body["public_holidays"][0]["name"], "Abolition de l’esclavage");
    assert_eq!(cayenne.body["school_holidays"], json!([]), "nobody loaded the calendar of Guyane");
    assert_eq!(cayenne.body["school_calendar_known"], false);
}

#[tokio::test]
async fn a_month_is_filled_like_the_one_before() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let own = t.of_expert(expert.id).await;
    let path = format!("/experts/{}/availability", expert.id);
    let half = |day: &str, half: &str, available: bool| json!({ "day": day, "half_day": half, "available": available });
    let october = json!({ "half_days": [
        half("2025-10-07", "morning", true),
        half("2025-10-14", "afternoon", true),
        half("2025-10-16", "morning", false),
    ] });
    let range = format!("{path}?from=2025-10-06&until=2025-10-31");
    assert_eq!(t.put(&own, &range, Some(0), &october).await.status, StatusCode::OK);
    let _before = t.effects().await;
    let repeat = format!("{path}/like-last-month");
    let filled = t.post(&own, &repeat, &json!({ "month": "2025-11-20" })).await;
    assert_eq!(filled.status, StatusCode::OK, "{:?}", filled.body);
    assert_eq!(state(&filled.body, "2025-11-04", "morning"), pair("available", "single"));
    // the second Tuesday of November is a holiday, and stays one
    assert_eq!(state(&filled.body, "2025-11-11", "afternoon"), pair("unavailable", "holiday"));
    assert_eq!(state(&filled.body, "2025-11-20", "morning"), pair("unavailable", "single"));
    assert_eq!(state(&filled.body, "2025-11-05", "morning"), pair("unknown", "nothing"));
    assert_eq!(t.effects().await.events, ["availability.declared"]);
    let past = t.post(&own, &repeat, &json!({ "month": "2025-09-01" })).await;
    assert_eq!((past.status, past.pointers()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["/month"]));
}
