//! Enrolments: who has a seat in a session, who waits for one, and how a seat passes to the next (domain reference, 4.3,
//! 4.8, 4.9).
//!
//! The states are in [`state`]. See `docs/decisions/0040-catalogue.md` for why a session is never overbooked.

pub mod labels;
pub mod state;
