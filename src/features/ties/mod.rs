//! Ties between a person and a structure, and what they stand in the way of (domain reference, 1.7 and 3.6).
//!
//! No tie is stored as such: each source (one file each in `sources/`) reads those that its data tells, the ledger
//! ([`ledger`]) adds what follows from groups of structures, and everything is computed again at each reading, so
//! that it is the same everywhere. What is stored here is what no other data tells: interests that a person
//! declares, the declaration made for a year, the structures that employ them, the groups of structures.
//!
//! [`candidates_for`] weighs, for any duty, who holds the right that day and what stands in the way. A tie learnt
//! after a duty was given is found by the job `ties.recheck`: each feature that gives duties says which ones are
//! held ([`Holder`]), and an alert is raised for the team, to be settled by giving the duty to somebody else or by
//! keeping it for a written reason.
//!
//! What a person declared is confidential: the lists tell it to the manager and to the person alone. Who gives a duty
//! reads, when a tie stands in its way, the kind of tie, its dates and where it is known from, never the words.
//!
//! To add a source: a file in `sources/` and its line in `sources::all`.
//!
//! What ties a person with a candidate whom a jury judges is read by [`judged`]; it is declared in the feature of candidates.
//!
//! Permissions: `tie:view`, `tie:edit`, `tie:override`, `tie:watch`, `interest:view`, `interest:edit`. Events:
//! `interest.declared`, `interest.ended`, `interest.voided`, `interest.year_declared`, `interest.reminded`,
//! `employment.recorded`, `employment.ended`, `structure.grouped`, `tie.alert_raised`, `tie.alert_kept`, `tie.alert_gone`. Screens:
//! `/intervenants/{number}/independance`, `/structures/{siren}/liens`.

pub mod actions;
pub mod api;
mod candidates;
mod closings;
mod error;
mod events;
pub mod input;
pub mod jobs;
pub mod judged;
pub mod labels;
pub mod ledger;
pub mod queries;
mod recheck;
pub mod shapes;
mod sources;
pub mod state;
pub mod web;

pub use candidates::{Candidate, Given, candidates_for, entitling, findings, obstacles, undeclared};
pub use error::TieError;
pub use events::TieEvent;
pub use ledger::{Known, Origin, Scope};
pub use recheck::{Held, Holder, recheck};
