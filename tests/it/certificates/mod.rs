//! Certificates.

mod batch;
pub mod bench;
mod english;
mod file;
mod guesses;
mod import;
mod issue;
mod life;
mod rectification;
mod states;
mod verify;
