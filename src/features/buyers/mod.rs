//! What a structure follows of the people whom it enrols: their sessions, their half-days, the papers to sign or to download.
//!
//! Nothing is kept here: each line is an enrolment that the structure pays for, with what the features below know of it, read
//! by sets. Staff and trainees find the same by the API, each what they may see.
//!
//! Permissions: those of enrolments and of papers. No event. Screen: `/mes-formations`.

pub mod api;
pub mod labels;
pub mod queries;
pub mod web;
