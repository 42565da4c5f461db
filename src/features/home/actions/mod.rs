//! Writes past figures, and gives the table away as a file.

mod export_activity;
mod import_history;

pub use export_activity::export_activity;
pub use import_history::import_history;
