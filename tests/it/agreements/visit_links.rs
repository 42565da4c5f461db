//! A visit is answered by the link of its mail, without an account.

use entity::agreement_request::RequestState as S;
use entity::{mail, visit_link};
use parchemin::features::agreements::state::Step;
use poem::http::StatusCode;
use sea_orm::EntityTrait;

use super::desk::Desk;

/// The path of the link of the last mail that gave the visit.
async fn link(desk: &Desk) -> String {
    let mails = mail::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    let text = mails.into_iter().rfind(|mail| mail.template == "controller-assigned").unwrap().body_text;
    let (_, rest) = text.split_once("/visites/reponse/").unwrap();
    format!("/visites/reponse/{}", rest.split_whitespace().next().unwrap())
}

/// `GET` without an account.
async fn look(desk: &Desk, path: &str) -> (StatusCode, String) {
    let response = desk.t.client.get(path).send().await;
    let status = response.0.status();
    (status, response.0.into_body().into_string().await.unwrap())
}

/// `POST` without an account.
async fn post(desk: &Desk, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let response = desk.t.client.post(path).form(&fields.to_vec()).send().await;
    let status = response.0.status();
    (status, response.0.into_body().into_string().await.unwrap())
}

#[tokio::test]
async fn the_date_is_fixed_by_the_link_once_its_warnings_are_read() {
    let desk = Desk::new().await;
    desk.reach(S::VisitToSchedule).await;
    let link = link(&desk).await;
    let token = link.rsplit('/').next().unwrap();
    let kept = visit_link::Entity::find().one(desk.t.app.db.read()).await.unwrap().unwrap();
    assert_eq!(kept.token_hash, parchemin::authz::hash_token(token), "only the hash is kept");
    let (status, page) = look(&desk, &link).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Accepter et fixer la date"), "{page}");
    assert_eq!(desk.read().await["state"], "visit_to_schedule", "looking changes nothing");
    let (status, page) = post(&desk, &link, &[("reponse", "accepter"), ("zone", "Europe/Paris")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"champ-day-err\""), "{page}");
    let date = [
        ("reponse", "accepter"),
        ("day", "2025-10-24"),
        ("hour", "09:30"),
        ("zone", "Europe/Paris"),
        ("mode", "on_site"),
    ];
    let (status, page) = post(&desk, &link, &date).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("L’accord de la structure n’est pas enregistré"), "{page}");
    assert_eq!(desk.read().await["state"], "visit_to_schedule", "the question changes nothing");
    let mut sure = date.to_vec();
    sure.push(("confirme", "oui"));
    let (status, page) = post(&desk, &link, &sure).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("la visite est à vous"), "{page}");
    assert_eq!(desk.read().await["state"], "visit_scheduled");
    let (status, _) = post(&desk, &link, &sure).await;
    assert_eq!(status, StatusCode::GONE, "a link answers once");
}

#[tokio::test]
async fn the_visit_is_declined_by_the_link_with_a_reason() {
    let desk = Desk::new().await;
    desk.reach(S::VisitToSchedule).await;
    let link = link(&desk).await;
    let (status, page) = post(&desk, &link, &[("reponse", "decliner")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    let reason = [("reponse", "decliner"), ("reason", "Un lien ancien avec la structure")];
    let (status, page) = post(&desk, &link, &reason).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert_eq!(desk.read().await["state"], "complete");
    assert_eq!(look(&desk, &link).await.0, StatusCode::GONE);
    assert_eq!(look(&desk, "/visites/reponse/inconnu").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_link_is_over_after_the_day_asked_and_once_the_date_is_fixed_otherwise() {
    let desk = Desk::new().await;
    desk.reach(S::VisitToSchedule).await;
    let link = link(&desk).await;
    desk.step(Step::Schedule).await;
    assert_eq!(look(&desk, &link).await.0, StatusCode::GONE);
    let other = Desk::new().await;
    other.reach(S::VisitToSchedule).await;
    let late = self::link(&other).await;
    other.t.advance(time::Duration::days(60));
    assert_eq!(look(&other, &late).await.0, StatusCode::GONE);
}
