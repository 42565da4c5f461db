//! Attendance, by half-day (domain reference, 4.4, 4.10): who was there, how they signed, who countersigned, what proves a
//! remote sequence, what was corrected and why.
//!
//! Those who come sign by the square code of the room, by the code that is shown there, or by the link of a message; those
//! who teach countersign; a paper sheet is scanned back. [`code`] makes the codes, [`load`] what an act needs, [`jobs`] calls
//! and reminds. Hours really attended are added by `rules::training::attendance` and told by [`queries::hours`].
//!
//! A presence moves the enrolment (`present`, `absent`) in the same act, its seats being locked first as always.
//!
//! Permissions: `attendance:*`. Events: `attendance.*`. Screens: `/sessions/{number}/emargement`, `/emargement/{code}`,
//! `/stagiaire/{token}`.

pub mod actions;
pub mod api;
pub mod code;
mod error;
mod events;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod load;
pub mod queries;
pub mod shapes;
pub mod web;

pub use error::AttendanceError;
pub use events::{AttendanceEvent, What};
