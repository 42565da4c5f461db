//! Candidates: people enrolled for a version of a certification, from their enrolment to their certificate.
//!
//! The life of a file is in [`state`], as data. What keeps a step from being done is told whole, by [`state::lacking`].

pub mod labels;
pub mod state;
