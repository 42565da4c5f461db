//! The agreement desk, through the API as people and programs use it.

mod adjourned;
mod as_of;
mod calendars;
mod committees;
mod deadlines;
pub mod desk;
mod documents;
mod guards;
mod journey;
mod letters;
mod life;
pub mod lost_rights;
mod remove_piece;
mod reserves;
mod second_visit;
mod signatures;
pub mod states;
mod successions;
mod transitions;
mod visit_links;
mod visits;
mod waive;
mod web_acts;
mod web_drafts;
mod web_file;
mod web_said;
mod web_steps;
