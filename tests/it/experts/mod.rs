//! Experts.

mod controllers;
mod habilitations;
mod interests;
mod pages;
