//! Structures (ateliers et chantiers d'insertion), their sites and the people to write to.
//!
//! A structure is a legal entity (SIREN) with one seat and other sites, each with its SIRET. Region and time zone
//! follow from the department of the seat; deadlines end in that zone. A site closes, it is never removed.
//! Mails go to its contact; the others, each for one matter, are there for people, and are removed when they leave.
//!
//! Its State convention is a dated right, of an accepted piece or recorded by the team on `/structures/{siren}/convention`.
//!
//! Permissions: `structure:view`, `structure:create`, `structure:edit`, `structure:contacts`, `structure:import`.
//! Events: `structure.created`, `structure.changed`, `site.added`, `site.changed`, `site.closed`, `site.move_reviewed`,
//! `structure.contact_added`, `structure.contact_changed`, `structure.contact_removed`, `structures.imported`. Screens: `/structures`, `/structures/{siren}`, `/notre-structure`.

pub mod actions;
pub mod api;
mod error;
mod events;
pub mod import;
pub mod input;
pub mod labels;
pub mod queries;
mod rows;
pub mod shapes;
pub mod web;

pub use error::StructureError;
pub use events::StructureEvent;
pub use rows::{typed_contact, typed_identity, typed_other_contact, typed_site};
