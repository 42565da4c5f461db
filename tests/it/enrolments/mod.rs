//! Enrolments.

mod states;
