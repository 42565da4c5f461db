//! What the outbox remembers: each address handed over, and where each mail stands.
//!
//! A mail is marked only by the process that still holds it: the count of attempts, raised by each claim, is the
//! proof. A process that lost its lease marks nothing.

use std::time::Duration;

use entity::mail::{self, MailState};
use entity::mail_delivery::{self, DeliveryState};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, UpdateMany};
use time::OffsetDateTime;

use crate::app::App;

/// Waits between the attempts, in minutes; 48 hours in all after the first one.
const WAITS: [i64; 12] = [1, 5, 15, 30, 60, 120, 240, 480, 480, 480, 480, 480];

/// Why a mail did not leave, in the words shown to the team beside it.
const KEPT: &str = "Chaque destinataire a choisi de le lire dans son récapitulatif du jour ou sur la page de ses notifications.";
/// Why a mail waits, in the words shown to the team beside it.
const QUIET: &str = "Heures calmes à l’endroit où vit le destinataire.";

/// How a mail ends an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Every address was accepted.
    Sent(String),
    /// The condition of the mail does not hold any more.
    Skipped,
    /// Nobody is written to: each recipient reads it in their digest or on their page of notifications.
    Kept,
    /// It is quiet where the others live: they are written to then.
    Quiet(OffsetDateTime),
    /// Some addresses must be tried again.
    Later(String),
    /// Somebody must look at it.
    Failed(String),
    /// The relay was away, or the process stops: as if this attempt had not been.
    Released(Option<String>),
}

/// Writes where the mail stands.
pub(super) async fn settle(app: &App, mail: &mail::Model, outcome: Outcome) -> Result<(), DbErr> {
    use mail::Column;
    let now = app.now();
    let set = |state: MailState, answer: Option<String>| {
        let update = held(mail)
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::LeaseUntil, Expr::value(None::<entity::Instant>));
        match answer {
            Some(answer) => update.col_expr(Column::Answer, Expr::value(answer)),
            None => update,
        }
    };
    let update = match outcome {
        Outcome::Sent(answer) => set(MailState::Sent, Some(answer))
            .col_expr(Column::SentAt, Expr::value(entity::Instant::from(now))),
        Outcome::Skipped => set(MailState::Skipped, None),
        Outcome::Kept => set(MailState::Skipped, Some(KEPT.to_owned())),
        // Waiting is no attempt.
        Outcome::Quiet(until) => set(MailState::Pending, Some(QUIET.to_owned()))
            .col_expr(Column::DueAt, Expr::value(entity::Instant::from(until)))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(1)),
        Outcome::Later(answer) => match wait(mail.attempts) {
            Some(wait) => set(MailState::Pending, Some(answer))
                .col_expr(Column::DueAt, Expr::value(entity::Instant::from(now + wait))),
            None => set(MailState::Failed, Some(answer)),
        },
        Outcome::Failed(answer) => set(MailState::Failed, Some(answer)),
        Outcome::Released(answer) => {
            set(MailState::Pending, answer).col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(1))
        }
    };
    update.exec(app.db.bookkeeping()).await.map(|_| ())
}

/// Keeps the mail for a while longer; says whether it is still ours.
pub(super) async fn renew(app: &App, mail: &mail::Model, lease: Duration) -> Result<bool, DbErr> {
    let until = entity::Instant::from(app.now() + lease);
    let renewed =
        held(mail).col_expr(mail::Column::LeaseUntil, Expr::value(until)).exec(app.db.bookkeeping()).await?;
    Ok(renewed.rows_affected == 1)
}

/// Remembers what the relay said of an address.
pub(super) async fn delivery(
    app: &App,
    mail: &mail::Model,
    address: &str,
    message_id: String,
    (state, answer): (DeliveryState, String),
) -> Result<(), DbErr> {
    use mail_delivery::{Column, Entity};
    let row = mail_delivery::ActiveModel {
        id: Set(app.new_id().into()),
        mail_id: Set(mail.id),
        address: Set(address.to_owned()),
        message_id: Set(message_id),
        state: Set(state),
        answer: Set(Some(answer)),
        at: Set(app.now().into()),
    };
    let again = OnConflict::columns([Column::MailId, Column::Address])
        .update_columns([Column::State, Column::Answer, Column::At])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(app.db.bookkeeping()).await?;
    Ok(())
}

fn held(mail: &mail::Model) -> UpdateMany<mail::Entity> {
    mail::Entity::update_many()
        .filter(mail::Column::Id.eq(mail.id))
        .filter(mail::Column::State.eq(MailState::Sending))
        .filter(mail::Column::Attempts.eq(mail.attempts))
}

/// The wait after so many attempts; none when 48 hours have gone.
fn wait(attempts: i32) -> Option<time::Duration> {
    let done = usize::try_from(attempts).unwrap_or_default().max(1);
    WAITS.get(done - 1).copied().map(time::Duration::minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_go_on_for_48_hours() {
        let total: i64 = WAITS.iter().sum();
        assert!((47 * 60..=48 * 60).contains(&total), "{total} minutes");
        assert_eq!(wait(1), Some(time::Duration::minutes(1)));
        assert_eq!(wait(12), Some(time::Duration::hours(8)));
        assert_eq!(wait(13), None);
    }
}
