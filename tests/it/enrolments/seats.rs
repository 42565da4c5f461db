//! Never more people than seats, and nobody lost.

use entity::enrolment::{self, EnrolmentState as E};
use entity::training_session::{self, SessionState};
use parchemin::authz::Actor;
use parchemin::error::DomainError;
use parchemin::features::enrolments::EnrolmentError;
use parchemin::features::enrolments::actions::confirm_address;
use parchemin::mailer::Mailer;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::Duration;

use super::{Course, enrol_in, states};

#[tokio::test]
async fn a_seat_is_held_then_people_wait_in_the_order_of_their_coming() {
    let course = Course::of(2).await;
    let enrolled = course.enrol_all(&[1, 2, 3, 4]).await.unwrap();
    assert_eq!(states(&enrolled), [E::Held, E::Held, E::Waitlisted, E::Waitlisted]);
    assert_eq!(enrolled.iter().map(|one| one.rank).collect::<Vec<_>>(), [None, None, Some(1), Some(2)]);
    assert!(enrolled[0].held_until.is_some() && enrolled[2].held_until.is_none());
    assert_eq!(course.tally().await, (2, 2, 2));
    course.holds_together().await;
    let effects = course.t.effects().await;
    let expected = ["enrolment.held", "enrolment.held", "enrolment.waitlisted", "enrolment.waitlisted"];
    assert_eq!(effects.events, expected);
    let expected = ["enrolment-held", "enrolment-held", "enrolment-waitlisted", "enrolment-waitlisted"];
    assert_eq!(effects.mails, expected);
}

#[tokio::test]
async fn forty_people_at_once_from_two_processes_for_five_seats() {
    let course = Course::of(5).await;
    let other = course.t.another_process(Mailer::memory());
    let session = course.session;
    let each = (1..=40).map(|rank| {
        let app = if rank % 2 == 0 { other.clone() } else { course.t.app.clone() };
        tokio::spawn(async move { enrol_in(&app, session, &[rank]).await.unwrap().remove(0) })
    });
    let each: Vec<_> = each.collect();
    let mut answered = Vec::new();
    for one in each {
        answered.push(one.await.unwrap());
    }
    let held = answered.iter().filter(|one| one.state == E::Held).count();
    let mut ranks: Vec<i32> = answered.iter().filter_map(|one| one.rank).collect();
    ranks.sort_unstable();
    assert_eq!((held, ranks), (5, (1..=35).collect()));
    assert_eq!(course.everybody().await.len(), 40);
    course.holds_together().await;
}

#[tokio::test]
async fn the_same_person_is_enrolled_once_whatever_their_address() {
    let course = Course::of(3).await;
    course.enrol(1).await.unwrap();
    course.t.effects().await;
    for ranks in [&[1][..], &[2, 2][..], &[2, 1][..]] {
        let error = course.enrol_all(ranks).await.unwrap_err();
        let pointer = format!("/people/{}", ranks.len() - 1);
        assert_eq!(error.faults().iter().map(|one| &one.pointer).collect::<Vec<_>>(), [&pointer]);
    }
    assert_eq!(course.tally().await, (3, 1, 0));
    assert!(course.t.effects().await.events.is_empty());
}

#[tokio::test]
async fn nobody_enrols_too_late_or_in_a_session_that_is_not_open() {
    let course = Course::of(3).await;
    course.t.advance(Duration::days(36));
    assert!(matches!(course.enrol(1).await, Err(EnrolmentError::Closed)));
    let course = Course::of(3).await;
    training_session::Entity::update_many()
        .col_expr(training_session::Column::State, Expr::value(SessionState::Cancelled.word()))
        .filter(training_session::Column::Id.eq(course.session))
        .exec(course.t.app.db.bookkeeping())
        .await
        .unwrap();
    assert!(matches!(course.enrol(1).await, Err(EnrolmentError::Closed)));
}

#[tokio::test]
async fn the_link_of_the_message_confirms_once_and_keeps_the_seat_longer() {
    let course = Course::of(1).await;
    let enrolled = course.enrol(1).await.unwrap();
    let token = course.token("enrolment-held", enrolled.id).await;
    course.t.effects().await;
    let mut tx = course.t.app.begin(Actor::system("tests")).await.unwrap();
    let confirmed = confirm_address(&mut tx, &token).await.unwrap();
    tx.commit().await.unwrap();
    let until = |row: &enrolment::Model| row.held_until.map(|at| *at).unwrap();
    assert!(confirmed.email_confirmed_at.is_some() && until(&confirmed) > until(&enrolled));
    let effects = course.t.effects().await;
    assert_eq!(effects.events, ["enrolment.address_confirmed"]);
    assert_eq!(effects.mails, ["enrolment-kept"]);
    let mut tx = course.t.app.begin(Actor::system("tests")).await.unwrap();
    let again = confirm_address(&mut tx, &token).await;
    assert!(matches!(again, Err(EnrolmentError::AlreadyConfirmed)));
    drop(tx);
    let mut tx = course.t.app.begin(Actor::system("tests")).await.unwrap();
    assert!(matches!(confirm_address(&mut tx, "autre").await, Err(EnrolmentError::LinkOver)));
}
