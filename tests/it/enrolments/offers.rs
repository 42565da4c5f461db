//! A seat that comes free is offered to who waits first, for a time.

use entity::enrolment::{EnrolmentCause, EnrolmentState as E};
use parchemin::authz::Actor;
use parchemin::features::enrolments::EnrolmentError;
use parchemin::features::enrolments::actions::{accept_offer, cancel_by_link, decline_offer, ring};
use time::Duration;

use super::{Course, states};

impl Course {
    pub async fn leave(&self, rank: usize) {
        let row = &self.everybody().await[rank];
        let token = self.token("enrolment-held", row.id).await;
        let mut tx = self.t.app.begin(Actor::system("tests")).await.unwrap();
        cancel_by_link(&mut tx, &token, EnrolmentCause::Personal, String::new()).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn five_leave_and_the_next_five_are_offered_their_seats_in_order() {
    let course = Course::of(6).await;
    course.enrol_all(&(1..=13).collect::<Vec<_>>()).await.unwrap();
    for rank in 0..5 {
        course.leave(rank).await;
        course.holds_together().await;
    }
    let everybody = course.everybody().await;
    let expected =
        [vec![E::CancelledByClient; 5], vec![E::Held], vec![E::Offered; 5], vec![E::Waitlisted; 2]];
    assert_eq!(states(&everybody), expected.concat());
    assert_eq!(everybody[11].rank, Some(1));
    assert_eq!(course.tally().await, (6, 6, 2));
}

#[tokio::test]
async fn an_offer_is_accepted_once_and_in_time() {
    let course = Course::of(1).await;
    course.enrol_all(&[1, 2, 3]).await.unwrap();
    course.leave(0).await;
    let second = course.everybody().await[1].clone();
    assert_eq!(second.state, E::Offered);
    let token = course.token("enrolment-offered", second.id).await;
    course.t.effects().await;
    let mut tx = course.t.app.begin(Actor::system("tests")).await.unwrap();
    let kept = accept_offer(&mut tx, &token).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(kept.state, E::Held);
    assert!(kept.email_confirmed_at.is_some());
    let effects = course.t.effects().await;
    assert_eq!(effects.events, ["enrolment.offer_accepted"]);
    assert_eq!(effects.mails, ["enrolment-kept"]);
    let mut tx = course.t.app.begin(Actor::system("tests")).await.unwrap();
    assert!(matches!(accept_offer(&mut tx, &token).await, Err(EnrolmentError::OfferOver)));
    drop(tx);
    course.holds_together().await;
}

#[tokio::test]
async fn an_offer_declined_or_not_answered_goes_to_the_next() {
    let course = Course::of(1).await;
    course.enrol_all(&[1, 2, 3]).await.unwrap();
    course.leave(0).await;
    let second = course.everybody().await[1].clone();
    let token = course.token("enrolment-offered", second.id).await;
    let mut tx = course.t.app.begin(Actor::system("tests")).await.unwrap();
    decline_offer(&mut tx, &token).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(states(&course.everybody().await), [E::CancelledByClient, E::CancelledByClient, E::Offered]);
    // Monday 6 October at ten: seventy-two working hours end on Thursday at ten
    course.t.advance(Duration::hours(71));
    assert_eq!(ring::run(&course.t.app).await.unwrap(), 0);
    course.t.advance(Duration::hours(2));
    course.t.effects().await;
    assert_eq!(ring::run(&course.t.app).await.unwrap(), 1);
    let effects = course.t.effects().await;
    assert_eq!(effects.events, ["enrolment.expired"]);
    assert_eq!(effects.mails, ["enrolment-expired"]);
    assert_eq!(course.tally().await, (1, 0, 0));
    course.holds_together().await;
}

#[tokio::test]
async fn a_seat_that_nobody_confirms_goes_to_the_next_once_whoever_looks() {
    let course = Course::of(1).await;
    course.enrol_all(&[1, 2]).await.unwrap();
    course.t.advance(Duration::hours(73));
    course.t.effects().await;
    let (one, other) = tokio::join!(ring::run(&course.t.app), ring::run(&course.t.app));
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    assert_eq!(course.t.effects().await.events, ["enrolment.expired", "enrolment.offered"]);
    assert_eq!(states(&course.everybody().await), [E::Expired, E::Offered]);
    course.holds_together().await;
}

#[tokio::test]
async fn whoever_leaves_the_middle_of_the_list_leaves_no_hole() {
    let course = Course::of(1).await;
    let enrolled = course.enrol_all(&[1, 2, 3, 4, 5]).await.unwrap();
    let token = course.token("enrolment-waitlisted", enrolled[2].id).await;
    let mut tx = course.t.app.begin(Actor::system("tests")).await.unwrap();
    cancel_by_link(&mut tx, &token, EnrolmentCause::Work, "ailleurs".to_owned()).await.unwrap();
    tx.commit().await.unwrap();
    let ranks: Vec<_> = course.everybody().await.iter().map(|one| one.rank).collect();
    assert_eq!(ranks, [None, Some(1), None, Some(2), Some(3)]);
    course.holds_together().await;
}
