//! Experts.

mod concurrency;
mod documents;
mod habilitations;
mod import;
mod life;
mod pages;
mod path;
mod pieces;
mod states;
mod territory;
mod trainer;
mod transitions;
mod work;
