//! Writes past figures, gives the table away as a file, and shares out the tasks of the team.

mod export_activity;
mod follow;
mod import_history;

pub use export_activity::export_activity;
pub use follow::{bring_back, hand_over, postpone, release, take};
pub use import_history::import_history;
