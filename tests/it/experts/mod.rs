//! Experts.

mod habilitations;
mod pages;
