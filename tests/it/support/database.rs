//! A database per test: a copy of a migrated file, or of a migrated PostgreSQL template when `TEST_POSTGRES`
//! holds the URL of a cluster (`postgres://postgres@127.0.0.1:5433`).

use std::path::Path;

use parchemin::db::{Db, migrate};
use sea_orm::{ConnectionTrait, Database};
use tokio::sync::OnceCell;
use uuid::Uuid;

static SQLITE_TEMPLATE: OnceCell<tempfile::TempDir> = OnceCell::const_new();
static POSTGRES_TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// A migrated database that nothing else uses.
pub async fn fresh(folder: &Path) -> Db {
    match std::env::var("TEST_POSTGRES") {
        Ok(cluster) if !cluster.is_empty() => postgres(&cluster).await,
        _ => sqlite(folder).await,
    }
}

async fn sqlite(folder: &Path) -> Db {
    let template = SQLITE_TEMPLATE
        .get_or_init(|| async {
            let folder = tempfile::tempdir().unwrap();
            let db = Db::open(&url(&folder.path().join("template.sqlite")), false).await.unwrap();
            migrate(&db).await.unwrap();
            db.bookkeeping().execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
            db.close().await.unwrap();
            folder
        })
        .await;
    let copy = folder.join("parchemin.sqlite");
    std::fs::copy(template.path().join("template.sqlite"), &copy).unwrap();
    Db::open(&url(&copy), false).await.unwrap()
}

fn url(path: &Path) -> String {
    format!("sqlite://{}?mode=rwc", path.display())
}

async fn postgres(cluster: &str) -> Db {
    let admin = Database::connect(format!("{cluster}/postgres")).await.unwrap();
    let template = POSTGRES_TEMPLATE
        .get_or_init(|| async {
            let name = format!("template_{}", Uuid::now_v7().simple());
            admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
            let db = Db::open(&format!("{cluster}/{name}"), false).await.unwrap();
            migrate(&db).await.unwrap();
            db.close().await.unwrap();
            name
        })
        .await;
    let name = format!("test_{}", Uuid::now_v7().simple());
    admin.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.unwrap();
    admin.close().await.unwrap();
    Db::open(&format!("{cluster}/{name}"), false).await.unwrap()
}
