//! Experts.

mod controllers;
mod habilitations;
mod import;
mod interests;
mod life;
mod pages;
mod path;
mod states;
