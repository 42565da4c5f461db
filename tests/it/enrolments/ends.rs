//! What ends an enrolment before its time, and what it costs.

use entity::account_role::Role;
use entity::enrolment::{self, EnrolmentCause, EnrolmentState as E};
use parchemin::features::enrolments::EnrolmentError;
use parchemin::features::enrolments::actions::{By, Cancellation, cancel};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::Duration;

use super::Course;

fn why(by: By) -> Cancellation {
    Cancellation { by, cause: EnrolmentCause::Employer, reason: "réorganisation".to_owned() }
}

impl Course {
    /// The contract was signed and its days to withdraw have passed.
    pub async fn confirmed(&self, rank: usize) -> enrolment::Model {
        let row = self.enrol(rank).await.unwrap();
        enrolment::Entity::update_many()
            .col_expr(enrolment::Column::State, Expr::value(E::Confirmed.word()))
            .filter(enrolment::Column::Id.eq(row.id))
            .exec(self.t.app.db.bookkeeping())
            .await
            .unwrap();
        self.row(row.id).await
    }

    async fn cancel(
        &self,
        row: &enrolment::Model,
        version: i32,
        by: By,
    ) -> Result<enrolment::Model, EnrolmentError> {
        let manager = self.t.person(Role::Manager).await;
        let mut tx = self.t.app.begin(manager.actor).await?;
        let done = cancel(&mut tx, row.id, Some(version), &why(by)).await;
        tx.conclude(done).await
    }
}

#[tokio::test]
async fn the_later_a_client_cancels_the_more_they_owe_and_a_certifier_asks_nothing() {
    for (days, by, fee) in
        [(20, By::Client, 0), (30, By::Client, 10_500), (38, By::Client, 21_000), (30, By::Provider, -1)]
    {
        let course = Course::of(2).await;
        let row = course.confirmed(1).await;
        course.t.advance(Duration::days(days));
        let ended = course.cancel(&row, row.version, by).await.unwrap();
        assert_eq!(ended.fee_cents.unwrap_or(-1), fee, "{days} {by:?}");
        assert_eq!(course.tally().await, (2, 0, 0));
        course.holds_together().await;
    }
}

#[tokio::test]
async fn nothing_is_owed_before_a_contract_and_a_stale_reading_is_refused() {
    let course = Course::of(1).await;
    let row = course.enrol(1).await.unwrap();
    let stale = course.cancel(&row, row.version + 1, By::Client).await;
    assert!(matches!(stale, Err(EnrolmentError::Stale)));
    let ended = course.cancel(&row, row.version, By::Client).await.unwrap();
    assert_eq!((ended.state, ended.fee_cents), (E::CancelledByClient, None));
    assert!(matches!(course.cancel(&ended, ended.version, By::Client).await, Err(EnrolmentError::Step(_))));
    let again = course.enrol(1).await.unwrap();
    assert_eq!((again.state, again.seq), (E::Held, 2));
}

#[tokio::test]
async fn a_certifier_who_is_late_cancels_only_what_nobody_could_help() {
    let course = Course::of(2).await;
    let row = course.confirmed(1).await;
    course.t.advance(Duration::days(38));
    let late = course.cancel(&row, row.version, By::Provider).await;
    assert!(matches!(late, Err(EnrolmentError::TooLate(_))), "{late:?}");
    assert_eq!(course.tally().await, (2, 1, 0));
    let manager = course.t.person(Role::Manager).await;
    let mut tx = course.t.app.begin(manager.actor).await.unwrap();
    let forced =
        Cancellation { by: By::Provider, cause: EnrolmentCause::ForceMajeure, reason: "cyclone".to_owned() };
    let ended = cancel(&mut tx, row.id, None, &forced).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((ended.state, ended.fee_cents), (E::CancelledByProvider, None));
}
