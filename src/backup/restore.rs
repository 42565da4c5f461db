//! Bringing a copy back into an empty installation.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use sea_orm::sea_query::Query;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use sha2::{Digest, Sha256};

use super::manifest::{FORMAT, Manifest, NAME, TableEntry};
use super::{BackupError, archive, row};
use crate::app::App;
use crate::db::{self, migration_status};

/// Rows written at once: the widest table stays under the parameters that a statement may have.
const BATCH: usize = 200;

/// Tables that a trigger of the database fills from others: emptied before their own rows come.
const FILLED_BY_TRIGGER: [&str; 1] = ["audit_pending"];

type Entry<'a> = tar::Entry<'a, BufReader<File>>;

/// What was brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// When the copy was made, RFC 3339.
    pub made_at: String,
    /// Rows of all tables.
    pub rows: u64,
    /// Documents.
    pub documents: usize,
    /// SHA-256 of documents that the copy already lacked.
    pub missing: Vec<String>,
}

/// A copy that is whole and is what it says.
#[derive(Debug)]
pub struct Checked(Manifest);

/// Checks the whole file, before anything is made where it would be restored.
///
/// # Errors
/// When the copy is not intact or too new.
pub fn check(source: &Path) -> Result<Checked, BackupError> {
    verify(source).map(Checked)
}

/// Checks the whole file, then fills an empty installation from it, all or nothing.
///
/// # Errors
/// Those of [`check`] and of [`restore_checked`].
pub async fn restore(app: &App, source: &Path) -> Result<Restored, BackupError> {
    restore_checked(app, source, check(source)?).await
}

/// Fills an empty installation from a copy that was checked, all or nothing.
///
/// The schema is first that of the copy, then that of this program. The journal is left to be verified.
///
/// # Errors
/// When the copy is too new, the target is not empty, or something cannot be written.
pub async fn restore_checked(app: &App, source: &Path, copy: Checked) -> Result<Restored, BackupError> {
    let Checked(manifest) = copy;
    make_room(app, &manifest).await?;
    let rows = db::begin_bookkeeping(&app.db).await?;
    let mut archive = archive::open(source)?;
    for entry in archive.entries().map_err(archive::unreadable)? {
        bring_back(app, &rows, &manifest, entry.map_err(archive::unreadable)?).await?;
    }
    rows.commit().await?;
    db::migrate(&app.db).await?;
    Ok(Restored {
        made_at: manifest.made_at,
        rows: manifest.tables.iter().map(|table| table.rows).sum(),
        documents: manifest.documents.len(),
        missing: manifest.missing,
    })
}

/// The manifest, once every entry is what it says, and nothing is missing or added.
fn verify(source: &Path) -> Result<Manifest, BackupError> {
    let mut found = BTreeMap::new();
    let mut manifest = None;
    let mut archive = archive::open(source)?;
    for entry in archive.entries().map_err(archive::unreadable)? {
        let mut entry = entry.map_err(archive::unreadable)?;
        let name = archive::name_of(&entry);
        if name == NAME {
            let mut text = Vec::new();
            entry.read_to_end(&mut text).map_err(archive::unreadable)?;
            manifest = Some(read_manifest(&text)?);
        } else {
            found.insert(name, hash(&mut entry)?);
        }
    }
    let manifest = manifest
        .ok_or_else(|| BackupError::altered("elle n’a pas de manifeste, la copie a été interrompue"))?;
    for (name, sha256) in promised(&manifest) {
        match found.remove(&name) {
            Some(actual) if actual == sha256 => {}
            Some(_) => return Err(BackupError::altered(format!("{name} a changé"))),
            None => return Err(BackupError::altered(format!("{name} manque"))),
        }
    }
    match found.keys().next() {
        Some(name) => Err(BackupError::altered(format!("{name} a été ajouté"))),
        None => Ok(manifest),
    }
}

fn read_manifest(text: &[u8]) -> Result<Manifest, BackupError> {
    let format =
        serde_json::from_slice::<serde_json::Value>(text).ok().and_then(|value| value["format"].as_u64());
    if format.is_some_and(|format| format > u64::from(FORMAT)) {
        return Err(BackupError::Newer(format!("format {}", format.unwrap_or_default())));
    }
    serde_json::from_slice(text)
        .map_err(|error| BackupError::altered(format!("manifeste illisible, {error}")))
}

fn promised(manifest: &Manifest) -> impl Iterator<Item = (String, String)> + '_ {
    let tables =
        manifest.tables.iter().map(|table| (format!("tables/{}.jsonl", table.name), table.sha256.clone()));
    let documents = manifest.documents.iter().map(|hash| (format!("documents/{hash}"), hash.clone()));
    let keys = manifest.keys.iter().map(|key| (format!("keys/{}", key.name), key.sha256.clone()));
    tables.chain(documents).chain(keys)
}

fn hash(content: &mut impl Read) -> Result<String, BackupError> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match content.read(&mut buffer).map_err(archive::unreadable)? {
            0 => return Ok(hex::encode(hash.finalize())),
            read => hash.update(&buffer[..read]),
        }
    }
}

/// Refuses a target that holds something, and gives it the schema of the copy.
async fn make_room(app: &App, manifest: &Manifest) -> Result<(), BackupError> {
    let keys = app.data_path("keys");
    if std::fs::read_dir(&keys).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(BackupError::NotEmpty(format!("{} contient des clés", keys.display())));
    }
    let steps = migration_status(&app.db).await?;
    let unknown = manifest
        .migrations
        .iter()
        .enumerate()
        .find(|(at, name)| steps.get(*at).is_none_or(|step| step.name != **name));
    if let Some((_, name)) = unknown {
        return Err(BackupError::Newer(format!("{}, étape {name}", manifest.program)));
    }
    let applied = steps.iter().filter(|step| step.applied).count();
    if applied == steps.len() && db::holds_rows(&app.db).await? {
        return Err(BackupError::NotEmpty("la base contient des données".to_owned()));
    }
    if applied > 0 && applied != manifest.migrations.len() {
        return Err(BackupError::NotEmpty("la base a déjà un schéma, d’une autre version".to_owned()));
    }
    Ok(db::migrate_up_to(&app.db, manifest.migrations.len()).await?)
}

async fn bring_back(
    app: &App,
    rows: &DatabaseTransaction,
    manifest: &Manifest,
    mut entry: Entry<'_>,
) -> Result<(), BackupError> {
    let name = archive::name_of(&entry);
    match name.split_once('/') {
        Some(("tables", file)) => {
            let table = manifest.tables.iter().find(|table| file.strip_suffix(".jsonl") == Some(&table.name));
            let table = table.ok_or_else(|| BackupError::altered(format!("{name} a été ajouté")))?;
            fill_table(rows, table, entry).await
        }
        Some(("documents", _)) => {
            let mut content = Vec::new();
            entry.read_to_end(&mut content).map_err(archive::unreadable)?;
            app.storage.put(content).await?;
            Ok(())
        }
        Some(("keys", _)) => {
            let folder = app.data_path("keys");
            std::fs::create_dir_all(&folder).map_err(BackupError::file(&folder))?;
            // `unpack_in` refuses a name that leaves the folder, and keeps the mode 0600 of the entry.
            entry.unpack_in(&app.config.data_dir).map_err(BackupError::file(&folder))?;
            Ok(())
        }
        _ => Ok(()),
    }
}

async fn fill_table(
    rows: &DatabaseTransaction,
    table: &TableEntry,
    entry: Entry<'_>,
) -> Result<(), BackupError> {
    if FILLED_BY_TRIGGER.contains(&table.name.as_str()) {
        rows.execute(Query::delete().from_table(table.name.clone())).await?;
    }
    let mut lines = BufReader::new(entry).lines();
    let strange = || BackupError::altered(format!("une ligne de {} n’a pas la forme attendue", table.name));
    loop {
        let batch: Vec<String> =
            lines.by_ref().take(BATCH).collect::<Result<_, _>>().map_err(archive::unreadable)?;
        if batch.is_empty() {
            return Ok(());
        }
        let mut insert = Query::insert();
        insert.into_table(table.name.clone()).columns(table.columns.iter().map(|column| column.name.clone()));
        for line in &batch {
            insert
                .values(row::from_json(line, &table.columns).ok_or_else(strange)?)
                .map_err(|_| strange())?;
        }
        rows.execute(&insert).await?;
    }
}
