//! The changes of a right. Those of `change` and `hold` are parts of the acts of other features: each takes the
//! transaction and the grant of the act, and records nothing, since the act does. Those of `record` are whole acts.

mod change;
mod hold;
mod record;

pub use change::{close, end, grace, make_room, prolong, resume, shorten, start, suspend, void};
pub(super) use change::{locked, save};
pub use hold::{NewRight, await_turn, hold, succeed};
pub(super) use record::facts;
pub use record::{by_hand, cut_short, record, take_back};
