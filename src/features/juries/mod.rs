//! Sessions of juries: from the request of a structure to the minutes and the decisions (domain reference, 1.7 to 1.9).
//!
//! A session goes through [`state::TABLE`] (S1 to S21), as data. What keeps an event from happening is told whole, by
//! [`state::lacking`]. Its referential, fixed when it is planned, says how long it lasts, how many candidates a half-day
//! takes, what makes a quorum ([`crate::rules::jury::quorum`]) and how long before the day everybody is told ([`deadlines`]).
//!
//! A candidate is expected in one live session at a time, and a room holds one session on a half-day: the database says
//! so. Whoever presides or sits is in `jury_member`, which [`load::Whole`] reads.
//!
//! Whoever sits was chosen in [`crate::features::panels`]: their missions move and are cancelled with the session, and when it
//! opens the same checks say who may not be counted on. A member who knows a candidate stays apart from them, said or not
//! ([`day::known`]).
//!
//! Permissions: `jury:view`, `jury:request`, `jury:withdraw`, `jury:manage`, `jury:candidates`, `jury:convoke`, `jury:deadline`,
//! `jury_day:view`, `jury:sit`, `jury:run`. Events:
//! `jury.*`. Screens: `/jurys`, `/jurys/nouveau`, `/jurys/demander`, `/jurys.ics`, `/jurys/{number}` and its acts; on
//! the day, `/jurys/{number}/ouverture`, `/passages/{turn}` and its pieces, `/deliberation` and `/incidents` ([`day`]).

pub mod actions;
pub mod api;
pub mod day;
pub mod deadlines;
pub mod delays;
pub mod documents;
mod error;
mod events;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod load;
pub mod queries;
pub mod schedule;
pub mod shapes;
pub mod state;
pub mod web;
pub mod wording;

pub use error::JuryError;
pub use events::{JuryEvent, NO_QUORUM_JOB, What, invitation};
pub use load::Whole;
