//! The changes that a person may make to a mail.

mod retry;

pub use retry::retry;
