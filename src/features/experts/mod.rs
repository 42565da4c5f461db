//! Experts: mandataires, contrôleurs, formateurs EPSP; their habilitations and the interests they declare.
//!
//! An habilitation is dated, for one duty, on one certification or all, in some regions or everywhere; two of the
//! same duty never overlap. Declared interests are confidential: the manager and the expert alone read them. They
//! are what [`ties::controllers_for`] weighs before a contrôleur is chosen (matrix of the domain reference, 3.6).
//!
//! Permissions: `expert:view`, `expert:edit`, `interest:view`, `interest:edit`. Events: `expert.created`,
//! `expert.changed`, `habilitation.granted`, `habilitation.changed`, `interest.declared`.
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
pub mod ties;
pub mod web;

pub use error::ExpertError;
pub use events::ExpertEvent;
pub use ties::{Candidate, controllers_for};
