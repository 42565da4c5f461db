//! Certificates.

mod bench;
mod issue;
mod life;
mod states;
mod verify;
