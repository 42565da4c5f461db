//! Rooms, other dates, cancellations and lists of candidates.

use entity::candidate::{self, JuryDecision};
use poem::http::StatusCode;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;

use super::Scene;

#[tokio::test]
async fn a_room_holds_one_jury_on_a_half_day() {
    let s = Scene::new().await;
    let first = s.asked(&[]).await;
    s.done(&first, "plan", &s.plan(40)).await;
    let second = s.asked(&[]).await;
    let taken = s.act(&second, "plan", &s.plan(40)).await;
    assert_eq!((taken.status, taken.code()), (StatusCode::CONFLICT, "jury-room-taken"));
    let number = s.read(&first).await["session"]["number"].as_str().unwrap().to_owned();
    assert!(taken.body["detail"].as_str().unwrap().contains(&number), "{taken:?}");
    for typed in ["salle des glycines", "SALLE  DES GLYCINES", "Sallé des Glycines"] {
        let mut same = s.plan(40);
        same["room"] = json!(typed);
        let taken = s.act(&second, "plan", &same).await;
        assert_eq!((taken.status, taken.code()), (StatusCode::CONFLICT, "jury-room-taken"), "{typed}");
    }
    let mut afternoon = s.plan(40);
    afternoon["starts_time"] = json!("14:00");
    s.done(&second, "plan", &afternoon).await;
    s.done(&first, "cancel", &json!({ "reason": "Grève" })).await;
    let third = s.asked(&[]).await;
    s.done(&third, "plan", &s.plan(40)).await;
}

#[tokio::test]
async fn a_jury_that_is_moved_is_planned_and_confirmed_again() {
    let s = Scene::new().await;
    let amina = s.admitted("Diallo", false).await;
    let path = s.confirmed(40, &[&amina]).await;
    s.done(&path, "convoke", &json!({})).await;
    let _before = s.t().effects().await;
    let body = json!({ "day": s.day(50), "starts_time": "10:00", "reason": "La salle n’est plus libre" });
    let moved = s.done(&path, "postpone", &body).await;
    assert_eq!(moved["session"]["state"], "postponed");
    assert_eq!(moved["passages"][0]["candidate_state"], "admitted", "to be called again");
    let effects = s.t().effects().await;
    assert_eq!(effects.events, ["candidate.released", "jury.postponed"]);
    assert_eq!(effects.mails.iter().filter(|mail| *mail == "jury-notice").count(), 4);
    assert!(effects.mails.contains(&"candidate-jury".into()), "{effects:?}");
    let mut plan = s.plan(50);
    plan["starts_time"] = json!("10:00");
    s.done(&path, "plan", &plan).await;
    let again = s.done(&path, "confirm", &json!({})).await;
    assert_eq!(again["session"]["state"], "confirmed");
}

#[tokio::test]
async fn the_candidates_of_a_cancelled_jury_may_be_called_to_another() {
    let s = Scene::new().await;
    let amina = s.admitted("Diallo", false).await;
    let path = s.confirmed(40, &[&amina]).await;
    s.done(&path, "convoke", &json!({})).await;
    let empty = s.act(&path, "cancel", &json!({ "reason": " " })).await;
    assert_eq!(empty.pointers(), ["/reason"], "{empty:?}");
    let _before = s.t().effects().await;
    let cancelled = s.done(&path, "cancel", &json!({ "reason": "Grève" })).await;
    assert_eq!(cancelled["session"]["state"], "cancelled");
    assert_eq!(cancelled["passages"][0]["candidate_state"], "admitted");
    assert_eq!(s.t().effects().await.events, ["candidate.released", "jury.cancelled"]);
    s.asked(&[&amina]).await;
}

#[tokio::test]
async fn the_list_of_candidates_changes_until_they_are_called() {
    let s = Scene::new().await;
    let (amina, basile) = (s.admitted("Diallo", false).await, s.admitted("Basile", false).await);
    let path = s.composed(40, &[&amina]).await;
    let list = |ids: serde_json::Value| json!({ "candidates": ids });
    let put = async |body| s.t().put(s.officer(), &format!("{path}/candidates"), None, &body).await;
    let both = put(list(json!([basile.id, amina.id]))).await;
    assert_eq!(both.status, StatusCode::OK, "{both:?}");
    assert_eq!(both.body["passages"][0]["candidate_id"], json!(basile.id));
    let one = put(list(json!([amina.id]))).await;
    assert_eq!(one.body["passages"].as_array().unwrap().len(), 1);
    s.done(&path, "confirm", &json!({})).await;
    let nobody = put(list(json!([]))).await;
    assert_eq!(nobody.pointers(), ["/candidates"], "{nobody:?}");
    s.done(&path, "convoke", &json!({})).await;
    let late = put(list(json!([basile.id]))).await;
    assert_eq!((late.status, late.code()), (StatusCode::CONFLICT, "jury-list-closed"));
}

#[tokio::test]
async fn one_sits_again_a_month_after_the_last_time_at_the_earliest() {
    let s = Scene::new().await;
    let mut amina = s.admitted("Diallo", false).await;
    amina.decision = Some(JuryDecision::Refused);
    amina.decided_on = Some(s.desk.today());
    amina.attempts = 1;
    let update = candidate::Entity::update(amina.clone().into_active_model().reset_all());
    update.exec(s.t().app.db.bookkeeping()).await.unwrap();
    let path = s.composed(20, &[&amina]).await;
    let missing = s.read(&path).await["missing"].clone();
    assert!(missing[0].as_str().unwrap().contains("ne peut pas repasser avant"), "{missing}");
    let page = s.page(&path).await;
    let (_, text) = s.t().open(s.officer(), &page).await;
    for told in
        ["Avant de confirmer le jury", "L’accord de la personne qui préside.", "ne peut pas repasser avant"]
    {
        assert!(text.contains(told), "{told}: {text}");
    }
    let early = s.act(&path, "confirm", &json!({})).await;
    assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "jury-lacking"), "{early:?}");
    assert!(early.body["blocking"][0].as_str().unwrap().contains("Diallo"), "{early:?}");
    let body = json!({ "day": s.day(40), "starts_time": "09:00", "reason": "Trop tôt" });
    s.done(&path, "postpone", &body).await;
    s.done(&path, "plan", &s.plan(40)).await;
    let (_, text) = s.t().open(s.officer(), &page).await;
    assert!(text.contains("Le délai depuis le dernier passage de chaque candidat."), "{text}");
    let confirmed = s.done(&path, "confirm", &json!({})).await;
    assert_eq!(confirmed["passages"][0]["attempt"], 2);
    let (_, text) = s.t().open(s.officer(), &page).await;
    assert!(text.contains("Avant de convoquer les candidats"), "{text}");
}
