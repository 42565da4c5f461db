//! What a copy says of itself.

use serde::{Deserialize, Serialize};

use crate::db::tables::Column;

/// Number of the layout of the file; another number is not read.
pub(super) const FORMAT: u32 = 1;
/// Name of the manifest in the file.
pub(super) const NAME: &str = "manifest.json";

/// The last entry of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// See [`FORMAT`].
    pub(super) format: u32,
    /// Version of the program.
    pub(super) program: String,
    /// RFC 3339.
    pub(super) made_at: String,
    /// `sqlite` or `postgresql`, for information.
    pub(super) database: String,
    /// The steps of the schema, oldest first.
    pub(super) migrations: Vec<String>,
    /// The tables, each after those it refers to.
    pub(super) tables: Vec<TableEntry>,
    /// SHA-256 of the documents, which is their name.
    pub(super) documents: Vec<String>,
    /// The keys.
    pub(super) keys: Vec<FileEntry>,
    /// SHA-256 of documents that the database names and the store did not give.
    pub(super) missing: Vec<String>,
}

/// One table.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableEntry {
    /// Its name.
    pub(super) name: String,
    /// Its columns, in the order of the values of a row.
    pub(super) columns: Vec<Column>,
    /// How many rows.
    pub(super) rows: u64,
    /// SHA-256 of its entry.
    pub(super) sha256: String,
}

/// One file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileEntry {
    /// Its name.
    pub(super) name: String,
    /// SHA-256 of its content.
    pub(super) sha256: String,
}
