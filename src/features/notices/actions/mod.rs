//! The changes of notifications, one per file.

mod make_digest;
mod mark_read;
mod set_preferences;
mod unsubscribe;

pub use make_digest::make_digest;
pub use mark_read::mark_read;
pub use set_preferences::set_preferences;
pub use unsubscribe::unsubscribe;
