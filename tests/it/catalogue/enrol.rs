//! Somebody enrols without an account.

use entity::enrolment::EnrolmentState as E;
use poem::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;

use super::{Fair, somebody};

/// The fields of the form of a person who pays for themselves.
const FORM: [(&str, &str); 9] = [
    ("first_names", "Zoé"),
    ("family_name", "N’Guyen"),
    ("email", "zoe@exemple.org"),
    ("birth_day", "27"),
    ("birth_month", "3"),
    ("birth_year", "1991"),
    ("buyer", "individual"),
    ("needs_adaptation", "non"),
    ("consent", "oui"),
];

fn form_with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = FORM.into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    kept.chain(changes.iter().copied()).collect()
}

#[tokio::test]
async fn a_seat_is_held_then_people_wait_with_their_rank() {
    let fair = Fair::of(1).await;
    let first = fair.post(&fair.enrolments(), &somebody(1)).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
    let body = first.json();
    assert_eq!((&body["state"], &body["rank"]), (&json!("held"), &Value::Null));
    assert!(body["held_until"].is_string());
    let second = fair.post(&fair.enrolments(), &somebody(2)).await.json();
    assert_eq!((&second["state"], &second["rank"]), (&json!("waitlisted"), &json!(1)));
    assert_eq!(second["held_until"], Value::Null);
    let effects = fair.course.t.effects().await;
    assert_eq!(effects.events, ["enrolment.held", "enrolment.waitlisted"]);
    assert_eq!(effects.mails, ["enrolment-held", "enrolment-waitlisted"]);
}

#[tokio::test]
async fn every_fault_is_told_at_once_and_nothing_changes() {
    let fair = Fair::of(1).await;
    let mut wrong = somebody(1);
    wrong["birth_date"] = json!("2031-01-01");
    wrong["email"] = json!("zoe");
    wrong["buyer"] = json!("employer");
    wrong["employer_siret"] = json!("000 111 222 0003");
    wrong["consent"] = json!(false);
    let answer = fair.post(&fair.enrolments(), &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.pointers(), ["/birth_date", "/email", "/consent", "/employer_siret"]);
    assert!(fair.course.everybody().await.is_empty());
    assert!(fair.course.t.effects().await.events.is_empty());
}

#[tokio::test]
async fn a_domain_that_looks_wrong_is_asked_about_once() {
    let fair = Fair::of(1).await;
    let mut doubtful = somebody(1);
    doubtful["email"] = json!("zoe@gmial.com");
    let answer = fair.post(&fair.enrolments(), &doubtful).await;
    assert_eq!(answer.pointers(), ["/email"]);
    assert!(answer.text.contains("zoe@gmail.com"), "{}", answer.text);
    doubtful["email_checked"] = json!(true);
    assert_eq!(fair.post(&fair.enrolments(), &doubtful).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn the_same_person_twice_is_refused() {
    let fair = Fair::of(3).await;
    fair.post(&fair.enrolments(), &somebody(1)).await;
    let mut again = somebody(1);
    again["email"] = json!("autre@exemple.org");
    let answer = fair.post(&fair.enrolments(), &again).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(fair.course.tally().await, (3, 1, 0));
}

#[tokio::test]
async fn a_repeated_call_under_one_key_enrols_once() {
    let fair = Fair::of(3).await;
    let call = || {
        let request = fair.course.t.client.post(fair.enrolments()).header("idempotency-key", "k-1");
        request.body_json(&somebody(1)).send()
    };
    let (first, again) = (super::read(call().await.0).await, super::read(call().await.0).await);
    assert_eq!((first.status, &first.text), (StatusCode::CREATED, &again.text));
    assert_eq!(fair.course.tally().await, (3, 1, 0));
}

#[tokio::test]
async fn nobody_enrols_where_the_catalogue_shows_nothing() {
    let fair = Fair::of(3).await;
    let hidden = fair.another(1, |session| session.public = false).await;
    let answer = fair.post(&format!("/api/v1/catalogue/{hidden}/enrolments"), &somebody(1)).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    fair.course.t.advance(Duration::days(36));
    let late = fair.post(&fair.enrolments(), &somebody(1)).await;
    assert_eq!((late.status, late.json()["code"].as_str()), (StatusCode::CONFLICT, Some("enrolment-closed")));
    let page = fair.get(&fair.page().await).await.text;
    assert!(page.contains("Les inscriptions à cette session sont closes"), "{page}");
}

#[tokio::test]
async fn the_form_enrols_and_says_what_comes_next() {
    let fair = Fair::of(1).await;
    let to = format!("{}/inscription", fair.page().await);
    let sent = fair.fill(&to, &form_with(&[("vu", "place"), ("needs_adaptation", "oui")])).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
    assert!(sent.text.contains("Votre place est gardée") && sent.text.contains("zoe@exemple.org"));
    let row = fair.only().await;
    assert_eq!((row.state, row.birth_date.as_str(), row.adaptation_asked), (E::Held, "1991-03-27", true));
    let twice = fair.fill(&to, &form_with(&[("vu", "attente")])).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.text.contains("déjà inscrite"), "{}", twice.text);
}

#[tokio::test]
async fn a_form_that_comes_back_keeps_what_was_typed() {
    let fair = Fair::of(1).await;
    let to = format!("{}/inscription", fair.page().await);
    let wrong = form_with(&[("email", "zoe@exemple"), ("buyer", "employer"), ("employer_siret", "123")]);
    let back = fair.fill(&to, &wrong).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.text.contains("Votre inscription n’est pas encore envoyée"));
    assert!(back.text.contains("value=\"N’Guyen\"") && back.text.contains("value=\"123\""), "{}", back.text);
    assert!(
        back.text.contains("href=\"#champ-email\"") && back.text.contains("href=\"#champ-employer_siret\"")
    );
    let doubtful = fair.fill(&to, &form_with(&[("email", "zoe@gmial.com")])).await;
    assert!(doubtful.text.contains("name=\"email_checked\""));
    let sure = fair.fill(&to, &form_with(&[("email", "zoe@gmial.com"), ("email_checked", "oui")])).await;
    assert_eq!(sure.status, StatusCode::OK, "{}", sure.text);
}

#[tokio::test]
async fn a_minor_names_a_legal_representative() {
    let fair = Fair::of(1).await;
    let to = format!("{}/inscription", fair.page().await);
    let back = fair.fill(&to, &form_with(&[("birth_year", "2009")])).await;
    assert!(back.text.contains("href=\"#champ-guardian-name\""), "{}", back.text);
    let named =
        [("birth_year", "2009"), ("guardian/name", "Ève N’Guyen"), ("guardian/email", "eve@exemple.org")];
    assert_eq!(fair.fill(&to, &form_with(&named)).await.status, StatusCode::OK);
    assert_eq!(fair.only().await.guardian_name, "Ève N’Guyen");
}

#[tokio::test]
async fn whoever_was_shown_a_seat_that_is_gone_is_asked_before_they_wait() {
    let fair = Fair::of(1).await;
    let to = format!("{}/inscription", fair.page().await);
    fair.course.enrol(7).await.unwrap();
    let asked = fair.fill(&to, &form_with(&[("vu", "place")])).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    assert!(asked.text.contains("au rang 1") && asked.text.contains("value=\"attente\""), "{}", asked.text);
    assert!(asked.text.contains("value=\"N’Guyen\""));
    assert_eq!(fair.course.tally().await, (1, 1, 0));
    let waits = fair.fill(&to, &form_with(&[("vu", "attente")])).await;
    assert!(
        waits.text.contains("Vous êtes en liste d’attente") && waits.text.contains("Votre rang est le 1")
    );
    assert_eq!(fair.course.tally().await, (1, 1, 1));
}
