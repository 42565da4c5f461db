//! A database per test: a copy of a migrated file, or of a migrated PostgreSQL template when `TEST_POSTGRES`
//! holds the URL of a cluster (`postgres://postgres@127.0.0.1:5433`).
//!
//! The template is made once for each build of the tests, whether they run as threads or as processes. A database goes
//! with the folder of its test: a thousand of them would fill the disk.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use parchemin::db::{Db, migrate};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use tokio::sync::OnceCell;
use uuid::Uuid;

static SQLITE_TEMPLATE: OnceCell<PathBuf> = OnceCell::const_new();
static POSTGRES_TEMPLATE: OnceCell<String> = OnceCell::const_new();
static POSTGRES_LEFT: Mutex<Vec<Left>> = Mutex::new(Vec::new());

/// A database of the cluster that is dropped once the folder of its test is gone.
struct Left {
    name: String,
    folder: PathBuf,
}

/// A migrated database that nothing else uses.
pub async fn fresh(folder: &Path) -> Db {
    if let Some(cluster) = cluster() {
        let template = POSTGRES_TEMPLATE.get_or_init(|| postgres_template(&cluster)).await;
        return postgres(&cluster, folder, &format!("TEMPLATE {template}")).await;
    }
    let template = SQLITE_TEMPLATE.get_or_init(sqlite_template).await;
    std::fs::copy(template, folder.join("parchemin.sqlite")).unwrap();
    sqlite(folder).await
}

/// A database without any table, that nothing else uses.
pub async fn blank(folder: &Path) -> Db {
    match cluster() {
        Some(cluster) => postgres(&cluster, folder, "").await,
        None => sqlite(folder).await,
    }
}

/// A blank database of the embedded kind, whatever the tests run on.
pub async fn sqlite(folder: &Path) -> Db {
    Db::open(&url(&folder.join("parchemin.sqlite")), false).await.unwrap()
}

/// The URL of a database of the cluster, for another process; none for an embedded one, which is in its folder.
pub async fn url_of(db: &Db) -> Option<String> {
    use sea_orm::Statement;
    if db.is_sqlite() {
        return None;
    }
    let name =
        Statement::from_string(db.read().get_database_backend(), "SELECT current_database()::text AS name");
    let row = db.read().query_one_raw(name).await.unwrap().unwrap();
    Some(format!("{}/{}", cluster().unwrap(), row.try_get::<String>("", "name").unwrap()))
}

#[expect(clippy::disallowed_methods, reason = "the tests are told here where to run")]
fn cluster() -> Option<String> {
    std::env::var("TEST_POSTGRES").ok().filter(|cluster| !cluster.is_empty())
}

fn url(path: &Path) -> String {
    format!("sqlite://{}?mode=rwc", path.display())
}

/// What distinguishes this build of the tests from others.
fn build() -> String {
    let program = std::fs::metadata(std::env::current_exe().unwrap()).unwrap();
    let age = program.modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap();
    format!("{}_{}", age.as_millis(), program.len())
}

async fn sqlite_template() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::create_dir_all(folder).unwrap();
    let ready = folder.join(format!("template_{}.sqlite", build()));
    if !ready.exists() {
        forget_other_builds(folder, &ready);
        let making = tempfile::tempdir_in(folder).unwrap();
        let file = making.path().join("template.sqlite");
        let db = Db::open(&url(&file), false).await.unwrap();
        migrate(&db).await.unwrap();
        db.bookkeeping().execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
        db.close().await.unwrap();
        std::fs::rename(file, &ready).unwrap();
    }
    ready
}

fn forget_other_builds(folder: &Path, ready: &Path) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("template_") && entry.path() != ready {
            drop(std::fs::remove_file(entry.path()));
        }
    }
}

async fn postgres_template(cluster: &str) -> String {
    let admin = administrator(cluster).await;
    let name = format!("template_{}", build());
    admin.execute_unprepared("SELECT pg_advisory_lock(1)").await.unwrap();
    let known = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    if admin
        .query_one_raw(sea_orm::Statement::from_string(admin.get_database_backend(), known))
        .await
        .unwrap()
        .is_none()
    {
        let making = format!("making_{}", Uuid::from_u128(u128::from(std::process::id())).simple());
        admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {making}")).await.unwrap();
        admin.execute_unprepared(&format!("CREATE DATABASE {making}")).await.unwrap();
        let db = Db::open(&format!("{cluster}/{making}"), false).await.unwrap();
        migrate(&db).await.unwrap();
        db.close().await.unwrap();
        admin.execute_unprepared(&format!("ALTER DATABASE {making} RENAME TO {name}")).await.unwrap();
    }
    admin.close().await.unwrap();
    name
}

/// One connection, so that the advisory lock ends with it.
async fn administrator(cluster: &str) -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(format!("{cluster}/postgres"));
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

async fn postgres(cluster: &str, folder: &Path, template: &str) -> Db {
    let admin = administrator(cluster).await;
    for ended in ended() {
        admin.execute_unprepared(&format!("DROP DATABASE {ended} WITH (FORCE)")).await.unwrap();
    }
    let name = format!("test_{}", name());
    admin.execute_unprepared(&format!("CREATE DATABASE {name} {template}")).await.unwrap();
    admin.close().await.unwrap();
    POSTGRES_LEFT.lock().unwrap().push(Left { name: name.clone(), folder: folder.to_owned() });
    Db::open(&format!("{cluster}/{name}"), false).await.unwrap()
}

/// Names of the databases whose test is over; each is told once.
fn ended() -> Vec<String> {
    let mut left = POSTGRES_LEFT.lock().unwrap();
    left.extract_if(.., |one| !one.folder.exists()).map(|one| one.name).collect()
}

#[expect(
    clippy::disallowed_methods,
    reason = "a name that no other test has, before there is an application"
)]
fn name() -> String {
    Uuid::now_v7().simple().to_string()
}
