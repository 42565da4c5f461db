//! The changes of a right. They are parts of the acts of other features: each takes the transaction and the grant of
//! the act, and records nothing, since the act does.

mod change;
mod hold;

pub use change::{close, end, grace, prolong, resume, start, suspend, void};
pub(super) use change::{locked, save};
pub use hold::{NewRight, hold, succeed};
