//! Candidates: people enrolled for a version of a certification, from their enrolment to their certificate.
//!
//! The life of a file is in [`state`], as data. What keeps a step from being done is told whole, by [`state::lacking`].
//! A civil status may be incomplete: its score is kept beside it, and the certifier admits nobody whose names, date or place
//! of birth lack. What a structure hands in is frozen by the hash of its content ([`freeze`]).
//!
//! Steps of the day of the jury and of what follows are moved by other features, inside their own transaction, through
//! [`actions::step::apply`]; [`queries::admitted_of`] tells who waits for a session. The structure must hold an agreement
//! for the certification on the day of the enrolment ([`covered`]). What uses up an attempt, and when one may sit again, is in
//! [`resit`].
//!
//! Messages for a candidate who is detained, or who has no address, go to the structure, who hands them over; nothing that
//! leaves the house then names the structure ([`Dossier::structure_label`]).
//!
//! The livret ([`livret`]) holds dated observations of each skill, two at least before the file is handed in. A line is taken
//! back with a reason, never changed. Measures agreed for a candidate ([`adaptations`]) are sealed in the database, read one
//! file at a time by who holds `candidate:adaptation`, and each reading is kept; those who vote in the jury read the measures on its
//! day and nothing else. What ties a candidate with an expert is declared here and read by [`crate::features::ties::judged`].
//!
//! A structure knows no decision before it is told, in a list, a file, a count or a refusal ([`veil`]).
//!
//! Permissions: `candidate:*`. Events: `candidate.*`. Screens: `/candidats`, `/candidats/nouveau`, `/candidats/{number}` and
//! the pages of its acts.

pub mod actions;
pub mod adaptations;
pub mod api;
pub mod covered;
pub mod documents;
pub mod dossier;
mod error;
mod events;
pub mod freeze;
pub mod import;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod livret;
pub mod names;
pub mod pieces;
pub mod queries;
pub mod resit;
pub mod shapes;
pub mod state;
pub mod stored;
pub mod veil;
pub mod web;
pub mod wording;

pub use dossier::Dossier;
pub use error::CandidateError;
pub use events::{CandidateEvent, PeopleImported, RecordEvent, What, Written};
pub use queries::admitted_of;
