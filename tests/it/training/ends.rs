//! A session that is not held at its dates, or at all.

use entity::enrolment::EnrolmentState as E;
use poem::http::StatusCode;
use serde_json::json;
use time::macros::datetime;

use super::Bench;

#[tokio::test]
async fn those_of_a_session_that_is_postponed_wait_with_it_and_get_a_seat_again() {
    let b = Bench::new().await;
    let path = b.ready("2026-03-03").await;
    let _before = b.t.effects().await;
    let why = json!({ "cause": "trainer", "reason": "Maladie" });
    let moved = b.done(&path, "postpone", &why).await;
    assert_eq!(
        (moved["session"]["state"].as_str(), moved["session"]["starts_on"].as_str()),
        (Some("postponed"), None)
    );
    assert!(moved["slots"].as_array().unwrap().is_empty());
    let effects = b.t.effects().await;
    assert_eq!(
        (effects.events, effects.jobs),
        (vec!["training_session.postponed".to_owned()], vec!["enrolments.follow_session".to_owned()])
    );
    assert_eq!(effects.mails.len(), 5, "one who teaches and four who learn: {:?}", effects.mails);
    b.t.work().await;
    assert_eq!(b.enrolments(&path).await, [E::Postponed; 4]);
    let past = json!({ "slots": b.body("2025-09-02")["slots"] });
    assert_eq!(b.act(&path, "reschedule", &past).await.pointers(), ["/slots"]);
    let dates = json!({ "slots": b.body("2026-04-07")["slots"] });
    let open = b.done(&path, "reschedule", &dates).await;
    assert_eq!(
        (open["session"]["state"].as_str(), open["enrol_until"].as_str()),
        (Some("open"), Some("2026-03-31"))
    );
    b.t.work().await;
    assert_eq!(b.enrolments(&path).await, [E::Held; 4]);
    let tally = b.read(&path).await["session"].clone();
    assert_eq!((tally["held"].as_i64(), tally["waiting"].as_i64()), (Some(4), Some(0)));
}

#[tokio::test]
async fn the_consequences_are_read_before_a_session_is_cancelled() {
    let b = Bench::new().await;
    let path = b.ready("2026-03-03").await;
    let told = b.read(&format!("{path}/consequences?step=cancel")).await;
    assert_eq!(
        (told["seated"].as_i64(), told["trainers"].as_i64(), told["rooms"].as_i64()),
        (Some(4), Some(1), Some(2))
    );
    assert!(told["effects"].as_array().unwrap().len() >= 4, "{told}");
    let empty = b.act(&path, "cancel", &json!({ "cause": "too_few", "reason": " " })).await;
    assert_eq!(empty.pointers(), ["/reason"], "{empty:?}");
    let cancelled = b.done(&path, "cancel", &json!({ "cause": "too_few", "reason": "Trois inscrits" })).await;
    assert_eq!(cancelled["session"]["state"], "cancelled");
    b.t.work().await;
    assert_eq!(b.enrolments(&path).await, [E::CancelledByProvider; 4]);
    assert_eq!(b.read(&path).await["session"]["held"], 0);
}

#[tokio::test]
async fn a_session_with_people_is_given_up_in_time_but_for_force_majeure() {
    let b = Bench::new().await;
    let path = b.ready("2026-03-03").await;
    b.t.set_now(datetime!(2026-02-26 09:00 UTC));
    for verb in ["postpone", "cancel"] {
        let late = b.act(&path, verb, &json!({ "cause": "room", "reason": "Fuite d’eau" })).await;
        assert_eq!(
            (late.status, late.pointers()),
            (StatusCode::UNPROCESSABLE_ENTITY, vec!["/cause"]),
            "{verb}"
        );
    }
    b.done(&path, "cancel", &json!({ "cause": "force_majeure", "reason": "Cyclone" })).await;
}

#[tokio::test]
async fn what_a_cancelled_session_took_is_free_and_is_taken_again_when_it_is_restored() {
    let b = Bench::new().await;
    let path = b.ready("2026-03-03").await;
    b.done(&path, "cancel", &json!({ "cause": "client", "reason": "Report" })).await;
    let abel = b.read(&path).await["slots"][0]["trainers"][0]["expert_id"].clone();
    let other = b.created(&b.body("2026-03-03")).await;
    let teaching = json!({ "expert_id": abel, "standing": "external" });
    b.done(&other, "trainers", &teaching).await;
    let taken = b.act(&path, "restore", &json!({})).await;
    assert_eq!((taken.status, taken.code()), (StatusCode::CONFLICT, "training-trainer-taken"), "{taken:?}");
    let verb = format!("trainers/{}/remove", abel.as_str().unwrap());
    b.done(&other, &verb, &json!({ "reason": "Retour" })).await;
    let restored = b.done(&path, "restore", &json!({})).await;
    assert_eq!(restored["session"]["state"], "project");
}

#[tokio::test]
async fn what_is_entrusted_has_its_contract() {
    let b = Bench::new().await;
    let mut body = b.body("2026-03-03");
    body["delivery"] = json!("entrusted");
    let path = b.created(&body).await;
    let contract = json!({
        "party": "Association régionale d’essai",
        "siret": crate::support::siret_of(77, 1).to_string(),
        "missions": "Animer la session",
        "means": "Une salle et une personne qualifiée",
        "follow_up": "Feuilles d’émargement chaque semaine",
        "amount_cents": 120_000,
    });
    let whole = b.done(&path, "subcontract", &contract).await;
    assert_eq!(whole["subcontract"]["amount_cents"], 120_000);
    let wrong = b.act(&path, "subcontract", &json!({ "party": "", "siret": "1", "missions": "", "means": "", "follow_up": "", "amount_cents": 0 })).await;
    assert_eq!(wrong.pointers(), ["/party", "/missions", "/means", "/follow_up", "/siret"], "{wrong:?}");
    let ended = b.done(&path, "subcontract/end", &json!({ "reason": "Reprise en interne" })).await;
    assert!(ended["subcontract"].is_null());
    let own = b.created(&b.body("2026-04-07")).await;
    assert_eq!(b.act(&own, "subcontract", &contract).await.pointers(), ["/delivery"]);
}
