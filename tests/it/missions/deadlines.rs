//! What time does by itself: reminders, the end of an offer, the next person, the start.

use serde_json::{Value, json};
use time::Duration;
use time::macros::datetime;

use super::bench::Bench;

#[tokio::test]
async fn a_person_is_reminded_then_the_offer_ends() {
    let bench = Bench::new().await;
    let id = bench.propose(&bench.jury(&bench.expert)).await;
    bench.t.effects().await;
    let mut told = Vec::new();
    for day in 0..8 {
        for hour in [7, 22] {
            bench.t.set_now(datetime!(2025-10-06 00:00 UTC) + Duration::days(day) + Duration::hours(hour));
            bench.ring().await;
            told.extend(bench.t.effects().await.events.into_iter().map(|name| (day, hour, name)));
        }
    }
    let told: Vec<_> = told.iter().map(|(day, hour, name)| (*day, *hour, name.as_str())).collect();
    assert_eq!(
        told,
        [
            (3, 7, "mission.reminded"),
            (6, 7, "mission.reminded"),
            (7, 7, "mission.reminded"),
            (7, 22, "mission.expired"),
        ]
    );
    assert_eq!(bench.state(&id).await, "expired");
    assert_eq!(bench.mails("mission-lapsed").await.len(), 1);
    assert_eq!(bench.ring().await, 0, "once each");
}

#[tokio::test]
async fn a_reminder_carries_a_link_that_works_and_ends_the_others() {
    let bench = Bench::new().await;
    bench.propose(&bench.jury(&bench.expert)).await;
    let first = bench.link("mission-offered").await;
    bench.t.set_now(datetime!(2025-10-09 07:00 UTC));
    assert_eq!(bench.ring().await, 1);
    let second = bench.link("mission-reminder").await;
    assert_ne!(first, second);
    let response = bench.t.client.post(&second).form(&[("reponse", "accepter")]).send().await;
    response.assert_status_is_ok();
    let response = bench.t.client.get(&first).send().await;
    response.assert_status(poem::http::StatusCode::GONE);
}

#[tokio::test]
async fn a_late_answer_is_thanked_and_does_nothing() {
    let bench = Bench::new().await;
    let id = bench.propose(&bench.jury(&bench.expert)).await;
    let link = bench.link("mission-offered").await;
    bench.t.set_now(datetime!(2025-10-14 08:00 UTC));
    let response = bench.t.client.post(&link).form(&[("reponse", "accepter")]).send().await;
    response.assert_status(poem::http::StatusCode::GONE);
    let answer = bench.act(&bench.own, &id, "accept", &Value::Null).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "mission-offer-over"));
    assert_eq!(bench.state(&id).await, "proposed");
}

#[tokio::test]
async fn the_offer_falls_through_to_the_next_person_at_its_end() {
    let bench = Bench::new().await;
    let (second, third) = (bench.mandataire("Bérard").await, bench.mandataire("Corbin").await);
    let id = bench.accepted().await;
    bench.t.effects().await;
    let body = json!({
        "reason": "health",
        "substitutes": [{ "expert_id": second.id }, { "expert_id": third.id }],
        "hours": 4,
    });
    let answer = bench.act(&bench.officer, &id, "drop-out", &body).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.body["expert_id"], json!(second.id));
    let effects = bench.t.effects().await;
    assert_eq!(effects.events, ["mission.dropped_out", "mission.offered"]);
    assert_eq!(effects.mails, ["mission-withdrawn", "mission-structure", "mission-offered"]);
    bench.t.advance(Duration::hours(4));
    bench.ring().await;
    assert_eq!(bench.t.effects().await.events, ["mission.expired", "mission.offered"]);
    assert_eq!(bench.read(&id).await["expert_id"], json!(third.id));
    bench.t.advance(Duration::hours(5));
    bench.ring().await;
    assert_eq!(bench.state(&id).await, "expired");
}

#[tokio::test]
async fn a_mission_begins_at_its_hour() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    bench.t.set_now(datetime!(2025-10-20 06:59 UTC));
    assert_eq!(bench.ring().await, 0);
    bench.t.set_now(datetime!(2025-10-20 07:00 UTC));
    assert_eq!(bench.ring().await, 1);
    assert_eq!(bench.state(&id).await, "in_progress");
}

#[tokio::test]
async fn a_late_report_is_asked_for_until_it_is_there() {
    let bench = Bench::new().await;
    let id = bench.accepted().await;
    bench.t.set_now(datetime!(2025-10-20 07:00 UTC));
    assert_eq!(bench.ring().await, 1, "it begins");
    bench.t.set_now(datetime!(2025-10-30 06:59 UTC));
    assert_eq!(bench.ring().await, 0, "three days after 27 October, in the morning");
    bench.t.effects().await;
    for (now, count) in [
        (datetime!(2025-10-30 07:00 UTC), 1),
        (datetime!(2025-10-30 07:01 UTC), 0),
        (datetime!(2025-11-02 07:00 UTC), 1),
    ] {
        bench.t.set_now(now);
        assert_eq!(bench.ring().await, count, "{now}");
    }
    let effects = bench.t.effects().await;
    assert_eq!(effects.events, ["mission.report_reminded", "mission.report_reminded"]);
    assert_eq!(effects.mails, ["mission-report-late", "mission-report-late"]);
    let mail = &bench.mails("mission-report-late").await[0];
    assert!(mail.body_text.contains("au plus tard le 27 octobre 2025"), "{}", mail.body_text);
    assert_eq!(bench.act(&bench.own, &id, "finish", &Value::Null).await.status, 200);
    let report = json!({ "report": "Fait." });
    assert_eq!(bench.act(&bench.own, &id, "report", &report).await.status, 200);
    bench.t.set_now(datetime!(2025-11-05 07:00 UTC));
    assert_eq!(bench.ring().await, 0, "the report is there");
}
