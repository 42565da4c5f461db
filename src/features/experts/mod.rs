//! Experts: mandataires, contrôleurs, formateurs EPSP; their habilitations.
//!
//! An habilitation is the file of one path (application, training with a named senior, jury, life; [`state`], [`path`]),
//! for one duty, on one certification or all, in some regions or everywhere. Its days are dated rights; two of the same
//! duty never overlap. Its renewal asks for conditions, shown with their numbers ([`renewal`]). Its acts leave documents
//! ([`documents`]).
//! What ties a person to structures stands in the feature `ties`.
//!
//! Permissions: `expert:view`, `expert:edit`, `expert:import`, `expert:add_piece`, `habilitation:*`.
//! Events: `expert.*`, `habilitation.*` (the table of [`state`]).
//! Screens: `/intervenants`, `/intervenants/dossiers`, `/intervenants/import`, `/intervenants/{number}`, `/intervenants/{number}/habilitations/{id}`,
//! `/ma-fiche`, `/mes-habilitations`.

pub mod actions;
pub mod api;
pub mod documents;
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
pub mod web;
pub mod wording;

pub use error::ExpertError;
pub use events::{ExpertEvent, HabilitationEvent, What};
