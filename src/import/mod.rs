//! Files that people bring: a table read from CSV or XLSX, its columns found by their French names, and what is
//! wrong, line by line. It knows no feature; each feature says its columns and what a row becomes.

mod columns;
mod error;
pub mod labels;
mod report;
mod suggest;
mod table;
mod xlsx;

pub use columns::{Column, Columns};
pub use error::TableError;
pub use report::{ImportRefused, LineFault, Options, Report};
pub use suggest::{nearest, suggest};
pub use table::{Row, Table, read_table};
