//! Parchemin, the software that runs a French certifying body.

pub mod features;
pub mod http;
pub mod render;
