//! The sealer: gives each committed event its place in the Merkle tree and signs the head.
//!
//! Every event waits in `audit_pending`, where a trigger puts it: events become visible in the order of their
//! commits, not of their keys, so "greater than the last key sealed" would lose some. One process at a time seals,
//! by lease; the primary keys of leaves and seals make a second one fail without harm.
//!
//! Rules that the verification relies on: leaves and the seal that covers them are written in one transaction, so
//! that no leaf is without a seal; between two seals the leaves are in the order of the keys of their events.
//!
//! An event whose content does not give its recorded hash is never sealed: it stays pending, is logged, and
//! `journal verify` names it.

mod batch;
pub mod keys;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use entity::audit_event;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::app::App;
use crate::db;
use crate::error::{DomainError, ErrorKind, INTERNAL_DETAIL};
use crate::events::{EventLine, Seal};
use crate::rules::merkle::Hash;
use keys::{JournalKey, KeyError};

/// Name of the lease.
const LEASE: &str = "journal.seal";
/// How long a process that stopped abruptly keeps the others waiting.
const TERM: Duration = Duration::from_secs(1);
/// How often to look for events of other processes.
const LOOK: Duration = Duration::from_millis(500);
/// At least this long between two seals, so that events that arrive together share one.
const GAP: Duration = Duration::from_millis(200);
/// No event waits longer for a signed head, whatever process dies: at worst the leader dies as it takes its lease, and
/// another one has just looked when that lease ends. What is left of it is for the seal itself.
const PROMISED: Duration = Duration::from_secs(2);

const _: () = assert!(TERM.as_millis() + GAP.as_millis() + LOOK.as_millis() + 200 < PROMISED.as_millis());

/// Why the journal could not be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key cannot be read or made.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The newest seal does not stand: nothing is built on it.
    #[error("the seal of {0} events does not stand; run the verification of the journal")]
    BrokenHead(i64),
    /// Another process registered another key.
    #[error("the key {0} was retired by another process")]
    Retired(String),
}

impl From<sea_orm::DbErr> for SealError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

impl From<serde_json::Error> for SealError {
    fn from(error: serde_json::Error) -> Self {
        Self::Database(error.into())
    }
}

impl DomainError for SealError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Database(error) => error.kind(),
            _ => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        "not-sealed"
    }

    fn detail(&self) -> String {
        INTERNAL_DETAIL.to_owned()
    }
}

/// Seals for one process.
pub struct Sealer {
    app: Arc<App>,
    key: JournalKey,
    registered: bool,
    refused: HashSet<Uuid>,
}

impl Sealer {
    /// A sealer with the key of this program, made when there is none.
    ///
    /// # Errors
    /// [`KeyError`].
    pub async fn new(app: Arc<App>) -> Result<Self, SealError> {
        let key = JournalKey::of(&app).await?;
        Ok(Self { app, key, registered: false, refused: HashSet::new() })
    }

    /// Seals everything that waits, by batches. Gives the last seal made, or none when nothing waited or when
    /// another process seals.
    ///
    /// # Errors
    /// [`SealError`]; what was sealed before stays sealed.
    pub async fn seal(&mut self) -> Result<Option<Seal>, SealError> {
        let (mut made, mut after) = (None, None);
        loop {
            let rows = batch::pending(&self.app.db, after).await?;
            let Some(last) = rows.last() else { return Ok(made) };
            after = Some(last.id);
            let entries: Vec<_> = rows.iter().filter_map(|row| Some((row.id, self.sound(row)?))).collect();
            if entries.is_empty() {
                continue;
            }
            if !self.lead().await? {
                return Ok(made);
            }
            match batch::append(&self.app, &self.key, &entries).await {
                Ok(Some(seal)) => made = Some(seal),
                Ok(None) => return Ok(made),
                Err(error) => {
                    self.registered = false;
                    return Err(error);
                }
            }
        }
    }

    /// Lets another process seal.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn release(&self) -> Result<(), SealError> {
        Ok(db::release_lease(&self.app.db, LEASE, self.app.instance()).await?)
    }

    async fn lead(&mut self) -> Result<bool, SealError> {
        let app = &self.app;
        if !db::take_lease(&app.db, LEASE, app.instance(), app.now(), TERM).await? {
            return Ok(false);
        }
        if !self.registered {
            keys::register(app, &self.key).await?;
            self.registered = true;
        }
        Ok(true)
    }

    /// The leaf hash of an event, if its content gives the hash recorded with it.
    fn sound(&mut self, row: &audit_event::Model) -> Option<Hash> {
        let hash = EventLine::from_row(row).and_then(|line| line.leaf_hash()).ok();
        let hash = hash.filter(|hash| row.hash == hash);
        if hash.is_none() && self.refused.insert(row.id.0) {
            tracing::error!(event = %row.id, "event not sealed: its content does not give its hash");
        }
        hash
    }
}

/// Seals everything that waits, once: for commands, tests and the end of a process.
///
/// # Errors
/// [`SealError`].
pub async fn seal_now(app: &Arc<App>) -> Result<Option<Seal>, SealError> {
    let mut sealer = Sealer::new(Arc::clone(app)).await?;
    let sealed = sealer.seal().await;
    sealer.release().await?;
    sealed
}

/// Seals until told to stop, then once more. A failure is logged and tried again.
pub async fn run(app: Arc<App>, stop: CancellationToken) {
    let mut sealer = None;
    while !stop.is_cancelled() {
        tokio::select! {
            () = stop.cancelled() => {}
            () = app.wake.seal.notified() => {}
            () = sleep(LOOK) => {}
        }
        pass(&app, &mut sealer).await;
        if !stop.is_cancelled() {
            sleep(GAP).await;
        }
    }
    if let Some(sealer) = sealer {
        log(sealer.release().await);
    }
}

/// One pass; the key is read again after a failure to read it.
async fn pass(app: &Arc<App>, kept: &mut Option<Sealer>) {
    if kept.is_none() {
        match Sealer::new(Arc::clone(app)).await {
            Ok(sealer) => *kept = Some(sealer),
            Err(error) => return log::<()>(Err(error)),
        }
    }
    if let Some(sealer) = kept {
        log(sealer.seal().await);
    }
}

fn log<T>(result: Result<T, SealError>) {
    if let Err(error) = result {
        tracing::error!(%error, "sealing the journal");
    }
}
