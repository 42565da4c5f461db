//! The journal: what everybody did, in an order that cannot be changed unseen.
//!
//! Other parts write it through `db::Tx::record`; the sealer (`worker::seal`) gives each event its place in a Merkle
//! tree (RFC 9162) and signs the head. This feature reads it, verifies it, exports it, proves it.
//!
//! - Permissions: `journal:view`, `journal:export`, `journal:erase`, and `journal:seal` for the program.
//! - Events: `journal.exported`, `journal.verified`, `journal.personal_erased`, `journal.head_sent`,
//!   `journal.key_rotated` (written by the sealer).
//! - Screens: `/journal`, `/journal/hors-ligne`. Commands: `journal verify`, `journal export`.
//! - By itself: the head by mail and a verification, once a day.
//!
//! Personal values are not in the events: they stand beside, tied by salted hash, so that they can be erased and the
//! chain still verifies.

pub mod actions;
pub mod alone;
pub mod api;
pub mod chain;
pub mod cli;
pub mod divergence;
pub mod error;
pub mod events;
pub mod export;
pub mod file;
pub mod jobs;
pub mod labels;
pub mod proof;
pub mod queries;
pub mod shapes;
pub mod verify;
mod walk;
pub mod web;

pub use actions::{Erase, erase_personal};
pub use divergence::{Divergence, Kind, Outcome, Place, Report};
pub use error::JournalError;
pub use verify::{Since, verify};
pub use walk::newest_seal;
