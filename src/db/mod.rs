//! How we write and read: two pools, one transaction type, claims, pages and search.

mod claim;
mod connect;
mod due;
pub mod idempotency;
mod numbers;
mod page;
mod past;
mod places;
mod reading;
mod search;
pub mod tables;
mod tx;
mod whole;

pub use claim::{claim_jobs, claim_mails, release_lease, take_lease};
pub use connect::{Db, MigrationStep, PoolUse, migrate, migration_status, pending_migrations};
pub use due::DueRun;
pub use numbers::{next_number, next_number_ever};
pub use page::{Cursor, Page, PageRequest, keyset, keyset_latest};
pub use past::{end_in_paris, states_on};
pub use places::{structure_of_request, zones_of};
pub use reading::{List, Reading, Taken, record_reading, record_taken};
pub use search::{contains_words, either_contains_words, shows_words};
pub use tables::holds_rows;
pub use tx::Tx;
pub(crate) use tx::begin_bookkeeping;
pub use whole::{migrate_up_to, snapshot};

use sea_orm::{DbErr, RuntimeErr, SqlErr};

use crate::authz::Denied;
use crate::error::{DomainError, ErrorKind, INTERNAL_DETAIL};

/// What can go wrong below a feature.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database answered an error.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// The actor may not do it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// A transaction wanted to commit without an event: a programming error that must not pass.
    #[error("a transaction was committed without any recorded event")]
    NothingRecorded,
    /// A text could not be rendered.
    #[error("template {name}: {source}")]
    Template {
        /// Name of the template.
        name: String,
        /// What the engine says.
        source: minijinja::Error,
    },
    /// A value could not be turned into canonical JSON.
    #[error("json: {0}")]
    Json(#[from] serde_json::Error),
    /// A row that makes no sense.
    #[error("inconsistent row in {table} ({id}): {what}")]
    Inconsistent {
        /// Table of the row.
        table: &'static str,
        /// Its key.
        id: String,
        /// What is wrong.
        what: &'static str,
    },
    /// The same request was already executed under this idempotency key.
    #[error("idempotency key already used")]
    AlreadyExecuted,
}

impl Error {
    /// Whether the database refused because of a unique constraint.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Database(error) if is_unique_violation(error))
    }

    /// Whether a named constraint or trigger of the schema refused the write.
    #[must_use]
    pub fn breaks(&self, constraint: &str) -> bool {
        matches!(self, Self::Database(error) if breaks(error, constraint))
    }
}

/// Whether the database refused because of a unique constraint.
#[must_use]
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Whether the constraint or trigger of that name refused the write, on either database.
#[must_use]
pub fn breaks(error: &DbErr, constraint: &str) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return false;
    };
    error
        .as_database_error()
        .is_some_and(|error| error.constraint() == Some(constraint) || error.message().contains(constraint))
}

impl DomainError for Error {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Denied(denied) => denied.kind(),
            Self::Database(DbErr::ConnectionAcquire(_)) => ErrorKind::Unavailable,
            Self::AlreadyExecuted => ErrorKind::Conflict,
            _ => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Denied(denied) => denied.code(),
            Self::Database(DbErr::ConnectionAcquire(_)) => "database-busy",
            Self::AlreadyExecuted => "already-executed",
            _ => "internal",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Denied(denied) => denied.detail(),
            Self::AlreadyExecuted => "Cette demande a déjà été exécutée.".to_owned(),
            _ => INTERNAL_DETAIL.to_owned(),
        }
    }
}
