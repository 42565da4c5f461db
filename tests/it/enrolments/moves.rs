//! Somebody else takes the seat, or the person goes to another session.

use entity::account_role::Role;
use entity::enrolment::EnrolmentState as E;
use entity::training_buyer::{self, BuyerKind};
use parchemin::features::enrolments::EnrolmentError;
use parchemin::features::enrolments::actions::{replace, take_in, transfer};
use parchemin::features::enrolments::input::TypedPerson;
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;
use time::Duration;

use super::{Course, another_session, enrol_in, states};

fn newcomer() -> TypedPerson {
    TypedPerson {
        family_name: "El-Habib".to_owned(),
        first_names: "Inès".to_owned(),
        birth_date: "1990-01-31".to_owned(),
        email: "ines@exemple.org".to_owned(),
        consent: true,
        ..TypedPerson::default()
    }
}

impl Course {
    /// The employer pays for everybody.
    async fn paid_by_employer(&self) {
        training_buyer::Entity::update_many()
            .col_expr(training_buyer::Column::Kind, Expr::value(BuyerKind::Employer.word()))
            .exec(self.t.app.db.bookkeeping())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn an_employer_sends_somebody_else_until_the_day_before() {
    let course = Course::of(1).await;
    let row = course.confirmed(1).await;
    course.enrol(2).await.unwrap();
    let manager = course.t.person(Role::Manager).await;
    let mut tx = course.t.app.begin(manager.actor.clone()).await.unwrap();
    let personal = Box::pin(replace(&mut tx, row.id, None, &newcomer())).await;
    assert!(matches!(personal, Err(EnrolmentError::Personal)), "a contract is one person’s");
    drop(tx);
    course.paid_by_employer().await;
    course.t.effects().await;
    course.t.advance(Duration::days(40));
    let mut tx = course.t.app.begin(manager.actor.clone()).await.unwrap();
    let came = Box::pin(replace(&mut tx, row.id, Some(row.version), &newcomer())).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((came.state, came.replaces_id), (E::Confirmed, Some(row.id)));
    let effects = course.t.effects().await;
    let expected = ["enrolment.replaced", "enrolment.held", "enrolment.contracted", "enrolment.confirmed"];
    assert_eq!(effects.events, expected);
    assert_eq!(effects.mails, ["enrolment-cancelled", "enrolment-held", "enrolment-confirmed"]);
    let everybody = states(&course.everybody().await);
    assert_eq!(everybody, [E::CancelledByClient, E::Waitlisted, E::Confirmed], "nobody was offered the seat");
    assert_eq!(course.row(row.id).await.fee_cents, None);
    course.holds_together().await;
    course.t.advance(Duration::days(2));
    let mut tx = course.t.app.begin(manager.actor).await.unwrap();
    let late = Box::pin(replace(
        &mut tx,
        came.id,
        None,
        &TypedPerson { birth_date: "1991".to_owned(), ..newcomer() },
    ))
    .await;
    assert!(matches!(late, Err(EnrolmentError::TooLate(_))), "{late:?}");
}

#[tokio::test]
async fn who_goes_to_another_session_leaves_a_seat_to_the_next() {
    let course = Course::of(1).await;
    let there = another_session(&course.t.app, course.session, "SES-2025-0002", 1).await;
    let rows = course.enrol_all(&[1, 2]).await.unwrap();
    let manager = course.t.person(Role::Manager).await;
    course.t.effects().await;
    let mut tx = course.t.app.begin(manager.actor.clone()).await.unwrap();
    let moved = Box::pin(transfer(&mut tx, rows[0].id, Some(rows[0].version), there)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((moved.state, moved.session_id, moved.seq), (E::Held, there, 1));
    assert_eq!(moved.moved_from_id, Some(rows[0].id));
    let effects = course.t.effects().await;
    assert_eq!(effects.events, ["enrolment.moved", "enrolment.held", "enrolment.offered"]);
    assert_eq!(effects.mails, ["enrolment-held", "enrolment-offered"]);
    assert_eq!(states(&course.everybody().await), [E::Postponed, E::Offered]);
    course.holds_together().await;

    let third = enrol_in(&course.t.app, course.session, &[3]).await.unwrap().remove(0);
    let mut tx = course.t.app.begin(manager.actor.clone()).await.unwrap();
    let waits = Box::pin(transfer(&mut tx, third.id, None, there)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((waits.state, waits.rank), (E::Waitlisted, Some(1)));
    course.holds_together().await;

    let mut tx = course.t.app.begin(manager.actor).await.unwrap();
    let same = Box::pin(transfer(&mut tx, waits.id, None, there)).await.unwrap_err();
    assert!(matches!(same, EnrolmentError::Invalid(_)));
    let twice = Box::pin(transfer(&mut tx, rows[0].id, None, there)).await;
    assert!(matches!(twice, Err(EnrolmentError::Step(_))), "they went already");
}

#[tokio::test]
async fn who_had_left_comes_back_behind_those_who_wait() {
    let course = Course::of(1).await;
    let rows = course.enrol_all(&[1, 2, 3]).await.unwrap();
    course.leave(0).await;
    let manager = course.t.person(Role::Manager).await;
    let mut tx = course.t.app.begin(manager.actor.clone()).await.unwrap();
    let back = take_in(&mut tx, rows[0].id, None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((back.state, back.rank, back.ended_at, back.cause), (E::Waitlisted, Some(2), None, None));
    course.holds_together().await;
    let mut tx = course.t.app.begin(manager.actor).await.unwrap();
    assert!(matches!(take_in(&mut tx, rows[2].id, None).await, Err(EnrolmentError::Step(_))));
}
