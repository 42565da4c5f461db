//! One SQL text for both databases: the few types that differ are placeholders.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Runs one SQL text with its types written for the database at hand.
///
/// # Errors
/// What the database answers.
pub(crate) async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let types: [(&str, &str); 3] = match manager.get_database_backend() {
        DbBackend::Sqlite => [("{uuid}", "blob"), ("{json}", "text"), ("{bytes}", "blob")],
        _ => [("{uuid}", "uuid"), ("{json}", "jsonb"), ("{bytes}", "bytea")],
    };
    let sql = types.iter().fold(sql.to_owned(), |sql, (placeholder, name)| sql.replace(placeholder, name));
    manager.get_connection().execute_unprepared(&sql).await.map(|_| ())
}

/// Whether the database is the embedded one.
pub(crate) fn is_sqlite(manager: &SchemaManager<'_>) -> bool {
    manager.get_database_backend() == DbBackend::Sqlite
}

/// Declares `Migration`: common SQL, or SQL per database, always in one transaction.
macro_rules! schema_step {
    (up: [$up:expr], down: [$down:expr]) => {
        schema_step!(sqlite: [$up, $down], postgres: [$up, $down]);
    };
    (sqlite: [$sqlite_up:expr, $sqlite_down:expr], postgres: [$postgres_up:expr, $postgres_down:expr]) => {
        /// See the module.
        #[derive(sea_orm_migration::prelude::DeriveMigrationName)]
        pub(crate) struct Migration;

        #[sea_orm_migration::async_trait::async_trait]
        impl sea_orm_migration::prelude::MigrationTrait for Migration {
            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }

            async fn up(
                &self,
                manager: &sea_orm_migration::prelude::SchemaManager,
            ) -> Result<(), sea_orm_migration::prelude::DbErr> {
                let sql = if crate::dialect::is_sqlite(manager) { $sqlite_up } else { $postgres_up };
                crate::dialect::run(manager, sql).await
            }

            async fn down(
                &self,
                manager: &sea_orm_migration::prelude::SchemaManager,
            ) -> Result<(), sea_orm_migration::prelude::DbErr> {
                let sql = if crate::dialect::is_sqlite(manager) { $sqlite_down } else { $postgres_down };
                crate::dialect::run(manager, sql).await
            }
        }
    };
}
pub(crate) use schema_step;
