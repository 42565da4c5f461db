//! Settings.

mod change;
mod page;
