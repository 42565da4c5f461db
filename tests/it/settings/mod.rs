//! Settings.

mod change;
mod page;
mod templates;
