//! The contract of an individual, the convention of an employer, and what may be paid when.

use entity::account_role::Role;
use entity::enrolment::{self, EnrolmentState as E};
use entity::training_buyer::BuyerKind;
use parchemin::error::DomainError;
use parchemin::features::enrolments::EnrolmentError;
use parchemin::features::enrolments::actions::By;
use parchemin::features::enrolments::actions::{cancel_as_typed, contract, record_need, ring};
use parchemin::features::enrolments::input::{TypedCancellation, TypedContract, TypedNeed};
use parchemin::features::enrolments::payments;
use parchemin::rules::deadline::add_days;
use parchemin::rules::typed_date::iso;
use serde_json::json;
use time::Duration;

use super::{Course, enrolling, siret};

impl Course {
    async fn sign(
        &self,
        row: &enrolment::Model,
        signed_on: time::Date,
        remote: bool,
    ) -> Result<enrolment::Model, EnrolmentError> {
        let manager = self.t.person(Role::Manager).await;
        let typed = TypedContract { signed_on: iso(signed_on), remote };
        let mut tx = self.t.app.begin(manager.actor).await.unwrap();
        let done = contract(&mut tx, row.id, Some(row.version), &typed).await;
        tx.conclude(done).await
    }
}

#[tokio::test]
async fn an_individual_may_withdraw_and_pays_nothing_meanwhile() {
    for (remote, days) in [(false, 10), (true, 14)] {
        let course = Course::of(1).await;
        let row = course.enrol(1).await.unwrap();
        let today = course.t.app.today();
        assert!(payments::check(&row, BuyerKind::Individual, today).is_err(), "nothing is signed");
        course.t.effects().await;
        let signed = course.sign(&row, today, remote).await.unwrap();
        assert_eq!(signed.state, E::Contracted);
        let until = signed.withdrawal_until.unwrap();
        assert!(until >= add_days(today, days) && until <= add_days(today, days + 4), "{until}");
        let refused = payments::check(&signed, BuyerKind::Individual, until).unwrap_err();
        assert_eq!(refused.faults()[0].pointer, "/paid_on");
        assert!(payments::check(&signed, BuyerKind::Individual, add_days(until, 1)).is_ok());
        assert_eq!(course.t.effects().await.events, ["enrolment.contracted"]);
        assert_eq!(ring::run(&course.t.app).await.unwrap(), 0);
        course.t.advance(Duration::days(i64::from(days) + 5));
        assert_eq!(ring::run(&course.t.app).await.unwrap(), 1);
        assert_eq!(course.row(row.id).await.state, E::Confirmed);
        let effects = course.t.effects().await;
        assert_eq!(effects.events, ["enrolment.confirmed"]);
        assert_eq!(effects.mails, ["enrolment-confirmed"]);
        course.holds_together().await;
    }
}

#[tokio::test]
async fn who_withdraws_in_time_owes_nothing() {
    let course = Course::of(1).await;
    let row = course.enrol(1).await.unwrap();
    let signed = course.sign(&row, course.t.app.today(), false).await.unwrap();
    let manager = course.t.person(Role::Manager).await;
    let why = TypedCancellation { cause: "withdrawal".to_owned(), reason: String::new() };
    let mut tx = course.t.app.begin(manager.actor).await.unwrap();
    let ended = cancel_as_typed(&mut tx, row.id, Some(signed.version), By::Client, &why).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((ended.state, ended.fee_cents), (E::CancelledByClient, None));
}

#[tokio::test]
async fn a_convention_confirms_at_once() {
    let course = Course::of(2).await;
    let structure = course.t.structure("Les Ateliers du Port").await;
    let siret = siret(&course.t, &structure).await;
    let owner = course.t.of_structure(structure.id).await;
    let answer = course.t.post(&owner, "/enrolments", &enrolling(course.session, &siret, 1..=1)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let id = answer.body["items"][0]["id"].as_str().unwrap().to_owned();
    let manager = course.t.person(Role::Manager).await;
    let body = json!({ "signed_on": iso(course.t.app.today()), "remote": false });
    let path = format!("/enrolments/{id}/contract");
    assert_eq!(course.t.post(&owner, &path, &body).await.status, 403);
    let signed = course.t.post(&manager, &path, &body).await;
    assert_eq!(signed.body["enrolment"]["state"], "confirmed", "{signed:?}");
    assert_eq!(signed.body["withdrawal_until"], json!(null));
    let late = json!({ "signed_on": iso(add_days(course.t.app.today(), 1)), "remote": false });
    assert_eq!(course.t.post(&manager, &path, &late).await.status, 409, "it is signed already");
}

#[tokio::test]
async fn nobody_signs_whose_prerequisites_are_not_met() {
    let course = Course::of(1).await;
    let row = course.enrol(1).await.unwrap();
    let officer = course.t.person(Role::Officer).await;
    let need = TypedNeed {
        expectations: "Former".to_owned(),
        prerequisites: "not_met".to_owned(),
        positioning: "none".to_owned(),
        filled_by: "staff".to_owned(),
        ..TypedNeed::default()
    };
    let mut tx = course.t.app.begin(officer.actor).await.unwrap();
    let (dossier, _) = record_need(&mut tx, row.id, None, &need).await.unwrap();
    tx.commit().await.unwrap();
    let refused = course.sign(&dossier.enrolment, course.t.app.today(), false).await.unwrap_err();
    assert_eq!(refused.blocking().len(), 1, "{refused:?}");
    let tomorrow = add_days(course.t.app.today(), 1);
    let early = course.sign(&dossier.enrolment, tomorrow, false).await.unwrap_err();
    assert_eq!(early.faults()[0].pointer, "/signed_on");
}
