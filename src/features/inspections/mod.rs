//! Inspections in the life of an agreement: what is proposed and drawn, the grid on the spot, the report and the hearing, the gaps and what
//! is done about them (domain reference, 2.3 and 2.6; `docs/decisions/0050-agreement-in-life.md`).
//!
//! An inspection goes through [`state::TABLE`], from [`state::BEGINS`]; each gap that it finds through [`state::gap::TABLE`], each answer of
//! the structure through [`state::action::TABLE`]. It has a mission, which finds who makes it. A structure sees it once it was told
//! of it ([`state::is_shown`]). A draw goes through [`state::draw::TABLE`]; how it draws is [`crate::rules::draw`]. Periodic inspections are
//! proposed by [`crate::rules::life::periodic`]; the figures that somebody might look at are [`crate::rules::signals`]. The visit of a
//! request is no inspection of this feature: it stays in its request.
//!
//! Who makes it is found by a mission, which the structure is not told of; its events move the inspection (`jobs`). What time does by
//! itself is in [`deadlines`]; documents are in [`documents`].
//!
//! Permissions: `inspection:*`, `draw:*`, `signal:view`. Events: `inspection.*`, `draw.*`, named in [`state`].

pub mod actions;
pub mod api;
pub mod deadlines;
pub mod documents;
pub mod dossier;
mod error;
mod events;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod population;
pub mod queries;
pub mod shapes;
pub mod state;
pub mod web;

pub use dossier::Dossier;
pub use error::InspectionError;
