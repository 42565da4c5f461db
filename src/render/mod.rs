//! What leaves the program as a document or a drawing.
//!
//! A renderer knows no feature: it receives words and facts that are already in French and already formatted,
//! and gives back bytes or SVG.

pub mod pdf;
pub mod seal;
