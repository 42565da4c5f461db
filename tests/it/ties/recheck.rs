//! A tie learnt after a duty was given.

use entity::account_role::Role;
use entity::agreement_request::RequestState;
use entity::declared_interest::TieKind;
use entity::mail;
use parchemin::features;
use parchemin::features::agreements::state::Step;
use poem::http::StatusCode;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use time::macros::date;

use crate::agreements::desk::Desk;
use crate::support::Person;

impl Desk {
    async fn alerts(&self, person: &Person) -> Vec<Value> {
        self.t.get(person, "/tie-alerts").await.body["items"].as_array().unwrap().clone()
    }

    async fn states(&self) -> Vec<String> {
        let alerts = self.alerts(&self.manager).await;
        alerts.iter().map(|alert| alert["state"].as_str().unwrap().to_owned()).collect()
    }
}

#[tokio::test]
async fn a_tie_learnt_later_raises_a_task_and_a_mail_and_is_kept_for_a_reason() {
    let d = Desk::new().await;
    d.reach(RequestState::VisitToSchedule).await;
    d.work().await;
    assert_eq!(d.states().await, [] as [&str; 0]);
    d.t.effects().await;
    d.t.interest(d.controller.id, d.structure.id, TieKind::EmployeeBoardOrProvider, None).await;
    d.work().await;
    let effects = d.t.effects().await;
    assert_eq!(effects.events, ["interest.declared", "tie.alert_raised"]);
    assert_eq!(effects.mails, ["tie-learned"]);
    let alerts = d.alerts(&d.officer).await;
    assert_eq!(alerts[0]["blocking"], true);
    assert!(alerts[0]["reasons"][0].as_str().unwrap().contains("toujours en cours"));
    let admin = d.t.person(Role::Admin).await;
    assert_eq!(d.alerts(&admin).await[0]["reasons"], json!([]), "an administrator does not settle it");
    let mails = mail::Entity::find().order_by_desc(mail::Column::Id).all(d.t.app.db.read()).await.unwrap();
    assert!(
        mails[0].body_text.contains("Les Jardins du Morvan") && !mails[0].body_text.contains("comptable")
    );

    for person in [&d.officer, &d.manager] {
        let (_, text) = d.t.open(person, "/a-faire").await;
        assert!(text.contains("Lien appris après la désignation"), "{text}");
    }
    assert!(d.alerts(&d.stranger).await.is_empty() && d.alerts(&d.owner).await.is_empty());
    d.work().await;
    features_recheck(&d).await;
    assert_eq!(d.states().await, ["open"], "once");

    let path = format!("/tie-alerts/{}/override", alerts[0]["id"].as_str().unwrap());
    let reason = json!({ "reason": "Seule personne habilitée dans la région" });
    assert_eq!(d.t.post(&d.officer, &path, &reason).await.status, StatusCode::FORBIDDEN);
    assert_eq!(d.t.post(&d.expert, &path, &reason).await.status, StatusCode::FORBIDDEN);
    assert_eq!(d.t.post(&d.stranger, &path, &reason).await.status, StatusCode::NOT_FOUND);
    assert_eq!(d.t.post(&d.manager, &path, &json!({ "reason": " " })).await.pointers(), ["/reason"]);
    let kept = d.t.post(&d.manager, &path, &reason).await;
    assert_eq!((kept.status, kept.body["state"].as_str()), (StatusCode::OK, Some("kept")));
    let again = d.t.post(&d.manager, &path, &reason).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "tie-alert-settled"));
    features_recheck(&d).await;
    assert_eq!(d.states().await, ["kept"], "the same tie does not come back");
    let (_, text) = d.t.open(&d.manager, "/a-faire").await;
    assert!(!text.contains("Lien appris après la désignation"));
    d.t.interest(d.controller.id, d.structure.id, TieKind::SupportExpert, Some(date!(2025 - 06 - 30))).await;
    d.work().await;
    assert_eq!(d.states().await, ["open", "kept"], "another tie does");
}

#[tokio::test]
async fn an_alert_has_no_object_once_the_visit_is_given_back() {
    let d = Desk::new().await;
    d.reach(RequestState::VisitToSchedule).await;
    d.t.interest(d.controller.id, d.structure.id, TieKind::EmployeeBoardOrProvider, None).await;
    d.work().await;
    assert_eq!(d.states().await, ["open"]);
    d.step(Step::Decline).await;
    features_recheck(&d).await;
    assert_eq!(d.states().await, ["gone"]);
}

#[tokio::test]
async fn another_matrix_weighs_again_what_was_given() {
    let d = Desk::new().await;
    d.reach(RequestState::VisitToSchedule).await;
    d.t.interest(d.controller.id, d.structure.id, TieKind::JuryPresident, Some(date!(2025 - 06 - 30))).await;
    d.work().await;
    assert_eq!(d.states().await, [] as [&str; 0], "allowed by default");
    let admin = d.t.person(Role::Admin).await;
    let strict = json!({ "jury_president": { "controller": { "rule": "refuse", "months": 24 } } });
    let mut tx = d.t.app.begin(admin.actor.clone()).await.unwrap();
    let key = features::settings::Key::TieMatrix;
    features::settings::actions::change(&mut tx, key, Some(0), Some(&strict)).await.unwrap();
    tx.commit().await.unwrap();
    d.work().await;
    assert_eq!(d.states().await, ["open"]);
}

/// What is done at intervals, whatever happened.
async fn features_recheck(d: &Desk) {
    let all = features::periodic();
    let again = all.iter().find(|one| one.name == "ties.recheck").unwrap();
    (again.run)(std::sync::Arc::clone(&d.t.app)).await.unwrap();
}
