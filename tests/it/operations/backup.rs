//! A copy holds everything, is refused when it was touched, and comes back on either database.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use entity::account_role::Role;
use parchemin::app::{App, SystemClock};
use parchemin::backup::{self, BackupError};
use parchemin::config::Config;
use parchemin::db::tables::tables;
use parchemin::db::{Db, holds_rows, migrate};
use parchemin::mailer::Mailer;
use parchemin::storage::Storage;
use sea_orm::{ConnectionTrait, Statement};

use crate::support::TestApp;
use crate::support::database::{blank, sqlite};

#[tokio::test]
async fn a_copy_comes_back_whole() {
    let (t, file) = copied().await;
    let target = tempfile::tempdir().unwrap();
    let restored = app(target.path(), blank(target.path()).await);
    let report = backup::restore(&restored, &file.path).await.unwrap();
    assert_eq!(report.documents, 1);
    assert_eq!(report.missing, [hex::encode([7; 32])]);
    assert_same(&t.app, &restored, &file).await;
}

#[tokio::test]
async fn a_copy_of_any_database_comes_back_in_sqlite() {
    let (t, file) = copied().await;
    let target = tempfile::tempdir().unwrap();
    let restored = app(target.path(), sqlite(target.path()).await);
    backup::restore(&restored, &file.path).await.unwrap();
    assert_same(&t.app, &restored, &file).await;
}

#[tokio::test]
async fn a_copy_of_sqlite_comes_back_in_the_database_of_the_tests() {
    let origin = tempfile::tempdir().unwrap();
    let source = app(origin.path(), sqlite(origin.path()).await);
    migrate(&source.db).await.unwrap();
    furnish(&source).await;
    let file = File::in_folder(origin.path());
    backup::write(&source, &file.path).await.unwrap();
    let target = tempfile::tempdir().unwrap();
    let restored = app(target.path(), blank(target.path()).await);
    backup::restore(&restored, &file.path).await.unwrap();
    assert_same(&source, &restored, &file).await;
}

#[tokio::test]
async fn an_installation_in_use_is_never_overwritten() {
    let (t, file) = copied().await;
    let before = rows(&t.app.db).await;
    let refusal = backup::restore(&t.app, &file.path).await.unwrap_err();
    assert!(matches!(refusal, BackupError::NotEmpty(_)), "{refusal}");
    assert_eq!(rows(&t.app.db).await, before);
}

#[tokio::test]
async fn an_existing_file_is_never_overwritten() {
    let (t, file) = copied().await;
    let refusal = backup::write(&t.app, &file.path).await.unwrap_err();
    assert!(matches!(refusal, BackupError::Exists(_)), "{refusal}");
}

#[tokio::test]
async fn a_copy_that_was_cut_or_changed_restores_nothing() {
    let (_t, file) = copied().await;
    let whole = std::fs::read(&file.path).unwrap();
    let mut changed = whole.clone();
    let place = changed.windows(4).position(|bytes| bytes == b"Zo\xc3\xa9").unwrap();
    changed[place] = b'X';
    for (name, content) in
        [("cut", &whole[..whole.len() / 2]), ("changed", &changed[..]), ("other", b"bonjour")]
    {
        let path = file.path.with_extension(name);
        std::fs::write(&path, content).unwrap();
        let target = tempfile::tempdir().unwrap();
        let restored = app(target.path(), blank(target.path()).await);
        let refusal = backup::restore(&restored, &path).await.unwrap_err();
        assert!(matches!(refusal, BackupError::Altered(_)), "{name}: {refusal}");
        assert!(!target.path().join("keys").exists());
        migrate(&restored.db).await.unwrap();
        assert!(!holds_rows(&restored.db).await.unwrap());
    }
}

/// The file of a copy, and the folder that goes with it.
struct File {
    path: PathBuf,
    _folder: Option<tempfile::TempDir>,
}

impl File {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { path: folder.path().join("copy.tar"), _folder: Some(folder) }
    }

    fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join("copy.tar"), _folder: None }
    }
}

/// An application with people, a document, a document whose content is lost, a key, and its copy.
async fn copied() -> (TestApp, File) {
    let t = TestApp::new().await;
    t.person(Role::Manager).await;
    t.person(Role::Auditor).await;
    furnish(&t.app).await;
    let file = File::new();
    let written = backup::write(&t.app, &file.path).await.unwrap();
    assert_eq!((written.documents, written.missing.len()), (1, 1));
    assert!(written.rows >= 8, "{} rows", written.rows);
    (t, file)
}

/// Rows of every kind of column: identifiers, texts, bytes, days, JSON, booleans, nothing.
async fn furnish(app: &App) {
    let hash = app.storage.put(b"un document".to_vec()).await.unwrap();
    std::fs::create_dir_all(app.data_path("keys")).unwrap();
    std::fs::write(app.data_path("keys/essai.key"), "clé").unwrap();
    let blob = |bytes: &[u8]| {
        if app.db.is_sqlite() {
            format!("x'{}'", hex::encode(bytes))
        } else {
            format!("'\\x{}'", hex::encode(bytes))
        }
    };
    let id = |n: u8| {
        let id = uuid::Uuid::from_bytes([n; 16]);
        if app.db.is_sqlite() { format!("x'{}'", id.simple()) } else { format!("'{id}'") }
    };
    let document = |n: u8, hash: &[u8]| {
        format!(
            "INSERT INTO document VALUES ({}, {}, 11, 'text/plain', 'essai.txt', 'other', 'structure', {}, 'Essai', false, '', NULL, 1)",
            id(n),
            blob(hash),
            id(9)
        )
    };
    let statements = [
        document(1, &hash),
        document(2, &[7; 32]),
        format!("INSERT INTO certification VALUES ({}, 'CQP-1', 'Court', 'Long')", id(3)),
        format!(
            "INSERT INTO certification_version VALUES ({}, {}, 'v1', 'Titre « long »', '2024-02-29', NULL, '2030-12-31', 1)",
            id(4),
            id(3)
        ),
        r#"INSERT INTO setting VALUES ('essai', '{"a":[1,null,"é"],"b":"texte"}', 1, 1, NULL)"#.to_owned(),
        "INSERT INTO setting VALUES ('nul', 'null', 1, 1, NULL)".to_owned(),
        "INSERT INTO number_series VALUES ('AGR-2026', 42)".to_owned(),
    ];
    for statement in statements {
        app.db.bookkeeping().execute_unprepared(&statement).await.unwrap();
    }
}

fn app(folder: &Path, db: Db) -> Arc<App> {
    let config = Config { data_dir: folder.to_owned(), ..Config::default() };
    let storage = Storage::from_config(&config).unwrap();
    App::new(config, db, storage, Mailer::memory(), Arc::new(SystemClock))
}

/// The copy of the copy says the same as the copy: same rows, documents and keys.
async fn assert_same(origin: &Arc<App>, restored: &Arc<App>, file: &File) {
    assert_eq!(rows(&restored.db).await, rows(&origin.db).await);
    let again = file.path.with_extension("again");
    backup::write(restored, &again).await.unwrap();
    assert_eq!(entries(&again), entries(&file.path));
}

async fn rows(db: &Db) -> Vec<(String, i64)> {
    let mut counts = Vec::new();
    for table in tables() {
        let count = format!("SELECT count(*) AS rows FROM {}", table.name);
        let count = Statement::from_string(db.read().get_database_backend(), count);
        let row = db.read().query_one_raw(count).await.unwrap().unwrap();
        counts.push((table.name, row.try_get::<i64>("", "rows").unwrap()));
    }
    counts
}

/// Every entry but the manifest, which tells the date and the database.
fn entries(path: &Path) -> Vec<(String, String)> {
    use std::io::Read;
    let mut archive = tar::Archive::new(std::fs::File::open(path).unwrap());
    let mut found = Vec::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().to_string_lossy().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if name != "manifest.json" {
            found.push((name, String::from_utf8_lossy(&content).into_owned()));
        }
    }
    found
}
