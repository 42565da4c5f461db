//! From a URL to the pools, with what each database needs to be safe.

use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend, DbErr};
use sea_orm_migration::{MigrationStatus, MigratorTrait};

/// Readers of the embedded database; the writer is alone.
const SQLITE_READERS: u32 = 4;
/// How much of the file readers share with the cache of the system instead of copying it page by page; what lies
/// beyond is read as usual.
const SQLITE_MAPPED_BYTES: &str = "1073741824";
const POSTGRES_CONNECTIONS: u32 = 12;
/// How long an act waits for its turn: two hundred people who enrol at once, on one writer and a slow disk, are all served.
const PATIENCE: Duration = Duration::from_secs(30);
/// Looks at an embedded database that another process holds, each after the five seconds of the driver.
const LOCKED_LOOKS: u32 = 12;
/// Pause between two of them, for what the driver does not wait for.
const LOCKED_PAUSE: Duration = Duration::from_millis(250);
/// Number of the advisory lock that is held while migrating.
const MIGRATION_LOCK: i64 = 0x5041_5243_4845_4d49;

/// The two handles of a database: one that writes, one that reads. On PostgreSQL they are the same pool.
#[derive(Clone, Debug)]
pub struct Db {
    pub(super) write: DatabaseConnection,
    read: DatabaseConnection,
}

impl Db {
    /// Opens the database of a URL.
    ///
    /// `durable` asks SQLite to flush at every commit, so that an acknowledged act survives a power cut;
    /// only the demonstration and the tests do without.
    ///
    /// # Errors
    /// When the database cannot be reached or opened.
    pub async fn open(url: &str, durable: bool) -> Result<Self, DbErr> {
        if url.starts_with("sqlite") {
            Self::open_sqlite(url, durable).await
        } else {
            Self::open_postgres(url).await
        }
    }

    async fn open_sqlite(url: &str, durable: bool) -> Result<Self, DbErr> {
        let synchronous = if durable { SqliteSynchronous::Full } else { SqliteSynchronous::Normal };
        let mut write = options(url, 1);
        write.map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(true)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(synchronous)
                .busy_timeout(Duration::from_secs(5))
                .pragma("cache_size", "-16000")
        });
        let mut read = options(url, SQLITE_READERS);
        read.map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .pragma("query_only", "ON")
                .pragma("mmap_size", SQLITE_MAPPED_BYTES)
        });
        let write = patiently(|| Database::connect(write.clone())).await?;
        Ok(Self { write, read: patiently(|| Database::connect(read.clone())).await? })
    }

    async fn open_postgres(url: &str) -> Result<Self, DbErr> {
        let pool = Database::connect(options(url, POSTGRES_CONNECTIONS)).await?;
        Ok(Self { write: pool.clone(), read: pool })
    }

    /// The handle for reads outside a transaction.
    #[must_use]
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// The handle for the rare writes that are no act of the domain: leases, delivery marks, session dates.
    #[must_use]
    pub fn bookkeeping(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Whether this is the embedded database.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.write.get_database_backend() == DbBackend::Sqlite
    }

    /// The connections of this process, pool by pool.
    #[must_use]
    pub fn pools(&self) -> Vec<PoolUse> {
        if self.is_sqlite() {
            let (write, read) =
                (self.write.get_sqlite_connection_pool(), self.read.get_sqlite_connection_pool());
            vec![
                PoolUse::new("write", write.size(), write.num_idle()),
                PoolUse::new("read", read.size(), read.num_idle()),
            ]
        } else {
            let pool = self.write.get_postgres_connection_pool();
            vec![PoolUse::new("all", pool.size(), pool.num_idle())]
        }
    }

    /// Its name, for a log.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        if self.is_sqlite() { "sqlite" } else { "postgresql" }
    }

    /// Closes both pools.
    ///
    /// # Errors
    /// What the driver answers.
    pub async fn close(self) -> Result<(), DbErr> {
        self.read.close().await?;
        self.write.close().await
    }
}

/// How a pool is used at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolUse {
    /// Its name.
    pub name: &'static str,
    /// Connections that wait for work.
    pub idle: usize,
    /// Connections at work.
    pub used: usize,
}

impl PoolUse {
    fn new(name: &'static str, size: u32, idle: usize) -> Self {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        Self { name, idle, used: size.saturating_sub(idle) }
    }
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).acquire_timeout(PATIENCE).sqlx_logging(false);
    options
}

/// Applies the missing migrations, one process at a time.
///
/// PostgreSQL takes an advisory lock held by the session that migrates. SQLite has a single writer: each step is one
/// transaction, so whoever comes second to a step waits for it or fails on it, keeps nothing, and looks again.
///
/// # Errors
/// What the database answers.
pub async fn migrate(db: &Db) -> Result<(), DbErr> {
    if db.is_sqlite() {
        return migrate_sqlite(db).await;
    }
    let pool = db.write.get_postgres_connection_pool();
    let mut guard =
        pool.acquire().await.map_err(|error| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(error.into())))?;
    let lock = |sql: &'static str| sea_orm::sqlx::query(sql).bind(MIGRATION_LOCK);
    let failed = |error: sea_orm::sqlx::Error| DbErr::Exec(sea_orm::RuntimeErr::SqlxError(error.into()));
    lock("SELECT pg_advisory_lock($1)").execute(&mut *guard).await.map_err(failed)?;
    let migrated = migration::Migrator::up(&db.write, None).await;
    lock("SELECT pg_advisory_unlock($1)").execute(&mut *guard).await.map_err(failed)?;
    migrated
}

/// The error of a step that nobody else applied meanwhile is its own, and is given back.
async fn migrate_sqlite(db: &Db) -> Result<(), DbErr> {
    let mut before = pending_migrations(db).await?;
    loop {
        let Err(error) = patiently(|| migration::Migrator::up(&db.write, None)).await else { return Ok(()) };
        let left = pending_migrations(db).await?;
        if left == before {
            return Err(error);
        }
        tracing::info!(left = left.len(), "another process is migrating");
        before = left;
    }
}

/// Does it again while another process holds the whole file of the embedded database, up to [`LOCKED_LOOKS`] times.
async fn patiently<T, F>(attempt: impl Fn() -> F) -> Result<T, DbErr>
where
    F: Future<Output = Result<T, DbErr>>,
{
    for _ in 1..LOCKED_LOOKS {
        match attempt().await {
            Err(error) if is_locked(&error) => tokio::time::sleep(LOCKED_PAUSE).await,
            done => return done,
        }
    }
    attempt().await
}

/// `SQLITE_BUSY` and its kin: somebody else writes.
fn is_locked(error: &DbErr) -> bool {
    error.to_string().contains("database is locked")
}

/// One step of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationStep {
    /// Its name, `m20261101_000001_create_accounts`.
    pub name: String,
    /// Whether the database has it.
    pub applied: bool,
}

/// Every step that this program knows, oldest first. Writes nothing.
///
/// # Errors
/// What the database answers, or a step that this program does not know.
pub async fn migration_status(db: &Db) -> Result<Vec<MigrationStep>, DbErr> {
    let steps = migration::Migrator::get_migration_with_status_read_only(db.read()).await?;
    let step = |step: &sea_orm_migration::Migration| MigrationStep {
        name: step.name().to_owned(),
        applied: step.status() == MigrationStatus::Applied,
    };
    Ok(steps.iter().map(step).collect())
}

/// The names of the steps that the database lacks.
///
/// # Errors
/// As [`migration_status`].
pub async fn pending_migrations(db: &Db) -> Result<Vec<String>, DbErr> {
    let missing = migration_status(db).await?.into_iter().filter(|step| !step.applied);
    Ok(missing.map(|step| step.name).collect())
}
