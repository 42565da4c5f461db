//! The changes that a person may make to work that failed.

mod redo;

pub use redo::redo;
