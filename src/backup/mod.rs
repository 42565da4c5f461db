//! Copies of everything: one tar file with every row, every document and the keys, at one instant, while serving.
//!
//! Rows are JSON Lines that mean the same on both databases, so a copy of one is restored into the other. The
//! manifest comes last: a file that was cut has none, and is refused.
//!
//! ```text
//! tables/<table>.jsonl     one row a line
//! documents/<sha256>       what the documents hold
//! keys/<name>              the keys of the data folder
//! manifest.json            what is above, with its hashes, and the schema it was made with
//! ```

mod archive;
mod manifest;
mod restore;
mod row;
mod write;

use std::path::PathBuf;

pub use restore::{Checked, Restored, check, restore, restore_checked};
pub use write::{Written, write};

use crate::error::cause;
use crate::storage::StorageError;

/// Why a copy or its return failed. The texts are for the operator.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file exists.
    #[error("{} existe déjà : rien n’a été écrit. Donnez un autre nom.", .0.display())]
    Exists(PathBuf),
    /// A file cannot be read or written.
    #[error("{} : {}", path.display(), cause(source))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The database answered an error.
    #[error("base de données : {0}")]
    Database(#[from] sea_orm::DbErr),
    /// The document store answered an error.
    #[error("stockage des documents : {0}")]
    Storage(#[from] StorageError),
    /// The copy is not whole or not what it says.
    #[error("la sauvegarde n’est pas intacte : {0}. Prenez une autre sauvegarde ; rien n’a été restauré.")]
    Altered(String),
    /// The copy comes from a newer program.
    #[error(
        "la sauvegarde vient d’une version plus récente de Parchemin ({0}) : installez cette version, puis restaurez."
    )]
    Newer(String),
    /// The target holds something.
    #[error(
        "{0} : une restauration ne se fait que dans une installation vide, rien n’a été touché. Donnez une base neuve et un autre --data-dir."
    )]
    NotEmpty(String),
}

impl BackupError {
    fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    fn altered(what: impl Into<String>) -> Self {
        Self::Altered(what.into())
    }
}
