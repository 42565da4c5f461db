//! Teaching support.

mod states;
