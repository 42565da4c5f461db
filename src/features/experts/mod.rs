//! Experts: mandataires, contrôleurs, formateurs EPSP; their habilitations.
//!
//! An habilitation is dated, for one duty, on one certification or all, in some regions or everywhere; two of the
//! same duty never overlap. What ties them to structures stands in the feature `ties`, which weighs who may be given
//! a duty.
//!
//! Permissions: `expert:view`, `expert:edit`. Events: `expert.created`, `expert.changed`, `habilitation.granted`,
//! `habilitation.changed`.
//! Screens: `/intervenants`, `/intervenants/{number}`.

pub mod actions;
pub mod api;
mod error;
mod events;
pub mod import;
pub mod input;
pub mod labels;
pub mod queries;
pub mod shapes;
pub mod web;

pub use error::ExpertError;
pub use events::ExpertEvent;
