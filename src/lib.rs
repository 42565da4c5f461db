//! Parchemin, the software that runs a French certifying body.
pub mod render;
pub mod rules;
