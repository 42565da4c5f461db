//! Where ties are known from: one file for each kind of data.
//!
//! A source reads tables and tells ties; it decides nothing. Its ties are those of the people and structures of a
//! [`Scope`], whatever their dates.

mod controlled;
mod declared;
mod employed;
mod missions;

pub(super) use missions::read as missions;

use sea_orm::ConnectionTrait;

use super::ledger::{Known, Scope};
use crate::db;

/// The ties that every source tells.
///
/// # Errors
/// What the database answers.
pub(super) async fn all(conn: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Known>, db::Error> {
    let mut known = declared::read(conn, scope).await?;
    known.extend(employed::read(conn, scope).await?);
    known.extend(controlled::read(conn, scope).await?);
    known.extend(missions::read(conn, scope).await?);
    Ok(known)
}
