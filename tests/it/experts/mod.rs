//! Experts.

mod habilitations;
mod import;
mod life;
mod pages;
mod path;
mod states;
mod work;
