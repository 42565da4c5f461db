//! Parchemin, the software that runs a French certifying body.

pub mod render;
