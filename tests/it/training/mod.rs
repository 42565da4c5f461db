//! Training sessions.

mod states;
