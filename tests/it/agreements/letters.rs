//! The registered letter of a refusal: recorded when it leaves, then when it is presented.

use entity::agreement_request::RequestState as S;
use entity::audit_event;
use poem::http::StatusCode;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use time::Duration;

use super::desk::Desk;

const NUMBER: &str = "1A 234 567 8901 2";

/// A refused request, the day of the refusal, and a few days gone by.
async fn refused() -> (Desk, String) {
    let desk = Desk::new().await;
    desk.reach(S::Refused).await;
    let day = desk.today().to_string();
    desk.t.advance(Duration::days(5));
    desk.t.effects().await;
    (desk, day)
}

#[tokio::test]
async fn a_letter_is_recorded_when_it_leaves_and_again_when_it_is_presented() {
    let (desk, sent_on) = Box::pin(refused()).await;
    let version = desk.read().await["version"].clone();
    let left = json!({ "number": NUMBER, "sent_on": sent_on });
    let answer = desk.act(&desk.officer, "record-letter", &left).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.body["state"], "refused", "the request stays where it was");
    assert_ne!(answer.body["version"], version);
    let letter = &answer.body["decisions"][0]["letter"];
    assert_eq!((&letter["number"], &letter["sent_on"]), (&json!(NUMBER), &json!(sent_on)));
    assert_eq!(letter["presented_on"], Value::Null);
    let presented_on = desk.today().to_string();
    let arrived = json!({ "number": NUMBER, "sent_on": sent_on, "presented_on": presented_on });
    let answer = desk.act(&desk.officer, "record-letter", &arrived).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let effects = desk.t.effects().await;
    assert_eq!(effects.events, ["agreement_request.letter_recorded"; 2]);
    assert!(effects.mails.is_empty() && effects.jobs.is_empty(), "{effects:?}");

    let last = audit_event::Entity::find().order_by_desc(audit_event::Column::Id);
    let last = last.one(desk.t.app.db.read()).await.unwrap().unwrap();
    let payload: Value = serde_json::from_str(&last.payload).unwrap();
    assert_eq!((&last.code, &payload["number"]), (&"AGR_LETTER_RECORDED".to_owned(), &json!(NUMBER)));
    assert_eq!(payload["presented_on"], presented_on);
    let seen = desk.t.get(&desk.owner, &desk.path()).await;
    assert_eq!(seen.body["decisions"][0]["letter"]["presented_on"], presented_on, "{seen:?}");
    let page = desk.opens(&desk.owner, &desk.page("").await).await;
    assert_eq!(page.matches("Refus envoyé en recommandé").count(), 2, "both acts are in the history: {page}");
    assert!(page.contains("Envoi en recommandé\u{202f}: lettre n°\u{a0}1A 234 567 8901 2"), "{page}");
    assert!(!page.contains("Enregistrer le recommandé"), "a structure records nothing of it");
}

#[tokio::test]
async fn only_the_team_records_a_letter_and_only_of_a_refusal() {
    let (desk, sent_on) = Box::pin(refused()).await;
    let letter = json!({ "number": NUMBER, "sent_on": sent_on });
    for (person, status) in [(&desk.owner, 403_u16), (&desk.expert, 403), (&desk.stranger, 404)] {
        let answer = desk.act(person, "record-letter", &letter).await;
        assert_eq!(answer.status, status, "{answer:?}");
    }
    let today = desk.today().to_string();
    let wrong = json!({ "number": " ", "sent_on": "2025-01-01", "presented_on": "2024-12-31" });
    let answer = desk.act(&desk.officer, "record-letter", &wrong).await;
    assert_eq!(answer.status, 422, "{answer:?}");
    assert_eq!(answer.pointers(), ["/number", "/sent_on", "/presented_on"]);
    let to_come = json!({ "number": NUMBER, "sent_on": today, "presented_on": "2099-01-01" });
    let answer = desk.act(&desk.officer, "record-letter", &to_come).await;
    assert_eq!(answer.pointers(), ["/presented_on"], "{answer:?}");
    assert!(desk.t.effects().await.events.is_empty());

    let granted = Desk::new().await;
    granted.reach(S::Granted).await;
    let answer = granted.act(&granted.officer, "record-letter", &letter).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "letter-without-refusal"));
}

#[tokio::test]
async fn a_letter_is_recorded_from_the_page_of_the_file() {
    let (desk, sent_on) = Box::pin(refused()).await;
    let path = desk.page("/recommande").await;
    let page = desk.opens(&desk.officer, &desk.page("").await).await;
    assert!(page.contains("Noter l’envoi en recommandé"), "{page}");
    let wrong = [("number", NUMBER), ("sent_on", "hier"), ("presented_on", "")];
    let (status, _, html) = desk.t.submit(&desk.officer, &path, &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("id=\"recommande-sent_on-err\"") && html.contains(NUMBER), "{html}");
    let good = [("number", NUMBER), ("sent_on", sent_on.as_str()), ("presented_on", "")];
    let (status, next, html) = desk.t.submit(&desk.officer, &path, &good).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    let page = desk.opens(&desk.officer, &next).await;
    assert!(page.contains("Compléter ou corriger le recommandé"), "{page}");
    assert!(page.contains(&format!("value=\"{sent_on}\"")), "what is known comes back in the form: {page}");
    assert_eq!(desk.read().await["decisions"][0]["letter"]["number"], NUMBER);
}
