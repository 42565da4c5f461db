//! The declaration of interests of the year.

use entity::account_role::Role;
use entity::declared_interest::TieKind;
use entity::mail;
use parchemin::features::ties::jobs;
use parchemin::worker;
use poem::http::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use time::Duration;
use time::macros::{date, datetime};

use crate::support::TestApp;

#[tokio::test]
async fn who_has_nothing_says_so_and_may_change_their_mind() {
    let t = TestApp::new().await;
    let expert = t.controller("Abel").await;
    let own = t.of_expert(expert.id).await;
    let path = format!("/experts/{}/interest-declarations", expert.id);
    assert_eq!(t.get(&own, &path).await.body["standing"], "missing");
    t.effects().await;
    let answer = t.post(&own, &path, &json!({ "nothing": true })).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    assert_eq!(answer.body["standing"], "declared");
    assert_eq!(answer.body["items"][0]["year"], 2025);
    assert_eq!(t.effects().await.events, ["interest.year_declared"]);
    let again = t.post(&own, &path, &json!({ "nothing": true })).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "interests-already-declared"));

    let structure = t.structure("Les Jardins du Morvan").await;
    t.interest(expert.id, structure.id, TieKind::SupportExpert, None).await;
    assert_eq!(t.post(&own, &path, &json!({ "nothing": false })).await.status, StatusCode::CREATED);
    let refused = t.post(&own, &path, &json!({ "nothing": true })).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "declared-ties-running"));
    assert!(refused.body["detail"].as_str().unwrap().contains("Les Jardins du Morvan"));
    let found = t.get(&own, &path).await.body;
    assert_eq!(found["items"].as_array().unwrap().len(), 1, "one for each year");

    // What ended is ended, what was a mistake is taken back: then there is nothing to tell.
    let other = t.structure("Les Potagers du Nohain").await;
    t.interest(expert.id, other.id, TieKind::Board, None).await;
    let interests = format!("/experts/{}/interests", expert.id);
    let listed = t.get(&own, &interests).await.body;
    let key = |rank: usize| listed["items"][rank]["id"].as_str().unwrap().to_owned();
    let (board, support) = (format!("{interests}/{}/void", key(0)), format!("{interests}/{}/end", key(1)));
    assert_eq!(t.post(&own, &board, &json!({ "reason": " " })).await.pointers(), ["/reason"]);
    t.effects().await;
    let taken_back = t.post(&own, &board, &json!({ "reason": "Autre association du même nom" })).await;
    assert_eq!(taken_back.status, StatusCode::OK, "{taken_back:?}");
    assert_eq!(taken_back.body["items"][0]["void_reason"], "Autre association du même nom");
    assert_eq!(t.post(&own, &board, &json!({ "reason": "Encore" })).await.code(), "interest-voided");
    let refused = t.post(&own, &path, &json!({ "nothing": true })).await;
    let detail = refused.body["detail"].as_str().unwrap();
    assert!(detail.contains("Jardins du Morvan") && !detail.contains("Potagers du Nohain"), "{detail}");
    let manager = t.person(Role::Manager).await;
    let ended = t.post(&manager, &support, &json!({ "until": "2025-01-31" })).await;
    assert_eq!((ended.status, &ended.body["items"][1]["until"]), (StatusCode::OK, &json!("2025-01-31")));
    assert_eq!(t.post(&own, &support, &json!({ "until": "2025-02-28" })).await.code(), "interest-over");
    assert_eq!(t.effects().await.events, ["interest.voided", "interest.ended"]);
    assert_eq!(t.post(&own, &path, &json!({ "nothing": true })).await.status, StatusCode::CREATED);
    let ties = t.get(&own, &format!("/experts/{}/ties", expert.id)).await.body;
    assert_eq!(ties["items"].as_array().unwrap().len(), 1, "what ended goes on counting");
    let stranger = t.controller("Bérard").await;
    let (stranger, officer) = (t.of_expert(stranger.id).await, t.person(Role::Officer).await);
    for person in [&stranger, &officer] {
        let answer = t.post(person, &support, &json!({ "until": "2025-02-28" })).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{:?}", person.actor.held);
    }
}

#[tokio::test]
async fn others_see_that_it_was_made_and_neither_what_it_says_nor_make_it() {
    let t = TestApp::new().await;
    let expert = t.controller("Abel").await;
    let other = t.controller("Bérard").await;
    let path = format!("/experts/{}/interest-declarations", expert.id);
    let body = json!({ "nothing": true, "note": "Parts sociales" });
    for (person, seen, made) in [
        (t.person(Role::Officer).await, StatusCode::OK, StatusCode::NOT_FOUND),
        (t.person(Role::Auditor).await, StatusCode::OK, StatusCode::NOT_FOUND),
        (t.of_expert(other.id).await, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
        (t.person(Role::Manager).await, StatusCode::OK, StatusCode::CREATED),
    ] {
        assert_eq!(t.get(&person, &path).await.status, seen, "{:?}", person.actor.held);
        assert_eq!(t.post(&person, &path, &body).await.status, made, "{:?}", person.actor.held);
    }
    for (role, nothing, note) in [
        (Role::Manager, json!(true), json!("Parts sociales")),
        (Role::Officer, Value::Null, Value::Null),
        (Role::Auditor, Value::Null, Value::Null),
    ] {
        let found = t.get(&t.person(role).await, &path).await.body;
        let made = &found["items"][0];
        assert_eq!(
            (&made["nothing"], &made["note"], &made["year"]),
            (&nothing, &note, &json!(2025)),
            "{role:?}"
        );
    }
    let longer = json!({ "nothing": true, "note": "x".repeat(501) });
    let manager = t.person(Role::Manager).await;
    assert_eq!(t.post(&manager, &path, &longer).await.pointers(), ["/note"]);
}

#[tokio::test]
async fn each_reminder_is_sent_once_to_those_who_are_habilitated_and_have_not_declared() {
    let t = TestApp::new().await;
    let (declared, silent) = (t.controller("Abel").await, t.controller("Bérard").await);
    t.expert("Corbin").await;
    t.set_now(datetime!(2026-02-13 12:00 UTC));
    t.declare_year(declared.id).await;
    assert_eq!(jobs::remind_all(&t.app).await.unwrap(), 0, "too early");
    t.set_now(datetime!(2026-02-14 12:00 UTC));
    t.effects().await;
    assert_eq!(jobs::remind_all(&t.app).await.unwrap(), 1);
    let effects = t.effects().await;
    assert_eq!(effects.events, ["interest.reminded"]);
    assert_eq!(effects.mails, ["interest-declaration-due"]);
    assert_eq!(jobs::remind_all(&t.app).await.unwrap(), 0, "once");
    let reminders = || {
        let reminders = mail::Entity::find().filter(mail::Column::Template.eq("interest-declaration-due"));
        reminders.order_by_asc(mail::Column::Id).all(t.app.db.read())
    };
    let mails = reminders().await.unwrap();
    assert!(
        mails[0].body_text.contains("31 mars 2026")
            && mails[0].recipient.to_string().contains(&silent.id.to_string())
    );
    t.set_now(datetime!(2026-03-16 12:00 UTC));
    assert_eq!(jobs::remind_all(&t.app).await.unwrap(), 1, "the next one");
    t.declare_year(silent.id).await;
    t.advance(Duration::days(30));
    assert_eq!(jobs::remind_all(&t.app).await.unwrap(), 0);
    worker::mail::run_once(&t.app).await.unwrap();
    let states: Vec<_> = reminders().await.unwrap().iter().map(|mail| mail.state).collect();
    assert_eq!(states, [mail::MailState::Skipped; 2], "declared meanwhile");
}

#[tokio::test]
async fn the_rules_are_a_setting() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let path = "/settings/experts.interest_declarations";
    let current = t.get(&manager, path).await;
    assert_eq!(current.body["value"]["due_month"], 3);
    let rules = parchemin::features::settings::declaration_rules(t.app.db.read()).await.unwrap();
    assert_eq!(rules.due_on(2026), date!(2026 - 03 - 31));
}
