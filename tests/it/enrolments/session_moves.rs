//! What a session that is cancelled, postponed or dated again makes of its people.

use entity::enrolment::{self, EnrolmentState as E};
use entity::training_session::{self, SessionState};
use parchemin::features::enrolments::actions::session_moves::follow;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Course, states};

impl Course {
    async fn session_is(&self, state: SessionState) {
        training_session::Entity::update_many()
            .col_expr(training_session::Column::State, Expr::value(state.word()))
            .filter(training_session::Column::Id.eq(self.session))
            .exec(self.t.app.db.bookkeeping())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn everybody_of_a_cancelled_session_is_told_once_and_owes_nothing() {
    let course = Course::of(2).await;
    course.enrol_all(&[1, 2, 3]).await.unwrap();
    assert_eq!(follow(&course.t.app, course.session).await.unwrap(), 0, "it is held");
    course.session_is(SessionState::Cancelled).await;
    course.t.effects().await;
    assert_eq!(follow(&course.t.app, course.session).await.unwrap(), 3);
    assert_eq!(follow(&course.t.app, course.session).await.unwrap(), 0);
    assert_eq!(course.t.effects().await.mails, ["enrolment-cancelled"; 3]);
    let everybody = course.everybody().await;
    assert_eq!(states(&everybody), [E::CancelledByProvider; 3]);
    assert!(everybody.iter().all(|one| one.fee_cents.is_none()));
    assert_eq!(course.tally().await, (2, 0, 0));
    course.holds_together().await;
}

#[tokio::test]
async fn everybody_of_a_session_dated_again_comes_back_in_the_same_order() {
    let course = Course::of(2).await;
    course.enrol_all(&[1, 2, 3]).await.unwrap();
    course.session_is(SessionState::Postponed).await;
    assert_eq!(follow(&course.t.app, course.session).await.unwrap(), 3);
    assert_eq!(states(&course.everybody().await), [E::Postponed; 3]);
    assert_eq!(course.tally().await, (2, 0, 0));
    course.session_is(SessionState::Open).await;
    assert_eq!(follow(&course.t.app, course.session).await.unwrap(), 3);
    assert_eq!(states(&course.everybody().await), [E::Held, E::Held, E::Waitlisted]);
    course.holds_together().await;
}

#[tokio::test]
async fn whoever_was_there_has_followed_a_session_that_ends() {
    let course = Course::of(3).await;
    let people = course.enrol_all(&[1, 2]).await.unwrap();
    enrolment::Entity::update_many()
        .col_expr(enrolment::Column::State, Expr::value(E::Present.word()))
        .filter(enrolment::Column::Id.eq(people[0].id))
        .exec(course.t.app.db.bookkeeping())
        .await
        .unwrap();
    course.session_is(SessionState::Ended).await;
    assert_eq!(follow(&course.t.app, course.session).await.unwrap(), 1);
    assert_eq!(states(&course.everybody().await), [E::Completed, E::Held]);
    assert_eq!(follow(&course.t.app, course.session).await.unwrap(), 0);
}
