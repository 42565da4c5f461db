//! The papers of training: what they must say, who signs them, who is called (domain reference, 4.4).
//!
//! A paper is gathered from a session ([`gather`]), checked against the mentions of its kind
//! (`rules::training::mentions`), frozen as canonical JSON and typeset by a job ([`documents`]). What lacks is told as a
//! list and nothing is issued: never a blank. « Fully signed » is computed from the required signatories, never stored. Whoever
//! has no account signs by a link ([`link`]). A version of the welcome booklet or of the house rules that is handed to
//! somebody is a paper of theirs too, so that it is known which one they had.
//!
//! The states are in [`state`]. Permissions: `paper:*`. Events: `paper.*`. Screens: `/papiers`,
//! `/sessions/{number}/papiers` and what is under it, `/signer/{token}`, `/papiers-recus/{token}`. What everybody is given is
//! kept by `programmes`.

pub mod actions;
pub mod api;
pub mod documents;
mod error;
mod events;
pub mod gather;
pub mod input;
pub mod jobs;
pub mod labels;
mod letters;
pub mod link;
pub mod queries;
pub mod record;
pub mod shapes;
pub mod state;
pub mod web;
pub mod wording;

pub use error::PaperError;
pub use record::Record;
