//! Experts.

mod controllers;
mod habilitations;
mod interests;
mod life;
mod pages;
mod path;
mod states;
