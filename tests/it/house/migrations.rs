//! The schema goes up, down and up again, and is the one that the tables of `entity` describe.

use std::collections::BTreeSet;

use migration::{Migrator, MigratorTrait};
use parchemin::db::tables::{Table, tables};
use parchemin::db::{Db, holds_rows, migrate, migration_status};
use sea_orm::{ConnectionTrait, Statement};

use crate::support::database::{blank, fresh, sqlite, url_of};

#[tokio::test]
async fn the_schema_goes_up_down_and_up_again() {
    let folder = tempfile::tempdir().unwrap();
    let db = blank(folder.path()).await;
    migrate(&db).await.unwrap();
    let first = schema(&db).await;
    Migrator::down(db.bookkeeping(), None).await.unwrap();
    assert_eq!(schema(&db).await, BTreeSet::new(), "left behind by the way down");
    migrate(&db).await.unwrap();
    assert_eq!(schema(&db).await, first);
    assert!(migration_status(&db).await.unwrap().iter().all(|step| step.applied));
}

#[tokio::test]
async fn every_column_of_the_database_is_in_its_entity_and_the_reverse() {
    let folder = tempfile::tempdir().unwrap();
    let db = fresh(folder.path()).await;
    let described: BTreeSet<_> = tables().iter().flat_map(columns).collect();
    assert_eq!(schema(&db).await, described);
}

#[tokio::test]
async fn a_migrated_database_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    assert!(!holds_rows(&fresh(folder.path()).await).await.unwrap());
}

#[tokio::test]
async fn migrating_twice_at_once_does_it_once() {
    let folder = tempfile::tempdir().unwrap();
    let db = blank(folder.path()).await;
    let other = match url_of(&db).await {
        Some(url) => Db::open(&url, false).await.unwrap(),
        None => sqlite(folder.path()).await,
    };
    let (first, second) = tokio::join!(migrate(&db), migrate(&other));
    first.unwrap();
    second.unwrap();
    assert!(migration_status(&db).await.unwrap().iter().all(|step| step.applied));
}

fn columns(table: &Table) -> Vec<String> {
    table.columns.iter().map(|column| format!("{}.{}", table.name, column.name)).collect()
}

/// `table.column` of everything that is not the register of the migrations.
async fn schema(db: &Db) -> BTreeSet<String> {
    let sql = if db.is_sqlite() {
        "SELECT m.name || '.' || c.name AS line FROM sqlite_master m JOIN pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'seaql_migrations'"
    } else {
        "SELECT table_name || '.' || column_name AS line FROM information_schema.columns \
         WHERE table_schema = 'public' AND table_name <> 'seaql_migrations'"
    };
    let statement = Statement::from_string(db.read().get_database_backend(), sql);
    let rows = db.read().query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get::<String>("", "line").unwrap()).collect()
}
