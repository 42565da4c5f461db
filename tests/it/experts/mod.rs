//! Experts.

mod controllers;
mod habilitations;
mod interests;
