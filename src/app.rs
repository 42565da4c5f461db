//! What every part of the program shares. The only place that reads the clock, makes an identifier or draws chance.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use rand::Rng;
use time::OffsetDateTime;
use tokio::sync::Notify;
use uuid::{ContextV7, Timestamp, Uuid};

use crate::authz::{Actor, Attempts};
use crate::config::Config;
use crate::db::{self, Db, Tx};
use crate::keys::Keys;
use crate::mailer::Mailer;
use crate::memory::Memory;
use crate::render::mail::MailTemplates;
use crate::storage::Storage;
use crate::storage::scan::Scanner;
use crate::telemetry::metrics::Metrics;

/// The clock, handed in so that tests decide what time it is.
pub trait Clock: Send + Sync {
    /// The present instant, in UTC.
    fn now(&self) -> OffsetDateTime;
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}

/// Wakes the workers of this process after a commit; those of other processes look every two seconds.
#[derive(Clone, Default)]
pub struct Wake {
    /// The mail worker.
    pub mail: Arc<Notify>,
    /// The job worker.
    pub jobs: Arc<Notify>,
    /// The sealer of the journal.
    pub seal: Arc<Notify>,
}

impl Wake {
    /// Wakes them all.
    pub fn all(&self) {
        self.mail.notify_one();
        self.jobs.notify_one();
        self.seal.notify_one();
    }
}

/// What every request, worker and command shares.
pub struct App {
    /// Configuration as read at start.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// Documents.
    pub storage: Storage,
    /// The antivirus that looks at received files; none = they are not looked at.
    pub scanner: Option<Scanner>,
    /// Texts of the mails.
    pub mails: MailTemplates,
    /// How mails leave.
    pub mailer: Mailer,
    /// Wakes the workers.
    pub wake: Wake,
    /// Failed attempts to sign in.
    pub attempts: Attempts,
    pub(crate) keys: Keys,
    /// What is counted.
    pub metrics: Metrics,
    /// What parts keep in memory between requests.
    pub memory: Memory,
    commits: AtomicU64,
    /// Every migration was seen in the database.
    pub(crate) schema_known: AtomicBool,
    clock: Arc<dyn Clock>,
    ids: Mutex<ContextV7>,
    instance: Uuid,
}

impl App {
    /// Gathers the parts.
    #[must_use]
    pub fn new(config: Config, db: Db, storage: Storage, mailer: Mailer, clock: Arc<dyn Clock>) -> Arc<Self> {
        let mails = MailTemplates::new(&config);
        let keys = Keys::of(&config.data_dir);
        let scanner = config.clamd.as_deref().map(Scanner::at);
        Arc::new(Self {
            config,
            db,
            storage,
            scanner,
            mails,
            mailer,
            wake: Wake::default(),
            schema_known: AtomicBool::new(false),
            instance: Uuid::from_bytes(rand::random()),
            attempts: Attempts::default(),
            keys,
            metrics: Metrics::default(),
            memory: Memory::default(),
            commits: AtomicU64::new(0),
            clock,
            ids: Mutex::new(ContextV7::new()),
        })
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    /// The civil day of the certifier, in Paris.
    #[must_use]
    pub fn today(&self) -> time::Date {
        let now = self.now();
        crate::rules::deadline::day_in_zone(now, crate::rules::territory::PARIS)
    }

    /// A new UUID version 7, greater than every one this process made before.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place where identifiers are made")]
    pub fn new_id(&self) -> Uuid {
        let now = self.now();
        let seconds = u64::try_from(now.unix_timestamp()).unwrap_or_default();
        let context = self.ids.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Uuid::new_v7(Timestamp::from_unix(&*context, seconds, now.nanosecond()))
    }

    /// Tells this running program from the others that share the database: it holds the leases under this name.
    #[must_use]
    pub fn instance(&self) -> Uuid {
        self.instance
    }

    /// How many acts this process has committed: while it stays the same, nothing was changed from here.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// Notes that an act was committed.
    pub(crate) fn committed(&self) {
        self.commits.fetch_add(1, Ordering::Release);
    }

    /// Bytes of chance, for tokens and salts.
    #[must_use]
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        rand::rng().fill_bytes(&mut bytes);
        bytes
    }

    /// A token that a person or a program carries: 256 bits, safe in a URL.
    #[must_use]
    pub fn new_token(&self) -> String {
        use base64::Engine;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(self.random_bytes::<32>())
    }

    /// Begins an act.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn begin(self: &Arc<Self>, actor: Actor) -> Result<Tx, db::Error> {
        Tx::begin(Arc::clone(self), actor).await
    }

    /// Absolute address of a page.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.config.public_url.trim_end_matches('/'))
    }

    /// A place in the data folder.
    #[must_use]
    pub fn data_path(&self, name: &str) -> PathBuf {
        self.config.data_dir.join(name)
    }
}
