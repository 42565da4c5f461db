//! Candidates: enrolled, positioned, handed in, admitted, moved by juries.

pub mod bench;
mod enrol;
mod file;
mod leaving;
mod list;
mod pages;
mod states;
mod steps;
