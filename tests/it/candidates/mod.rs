//! Candidates: enrolled, positioned, handed in, admitted, moved by juries.

mod adaptations;
pub mod bench;
mod enrol;
mod file;
mod import;
mod leaving;
mod list;
mod livret;
mod pages;
mod resit;
mod states;
mod steps;
mod ties;
