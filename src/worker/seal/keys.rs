//! The key that signs the journal: a PKCS#8 PEM file, made at first start or given by the configuration.
//!
//! Programs that share a database must share the key: `journal_key_file` names it. A program that starts with
//! another key retires the former one, and the journal says so.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use entity::{audit_key, audit_seal};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::SealError;
use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::events::{DomainEvent, Subject, key_id};

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("journal key {path}: {source}")]
    File {
        /// Where it is.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file holds no Ed25519 key.
    #[error("journal key {0}: not an Ed25519 key in PKCS#8 PEM")]
    Malformed(PathBuf),
}

/// The key of this program.
pub struct JournalKey {
    key: SigningKey,
    id: String,
}

impl JournalKey {
    /// The key of the configuration: the file it names, or the one of the data folder, made when missing.
    ///
    /// # Errors
    /// [`KeyError`].
    pub async fn of(app: &App) -> Result<Self, KeyError> {
        let given = app.config.journal_key_file.clone();
        let path = given.clone().unwrap_or_else(|| app.data_path("keys/journal.pem"));
        let (at, seed) = (path.clone(), given.is_none().then(|| app.random_bytes::<32>()));
        let key = tokio::task::spawn_blocking(move || match seed {
            Some(seed) => read_or_make(&at, &seed),
            None => read(&at),
        });
        let key = key.await;
        let key = key.map_err(|error| KeyError::File { path, source: std::io::Error::other(error) })??;
        Ok(Self { id: key_id(key.verifying_key().as_bytes()), key })
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The half that signs.
    #[must_use]
    pub fn signing(&self) -> &SigningKey {
        &self.key
    }
}

fn read(path: &Path) -> Result<SigningKey, KeyError> {
    let pem =
        std::fs::read_to_string(path).map_err(|source| KeyError::File { path: path.to_owned(), source })?;
    SigningKey::from_pkcs8_pem(&pem).map_err(|_| KeyError::Malformed(path.to_owned()))
}

fn read_or_make(path: &Path, seed: &[u8; 32]) -> Result<SigningKey, KeyError> {
    if !path.exists() {
        make(path, seed).map_err(|source| KeyError::File { path: path.to_owned(), source })?;
    }
    read(path)
}

/// Writes a new key beside, then gives it its name unless another process was first: nobody reads half a key.
fn make(path: &Path, seed: &[u8; 32]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let key = SigningKey::from_bytes(seed);
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(std::io::Error::other)?;
    let draft = folder.join(format!("{}.new", key_id(key.verifying_key().as_bytes()).replace(':', "-")));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(pem.as_bytes())?;
    file.sync_all()?;
    let named = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match named {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Makes this key the one in use. The first key of a journal is simply written; a later one retires the former, and
/// this is an event.
///
/// # Errors
/// What the database answers.
pub(super) async fn register(app: &Arc<App>, key: &JournalKey) -> Result<(), SealError> {
    let rows =
        audit_key::Entity::find().order_by_asc(audit_key::Column::CreatedAt).all(app.db.read()).await?;
    let in_use: Vec<_> =
        rows.iter().filter(|row| row.retired_at.is_none()).map(|row| row.key_id.as_str()).collect();
    if in_use == [key.id()] {
        return Ok(());
    }
    if rows.is_empty() {
        let first = insert(key, app.now().into());
        first.exec_without_returning(app.db.bookkeeping()).await?;
        return Ok(());
    }
    let former: Vec<String> = in_use.into_iter().filter(|id| *id != key.id()).map(str::to_owned).collect();
    tracing::warn!(key = key.id(), ?former, "another key signs the journal from now on");
    rotate(app, key, former).await
}

fn insert(key: &JournalKey, now: entity::Instant) -> sea_orm::Insert<audit_key::ActiveModel> {
    let row = audit_key::ActiveModel {
        key_id: Set(key.id().to_owned()),
        public_key: Set(key.key.verifying_key().to_bytes().to_vec()),
        created_at: Set(now),
        retired_at: Set(None),
    };
    let back =
        OnConflict::column(audit_key::Column::KeyId).update_column(audit_key::Column::RetiredAt).to_owned();
    audit_key::Entity::insert(row).on_conflict(back)
}

async fn rotate(app: &Arc<App>, key: &JournalKey, former: Vec<String>) -> Result<(), SealError> {
    let mut tx = app.begin(Actor::system("journal.seal")).await?;
    let grant = tx.authorize(Permission::JournalSeal, &Facts::default()).map_err(crate::db::Error::from)?;
    // Clocks of two machines may disagree: the former key is retired after what it signed.
    let newest =
        audit_seal::Entity::find().order_by_desc(audit_seal::Column::TreeSize).one(tx.conn()).await?;
    let retired = newest.map_or(tx.now(), |seal| (*seal.signed_at).max(tx.now()));
    audit_key::Entity::update_many()
        .col_expr(audit_key::Column::RetiredAt, Expr::value(entity::Instant::from(retired)))
        .filter(audit_key::Column::RetiredAt.is_null())
        .filter(audit_key::Column::KeyId.ne(key.id()))
        .exec(tx.conn())
        .await?;
    insert(key, tx.instant()).exec_without_returning(tx.conn()).await?;
    tx.record(&grant, &KeyRotated { former, key_id: key.id().to_owned() }).await?;
    Ok(tx.commit().await?)
}

/// Another key signs from now on.
struct KeyRotated {
    former: Vec<String>,
    key_id: String,
}

impl DomainEvent for KeyRotated {
    fn name(&self) -> &'static str {
        "journal.key_rotated"
    }

    fn code(&self) -> &'static str {
        "JOURNAL_KEY_ROTATED"
    }

    fn subject(&self) -> Subject {
        Subject::new("journal", Uuid::nil(), self.key_id.clone())
    }

    fn payload(&self) -> Value {
        json!({ "former": self.former, "key_id": self.key_id })
    }
}
