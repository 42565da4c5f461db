//! An offer is answered once, on the page or by the link of its mail.

use entity::ids::{MissionId, MissionOfferId};
use entity::mission_offer::OfferState;
use entity::{engagement_half_day, mission_link, mission_offer};
use parchemin::authz::Actor;
use parchemin::features::missions::MissionError;
use parchemin::features::missions::actions::{self, Via};
use parchemin::features::missions::input::Refusal;
use poem::http::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::bench::{Bench, property};

/// `GET` without an account.
async fn look(bench: &Bench, path: &str) -> (StatusCode, String) {
    let response = bench.t.client.get(path).send().await;
    let status = response.0.status();
    (status, response.0.into_body().into_string().await.unwrap())
}

/// `POST` without an account.
async fn post(bench: &Bench, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let response = bench.t.client.post(path).form(&fields.to_vec()).send().await;
    let status = response.0.status();
    (status, response.0.into_body().into_string().await.unwrap())
}

#[tokio::test]
async fn a_link_shows_on_get_and_accepts_on_post() {
    let bench = Bench::new().await;
    let id = bench.propose(&bench.jury(&bench.expert)).await;
    let link = bench.link("mission-offered").await;
    bench.t.effects().await;
    for _ in 0..2 {
        let (status, page) = look(&bench, &link).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Accepter la mission") && page.contains("Jury du CQP à Nevers"));
    }
    assert!(bench.t.effects().await.events.is_empty(), "reading changes nothing");
    assert_eq!(bench.state(&id).await, "proposed");

    let (status, page) = post(&bench, &link, &[("reponse", "accepter")]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("la mission est à vous"), "{page}");
    let effects = bench.t.effects().await;
    assert_eq!(effects.events, ["mission.accepted"]);
    assert_eq!(effects.mails, ["mission-accepted", "mission-structure"]);
    assert_eq!(effects.jobs, ["missions.issue_document"]);
    let calendar = bench.mails("mission-accepted").await[0].calendar.clone().unwrap();
    assert_eq!(property(&calendar, "METHOD"), ["REQUEST"]);
    assert_eq!(property(&calendar, "UID"), [format!("mission-{id}@parchemin")]);
    assert_eq!(property(&calendar, "DTSTART;TZID=Europe/Paris"), ["20251020T090000"]);
    let halves = engagement_half_day::Entity::find().all(bench.t.app.db.read()).await.unwrap();
    assert_eq!(halves.len(), 2);

    let (status, page) = post(&bench, &link, &[("reponse", "accepter")]).await;
    assert_eq!(status, StatusCode::GONE);
    assert!(page.contains("déjà accepté"), "{page}");
    let (status, _) = post(&bench, &link, &[("reponse", "decliner"), ("reason", "too_far")]).await;
    assert_eq!(status, StatusCode::GONE);
    assert!(bench.t.effects().await.events.is_empty(), "a link acts once");
    assert_eq!(bench.state(&id).await, "accepted");
}

#[tokio::test]
async fn only_the_hash_of_a_token_is_kept() {
    let bench = Bench::new().await;
    bench.propose(&bench.jury(&bench.expert)).await;
    let link = bench.link("mission-offered").await;
    let token = link.rsplit('/').next().unwrap();
    let kept = mission_link::Entity::find().one(bench.t.app.db.read()).await.unwrap().unwrap();
    assert_eq!(kept.token_hash, parchemin::authz::hash_token(token));
    let (status, page) = look(&bench, "/missions/reponse/inconnu").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(page.contains("n’est pas reconnu"));
}

#[tokio::test]
async fn a_link_declines_with_a_reason_of_the_list() {
    let bench = Bench::new().await;
    let id = bench.propose(&bench.jury(&bench.expert)).await;
    let link = bench.link("mission-offered").await;
    bench.t.effects().await;
    let (status, page) = post(&bench, &link, &[("reponse", "decliner")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Choisissez un motif"));
    let (status, _) = post(&bench, &link, &[("reponse", "decliner"), ("reason", "other")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bench.t.effects().await.events.is_empty());
    let (status, page) = post(&bench, &link, &[("reponse", "decliner"), ("reason", "too_far")]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Merci d’avoir répondu"));
    let effects = bench.t.effects().await;
    assert_eq!(
        (effects.events, effects.mails),
        (vec!["mission.declined".to_owned()], vec!["mission-declined".to_owned()])
    );
    assert_eq!(bench.state(&id).await, "declined");
    let (status, page) = look(&bench, &link).await;
    assert_eq!(status, StatusCode::GONE);
    assert!(page.contains("déjà répondu"));
}

#[tokio::test]
async fn a_link_is_over_once_the_mission_went_to_someone_else_or_was_taken_back() {
    let bench = Bench::new().await;
    let other = bench.mandataire("Bérard").await;
    let id = bench.propose(&bench.jury(&bench.expert)).await;
    let first = bench.link("mission-offered").await;
    let reason = json!({ "reason": "Changement de jury" });
    assert_eq!(bench.act(&bench.officer, &id, "withdraw", &reason).await.status, 200);
    let offer = json!({ "substitutes": [{ "expert_id": other.id }] });
    assert_eq!(bench.act(&bench.officer, &id, "offer", &offer).await.status, 200);
    bench.t.effects().await;
    let (status, page) = post(&bench, &first, &[("reponse", "accepter")]).await;
    assert_eq!(status, StatusCode::GONE);
    assert!(page.contains("confiée à une autre personne"), "{page}");
    assert!(bench.t.effects().await.events.is_empty());
    assert_eq!(bench.read(&id).await["expert_id"], json!(other.id));
    // Signed in, the first person is thanked rather than told that nothing exists.
    let number = bench.read(&id).await["number"].as_str().unwrap().to_owned();
    let (status, page) = bench.t.open(&bench.own, &format!("/missions/{number}")).await;
    assert_eq!(status, StatusCode::GONE);
    assert!(page.contains("confiée à une autre personne"));
    let cancel = json!({ "reason": "Jury annulé" });
    let second = bench.link("mission-offered").await;
    assert_eq!(bench.act(&bench.officer, &id, "cancel", &cancel).await.status, 200);
    let (status, page) = look(&bench, &second).await;
    assert_eq!(status, StatusCode::GONE);
    assert!(page.contains("annulée"));
}

/// The offer under way.
async fn offer(bench: &Bench) -> MissionOfferId {
    let sent = mission_offer::Entity::find().filter(mission_offer::Column::State.eq(OfferState::Sent));
    sent.one(bench.t.app.db.read()).await.unwrap().unwrap().id
}

#[tokio::test]
async fn a_link_never_answers_the_offer_made_to_somebody_else_meanwhile() {
    let bench = Bench::new().await;
    let other = bench.mandataire("Bérard").await;
    let id = bench.propose(&bench.jury(&bench.expert)).await;
    // The page of the link was read while the offer still waited: the act looks again.
    let first = Via::Link(offer(&bench).await);
    let reason = json!({ "reason": "Changement de jury" });
    assert_eq!(bench.act(&bench.officer, &id, "withdraw", &reason).await.status, 200);
    let next = json!({ "substitutes": [{ "expert_id": other.id }] });
    assert_eq!(bench.act(&bench.officer, &id, "offer", &next).await.status, 200);
    bench.t.effects().await;
    let mission = MissionId(id.parse::<Uuid>().unwrap());
    let refusal = Refusal::read("too_far", "").unwrap();
    for accepts in [true, false] {
        let mut tx = bench.t.app.begin(Actor::system("missions.link")).await.unwrap();
        let done = if accepts {
            actions::accept(&mut tx, mission, None, first).await
        } else {
            actions::decline(&mut tx, mission, None, &refusal, first).await
        };
        assert!(matches!(done, Err(MissionError::OfferOver)), "{done:?}");
    }
    assert!(bench.t.effects().await.events.is_empty());
    assert_eq!(bench.state(&id).await, "proposed");
    assert_eq!(bench.read(&id).await["expert_id"], json!(other.id));
}

#[tokio::test]
async fn two_missions_of_one_person_never_share_a_half_day() {
    let bench = Bench::new().await;
    let first = bench.propose(&bench.jury(&bench.expert)).await;
    let mut afternoon = bench.jury(&bench.expert);
    (afternoon["starts_time"], afternoon["ends_time"]) = (json!("14:00"), json!("16:00"));
    let second = bench.propose(&afternoon).await;
    assert_eq!(bench.act(&bench.own, &first, "accept", &Value::Null).await.status, 200);
    let answer = bench.act(&bench.own, &second, "accept", &Value::Null).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "mission-not-entitled"));
    let reason = answer.body["blocking"][0].as_str().unwrap();
    assert!(
        reason.contains("tient déjà la mission MIS-2025-0001") && reason.contains("après-midi"),
        "{reason}"
    );
    let answer = bench.try_propose(&afternoon).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "mission-not-entitled"));
    assert_eq!(bench.state(&second).await, "proposed");
    let drop_out = json!({ "reason": "health" });
    assert_eq!(bench.act(&bench.own, &first, "drop-out", &drop_out).await.status, 200);
    assert_eq!(bench.act(&bench.own, &second, "accept", &Value::Null).await.status, 200);
}
