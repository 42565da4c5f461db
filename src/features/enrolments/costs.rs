//! What a client owes who cancels (domain reference, 4.9): shown before it is confirmed, and written alike.

use entity::{enrolment, training_session};
use sea_orm::ConnectionTrait;
use time::Date;

use super::state::is_bound;
use crate::db;
use crate::features::settings;
use crate::rules::training::cancellation::client_fee;

/// What is owed by a client who cancels on a day, once a contract binds them and the days to withdraw have passed; nothing
/// before.
///
/// # Errors
/// What the database answers.
pub async fn owed(
    conn: &impl ConnectionTrait,
    row: &enrolment::Model,
    session: &training_session::Model,
    today: Date,
) -> Result<Option<i64>, db::Error> {
    let may_withdraw = row.withdrawal_until.is_some_and(|until| today <= until);
    let (Some(price), Some(starts_on)) = (row.price_cents, session.starts_on) else {
        return Ok(None);
    };
    if !is_bound(row.state) || may_withdraw {
        return Ok(None);
    }
    let rules = settings::cancellation_rules(conn).await?;
    Ok(Some(client_fee(price, today, starts_on, &rules).cents))
}
