//! Settings.

mod change;
