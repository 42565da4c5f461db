//! The one door by which a file that somebody sends enters the store: what it is by its content, then what the antivirus
//! says of it, then only its place. A file that could not be looked at is not kept.

use std::sync::Arc;

use entity::document;
use sea_orm::{ActiveModelTrait, DbErr, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::StorageError;
use super::content::{self, ContentError, FileKind};
use super::issued::About;
use super::scan::Verdict;
use crate::app::App;
use crate::authz::{Actor, Denied, Facts, Permission};
use crate::db::{self, Tx};
use crate::events::{DocumentRef, DomainEvent, Subject};

/// A file checked, looked at and in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// What it really is.
    pub kind: FileKind,
    /// SHA-256 of its content.
    pub sha256: Vec<u8>,
    /// Its size, in bytes.
    pub size: i64,
}

/// Why a file did not enter.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// The file is refused.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The store is away.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// What was found could not be recorded.
    #[error(transparent)]
    Below(#[from] db::Error),
}

/// Checks a file, shows it to the antivirus when there is one, and keeps it. Slow: before any transaction.
///
/// # Errors
/// A file that is refused, or that could not be looked at; a store that does not answer.
pub async fn receive(
    app: &Arc<App>,
    actor: &Actor,
    file_name: &str,
    content: Vec<u8>,
) -> Result<Received, ReceiveError> {
    let kind = content::check(file_name, &content)?;
    if let Some(scanner) = &app.scanner {
        let verdict = scanner.scan(&content).await.map_err(|error| {
            tracing::error!(%error, "a file could not be scanned");
            ContentError::Unscanned
        })?;
        if let Verdict::Infected(virus) = verdict {
            record(app, actor, file_name, &content, &virus).await?;
            return Err(ContentError::Infected(virus).into());
        }
    }
    let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
    let sha256 = app.storage.put(content).await?;
    Ok(Received { kind, sha256, size })
}

/// A file in the store that becomes one of the documents of a thing.
#[derive(Clone, Copy, Debug)]
pub struct Attached<'a> {
    /// What it is, `piece:P02`.
    pub kind: &'a str,
    /// French title.
    pub title: &'a str,
    /// Name of the file, as sent.
    pub file_name: &'a str,
    /// SHA-256 of its content.
    pub sha256: &'a [u8],
    /// Its size, in bytes.
    pub size: i64,
    /// What it really is.
    pub media_type: &'a str,
}

/// Keeps the file among the documents of a thing, in the name of the actor.
///
/// # Errors
/// What the database answers.
pub async fn attach(
    tx: &Tx,
    (subject_kind, subject_id): About,
    file: Attached<'_>,
) -> Result<DocumentRef, DbErr> {
    let row = document::Model {
        id: tx.new_id(),
        sha256: file.sha256.to_vec(),
        size: file.size,
        media_type: file.media_type.to_owned(),
        file_name: file.file_name.to_owned(),
        kind: file.kind.to_owned(),
        subject_kind: subject_kind.to_owned(),
        subject_id,
        title: file.title.to_owned(),
        generated: false,
        template: String::new(),
        created_by: tx.actor().account_id(),
        created_at: tx.instant(),
    };
    let kept = DocumentRef { id: row.id, sha256: hex::encode(&row.sha256) };
    document::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(kept)
}

/// Writes in the journal who sent what; the request itself is refused, so its idempotency key stays free.
async fn record(
    app: &Arc<App>,
    actor: &Actor,
    file_name: &str,
    content: &[u8],
    virus: &str,
) -> Result<(), db::Error> {
    let account = actor.account_id().ok_or(Denied::Anonymous)?;
    let mut tx = app.begin(Actor { idempotency: None, ..actor.clone() }).await?;
    let own = Facts { account: Some(account), ..Facts::default() };
    let grant = tx.authorize(Permission::AccountSelf, &own)?;
    let sha256 = hex::encode(Sha256::digest(content));
    tx.record(&grant, &Infected { account: account.into(), file_name, sha256, virus }).await?;
    tx.commit().await
}

/// Somebody sent an infected file; it was refused.
struct Infected<'a> {
    account: Uuid,
    file_name: &'a str,
    sha256: String,
    virus: &'a str,
}

impl DomainEvent for Infected<'_> {
    fn name(&self) -> &'static str {
        "file.infected"
    }

    fn code(&self) -> &'static str {
        "FILE_INFECTED"
    }

    fn subject(&self) -> Subject {
        Subject::new("account", self.account, self.account.to_string())
    }

    fn payload(&self) -> Value {
        json!({ "sha256": self.sha256, "virus": self.virus })
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        vec![("file", self.file_name.to_owned())]
    }
}
