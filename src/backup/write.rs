//! Making a copy.

use std::path::Path;

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, QueryResult};
use sha2::Digest;
use time::format_description::well_known::Rfc3339;

use super::BackupError;
use super::archive::Writer;
use super::manifest::{FORMAT, FileEntry, Manifest, NAME, TableEntry};
use super::row;
use crate::app::App;
use crate::db::tables::{Kind, Table, tables};
use crate::db::{self, migration_status};
use crate::storage::StorageError;

/// Rows read at once.
const BATCH: u64 = 500;

/// What a copy holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Rows of all tables.
    pub rows: u64,
    /// Documents.
    pub documents: usize,
    /// SHA-256 of documents that the database names and the store did not give.
    pub missing: Vec<String>,
    /// Size of the file, in bytes.
    pub size: u64,
}

/// Copies everything to a new file, at one instant, while others write.
///
/// # Errors
/// When the file exists, or something cannot be read or written; no file is left then.
pub async fn write(app: &App, target: &Path) -> Result<Written, BackupError> {
    let mut file = Writer::begin(target)?;
    match fill(app, &mut file).await {
        Ok(manifest) => Ok(Written {
            rows: manifest.tables.iter().map(|table| table.rows).sum(),
            documents: manifest.documents.len(),
            missing: manifest.missing,
            size: file.finish()?,
        }),
        Err(error) => {
            file.forget();
            Err(error)
        }
    }
}

async fn fill(app: &App, file: &mut Writer) -> Result<Manifest, BackupError> {
    let steps = migration_status(&app.db).await?;
    let mut manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: app.now().format(&Rfc3339).unwrap_or_default(),
        database: app.db.kind().to_owned(),
        migrations: steps.into_iter().filter(|step| step.applied).map(|step| step.name).collect(),
        tables: Vec::new(),
        documents: Vec::new(),
        keys: Vec::new(),
        missing: Vec::new(),
    };
    let snapshot = db::snapshot(&app.db).await?;
    for table in tables() {
        manifest.tables.push(add_table(&snapshot, file, table).await?);
    }
    let documents = referenced_documents(&snapshot).await?;
    snapshot.rollback().await?;
    for hash in documents {
        let place = if add_document(app, file, &hash).await? {
            &mut manifest.documents
        } else {
            &mut manifest.missing
        };
        place.push(hex::encode(hash));
    }
    manifest.keys = add_keys(app, file)?;
    let text =
        serde_json::to_vec_pretty(&manifest).map_err(|error| BackupError::altered(error.to_string()))?;
    file.add(NAME, &text)?;
    Ok(manifest)
}

async fn add_table(
    snapshot: &DatabaseTransaction,
    file: &mut Writer,
    table: Table,
) -> Result<TableEntry, BackupError> {
    let mut lines = file.lines()?;
    let mut after = None;
    loop {
        let rows = snapshot.query_all(&batch(&table, after.take())).await?;
        for row in &rows {
            lines.push(&row::to_json(row, &table.columns)?.to_string())?;
        }
        match rows.last() {
            Some(last) if rows.len() as u64 == BATCH => after = Some(key_of(last, &table)?),
            _ => break,
        }
    }
    let rows = lines.count;
    let sha256 = file.add_lines(&format!("tables/{}.jsonl", table.name), lines)?;
    Ok(TableEntry { name: table.name, columns: table.columns, rows, sha256 })
}

fn batch(table: &Table, after: Option<sea_orm::Value>) -> SelectStatement {
    let mut select = Query::select();
    select.columns(table.columns.iter().map(|column| column.name.clone())).from(table.name.clone());
    if let Some(after) = after {
        select.and_where(Expr::col(table.key.clone()).gt(Expr::value(after)));
    }
    select.order_by(table.key.clone(), Order::Asc).limit(BATCH).take()
}

fn key_of(row: &QueryResult, table: &Table) -> Result<sea_orm::Value, DbErr> {
    let kind = table.columns.iter().find(|column| column.name == table.key).map(|column| column.kind);
    Ok(match kind {
        Some(Kind::Uuid) => row.try_get::<uuid::Uuid>("", &table.key)?.into(),
        Some(Kind::Bigint) => row.try_get::<i64>("", &table.key)?.into(),
        _ => row.try_get::<String>("", &table.key)?.into(),
    })
}

async fn referenced_documents(snapshot: &DatabaseTransaction) -> Result<Vec<Vec<u8>>, DbErr> {
    let hashes =
        Query::select().distinct().column("sha256").from("document").order_by("sha256", Order::Asc).take();
    snapshot.query_all(&hashes).await?.iter().map(|row| row.try_get("", "sha256")).collect()
}

/// Whether the store had the document.
async fn add_document(app: &App, file: &mut Writer, hash: &[u8]) -> Result<bool, BackupError> {
    let content = match app.storage.get(hash).await {
        Ok(content) => content,
        Err(StorageError::Store(object_store::Error::NotFound { .. }) | StorageError::Altered(_)) => {
            return Ok(false);
        }
        Err(error) => return Err(error.into()),
    };
    file.add(&format!("documents/{}", hex::encode(hash)), &content)?;
    Ok(true)
}

fn add_keys(app: &App, file: &mut Writer) -> Result<Vec<FileEntry>, BackupError> {
    let folder = app.data_path("keys");
    let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(Vec::new()) };
    let mut paths: Vec<_> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.sort();
    let add = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let content = std::fs::read(&path).map_err(BackupError::file(&path))?;
        file.add(&format!("keys/{name}"), &content)?;
        Ok(FileEntry { name, sha256: hex::encode(sha2::Sha256::digest(&content)) })
    };
    paths.into_iter().map(add).collect()
}
