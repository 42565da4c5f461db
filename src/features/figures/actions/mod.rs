//! Gives the figures away.

mod export;

pub use export::export;
