//! Experts: mandataires, contrôleurs, formateurs EPSP; their habilitations and the interests they declare.
//!
//! An habilitation is the file of one path (application, training with a named senior, jury, life; [`state`], [`path`]),
//! for one duty, on one certification or all, in some regions or everywhere. Its days are dated rights; two of the same
//! duty never overlap. Its renewal asks for conditions, shown with their numbers ([`renewal`]). Declared interests are confidential: the manager and the expert alone read them. They
//! are what [`ties::controllers_for`] weighs before a contrôleur is chosen (matrix of the domain reference, 3.6).
//!
//! Permissions: `expert:view`, `expert:edit`, `expert:add_piece`, `habilitation:*`, `interest:view`, `interest:edit`.
//! Events: `expert.*`, `habilitation.*` (the table of [`state`]), `interest.declared`.
//! Screens: `/intervenants`, `/intervenants/{number}`, `/intervenants/{number}/habilitations/{id}`.

pub mod actions;
pub mod api;
mod error;
mod events;
pub mod import;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod path;
pub mod queries;
pub mod renewal;
pub mod shapes;
pub mod state;
pub mod ties;
pub mod web;

pub use error::ExpertError;
pub use events::{ExpertEvent, HabilitationEvent, What};
pub use ties::{Candidate, controllers_for};
