//! The database as a whole, for copies: one instant to read it, one transaction to fill an empty one.
//!
//! Neither is an act of the domain, so neither goes through [`super::Tx`].

use sea_orm::{
    AccessMode, DatabaseTransaction, DbErr, IsolationLevel, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use super::Db;

/// The whole database at one instant, while others write: a read-only transaction that blocks nobody.
///
/// # Errors
/// What the database answers.
pub async fn snapshot(db: &Db) -> Result<DatabaseTransaction, DbErr> {
    let options = if db.is_sqlite() {
        TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
            ..Default::default()
        }
    } else {
        TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..Default::default()
        }
    };
    begin(db.read(), options).await
}

/// A transaction that fills an empty database.
///
/// # Errors
/// What the database answers.
pub async fn refill(db: &Db) -> Result<DatabaseTransaction, DbErr> {
    let mode = db.is_sqlite().then_some(SqliteTransactionMode::Immediate);
    begin(db.bookkeeping(), TransactionOptions { sqlite_transaction_mode: mode, ..Default::default() }).await
}

#[expect(clippy::disallowed_methods, reason = "copies read and fill the database outside any act")]
async fn begin(
    connection: &sea_orm::DatabaseConnection,
    options: TransactionOptions,
) -> Result<DatabaseTransaction, DbErr> {
    connection.begin_with_options(options).await
}

/// Applies the first migrations, `count` of them, to a database that has none or some of them.
///
/// # Errors
/// What the database answers.
pub async fn migrate_up_to(db: &Db, count: usize) -> Result<(), DbErr> {
    let applied = super::migration_status(db).await?.iter().filter(|step| step.applied).count();
    let missing = u32::try_from(count.saturating_sub(applied)).unwrap_or(u32::MAX);
    if missing == 0 {
        return Ok(());
    }
    migration::Migrator::up(db.bookkeeping(), Some(missing)).await
}
