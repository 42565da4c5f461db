//! Certificates.

mod batch;
pub mod bench;
mod import;
mod issue;
mod life;
mod states;
mod verify;
