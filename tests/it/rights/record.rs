//! What is recorded of rights by hand: the certificate and the insurance of the certifying body.

use entity::account_role::Role;
use entity::habilitation::Duty;
use entity::mail;
use parchemin::features::rights::jobs;
use poem::http::StatusCode;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use time::Duration;

use crate::support::{Answer, Person, TestApp};

/// A Qualiopi certificate from a day to another.
async fn certificate(t: &TestApp, person: &Person, starts_on: &str, ends_on: &str) -> Answer {
    let body = json!({
        "kind": "qualiopi",
        "number": "2023-OF-0142",
        "issuer": "Certificateur d’essai",
        "starts_on": starts_on,
        "ends_on": ends_on,
    });
    t.post(person, "/rights/certifier", &body).await
}

fn id_of(answer: &Answer) -> &str {
    answer.body["id"].as_str().unwrap()
}

/// What happens once so many days have passed: acts of the program, templates of the mails.
async fn later(t: &TestApp, days: i64) -> (usize, Vec<String>) {
    t.advance(Duration::days(days));
    let done = jobs::run(&t.app).await.unwrap();
    (done, t.effects().await.mails)
}

#[tokio::test]
async fn a_manager_records_what_the_certifying_body_holds_and_no_two_share_a_day() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let first = certificate(&t, &manager, "2023-08-28", "2026-08-27").await;
    assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
    assert_eq!(t.effects().await.events, ["right.recorded"]);
    let path = first.location.as_deref().unwrap().strip_prefix("/api/v1").unwrap();
    let read = t.get(&manager, path).await;
    for (name, expected) in [
        ("holder_kind", "certifier"),
        ("holder_name", "Organisme certificateur"),
        ("reference", "2023-OF-0142"),
        ("standing", "in_force"),
    ] {
        assert_eq!(read.body[name], expected, "{read:?}");
    }
    let after = t.get(&manager, &format!("{path}?on=2026-08-28")).await;
    assert_eq!(after.body["standing"], "ended");

    let met = certificate(&t, &manager, "2026-08-27", "2029-08-26").await;
    assert_eq!((met.status, met.code()), (StatusCode::CONFLICT, "right-overlap"));
    assert_eq!(met.pointers(), ["/starts_on"]);
    let next = certificate(&t, &manager, "2026-08-28", "2029-08-27").await;
    assert_eq!(next.status, StatusCode::CREATED, "{next:?}");
    let insurance = json!({
        "kind": "insurance",
        "number": "RC 12 345",
        "issuer": "Mutuelle d’essai",
        "starts_on": "2025-01-01",
        "ends_on": "2025-12-31",
    });
    let other = t.post(&manager, "/rights/certifier", &insurance).await;
    assert_eq!(other.status, StatusCode::CREATED, "another kind, on the same days: {other:?}");
    let mut wrong = insurance.clone();
    (wrong["number"], wrong["issuer"], wrong["ends_on"]) = (json!(" "), json!(" "), json!("2024-12-31"));
    let refused = t.post(&manager, "/rights/certifier", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.pointers(), ["/number", "/issuer", "/ends_on"]);

    let held = "/rights?holder_kind=certifier&holder_id=00000000-0000-0000-0000-000000000000&shown=all";
    let auditor = t.person(Role::Auditor).await;
    let list = t.get(&auditor, held).await;
    assert_eq!(list.body["items"].as_array().unwrap().len(), 3, "{list:?}");
    let on = t.get(&auditor, "/rights?kind=qualiopi&on=2027-01-01").await;
    assert_eq!(on.body["items"][0]["id"], next.body["id"], "{on:?}");
    let structure = t.person(Role::Structure).await;
    let hidden = t.get(&structure, held).await;
    assert_eq!(hidden.body["items"], json!([]), "{hidden:?}");
    assert_eq!(t.get(&structure, path).await.status, StatusCode::NOT_FOUND);
    for (role, status) in [
        (Role::Officer, StatusCode::FORBIDDEN),
        (Role::Auditor, StatusCode::FORBIDDEN),
        (Role::Structure, StatusCode::NOT_FOUND),
    ] {
        let person = t.person(role).await;
        assert_eq!(t.post(&person, "/rights/certifier", &insurance).await.status, status, "{role}");
    }
}

#[tokio::test]
async fn a_right_recorded_by_hand_is_cut_short_or_taken_back_and_its_days_are_free_again() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let right = certificate(&t, &manager, "2025-01-01", "2027-12-31").await;
    let path = format!("/rights/{}", id_of(&right));
    for day in ["2024-12-31", "2027-12-31", "2028-01-01"] {
        let body = json!({ "ends_on": day, "reason": "Certificat retiré" });
        let refused = t.post(&manager, &format!("{path}/end"), &body).await;
        assert_eq!(
            (refused.status, refused.pointers()),
            (StatusCode::UNPROCESSABLE_ENTITY, vec!["/ends_on"])
        );
    }
    let silent = json!({ "ends_on": "2025-10-31", "reason": "" });
    assert_eq!(t.post(&manager, &format!("{path}/end"), &silent).await.pointers(), ["/reason"]);
    t.effects().await;
    let end = json!({ "ends_on": "2025-10-31", "reason": "Certificat retiré" });
    let officer = t.person(Role::Officer).await;
    assert_eq!(t.post(&officer, &format!("{path}/end"), &end).await.status, StatusCode::FORBIDDEN);
    let ended = t.post(&manager, &format!("{path}/end"), &end).await;
    assert_eq!((ended.status, &ended.body["ends_on"]), (StatusCode::OK, &json!("2025-10-31")), "{ended:?}");
    assert_eq!(ended.body["standing"], "in_force", "until that day");
    assert_eq!(t.effects().await.events, ["right.cut_short"]);

    let next = certificate(&t, &manager, "2025-11-01", "2028-10-31").await;
    assert_eq!(next.status, StatusCode::CREATED, "{next:?}");
    let path = format!("/rights/{}/take-back", id_of(&next));
    assert_eq!(t.post(&manager, &path, &json!({ "reason": " " })).await.pointers(), ["/reason"]);
    let reason = json!({ "reason": "Erreur de saisie" });
    let back = t.post(&manager, &path, &reason).await;
    assert_eq!((back.status, &back.body["standing"]), (StatusCode::OK, &json!("void")), "{back:?}");
    let again = t.post(&manager, &path, &reason).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "right-wrong-state"));
    let free = certificate(&t, &manager, "2025-12-01", "2028-11-30").await;
    assert_eq!(free.status, StatusCode::CREATED, "{free:?}");
}

#[tokio::test]
async fn what_another_feature_gives_is_not_changed_by_hand() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let expert = t.expert("Abel").await;
    t.habilitate(expert.id, Duty::Mandataire, None, &[]).await;
    let list = t.get(&manager, "/rights?kind=habilitation").await;
    let path = format!("/rights/{}", list.body["items"][0]["id"].as_str().unwrap());
    let bodies: [(&str, Value); 2] = [
        ("end", json!({ "ends_on": "2025-10-31", "reason": "Essai" })),
        ("take-back", json!({ "reason": "Essai" })),
    ];
    let person = t.of_expert(expert.id).await;
    for (verb, body) in bodies {
        let refused = t.post(&manager, &format!("{path}/{verb}"), &body).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "right-wrong-state"), "{verb}");
        let hidden = t.post(&person, &format!("{path}/{verb}"), &body).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{verb}");
    }
}

#[tokio::test]
async fn managers_are_told_at_the_distances_of_the_settings_then_at_the_end() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let past = certificate(&t, &manager, "2019-01-01", "2022-12-31").await;
    assert_eq!((past.status, &past.body["standing"]), (StatusCode::CREATED, &json!("ended")));
    let last = certificate(&t, &manager, "2023-01-01", "2025-12-31").await;
    assert_eq!(last.status, StatusCode::CREATED, "{last:?}");
    t.effects().await;
    let told = |template: &str| (1, vec![template.to_owned()]);
    assert_eq!(later(&t, 0).await, told("right-ending"), "less than 90 days before, nothing of what is past");
    assert_eq!(later(&t, 55).await, (0, vec![]), "30 November");
    assert_eq!(later(&t, 1).await, told("right-ending"), "30 days before");
    let mails = mail::Entity::find().order_by_desc(mail::Column::Id).one(t.app.db.read()).await.unwrap();
    let text = mails.unwrap().body_text;
    assert!(text.contains("Organisme certificateur") && text.contains("/droits/certificateur"), "{text}");
    assert_eq!(later(&t, 31).await, told("right-ended"), "1 January");
    assert_eq!(later(&t, 30).await, (0, vec![]));
}
