//! Candidates.

mod states;
