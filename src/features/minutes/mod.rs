//! Minutes of juries and what follows them: signatures, control, validation, publication, appeals (domain reference, 1.7
//! S15 to S21, 1.9 and 1.11).
//!
//! When a deliberation is closed, everything that the reference asks of minutes is gathered ([`gather`]) and frozen as
//! canonical JSON ([`content`]): its SHA-256 is what members sign and what the seal is drawn from. Frozen minutes never
//! change: a correction is a new row that names the first, signed again by the same jury. Whoever sat signs on the tablet
//! with a one-time code received by mail, or from their own account, or refuses with a reason; « everybody signed » is
//! computed from the frozen list of members. Somebody of the certifier who did not sit checks, a manager validates, and
//! the publication moves the candidates, delivers the certificates and writes the letters in one transaction.
//!
//! The states are those of the session (`juries::state`); this feature makes the acts S15 to S21. The minutes of a jury
//! without quorum are written by a job of the event S11. Of an adaptation, only that there was one is kept.
//!
//! Permissions: `minutes:*`, `appeal:*`. Events: those of `juries` from S15 on, `jury.code_sent`, `jury.results_told`,
//! `candidate.appeal_*`. Screens: `/jurys/{number}/pv` and what is under it, `/jurys/{number}/validation`,
//! `/jurys/{number}/resultats`, `/candidats/{number}/recours`.

pub mod actions;
pub mod api;
pub mod content;
pub mod deadlines;
pub mod documents;
mod error;
mod events;
pub mod gather;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod letters;
pub mod load;
pub mod queries;
pub mod readiness;
pub mod shapes;
pub mod web;
pub mod wording;

pub use error::MinutesError;
pub use load::Book;
