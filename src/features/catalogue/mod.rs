//! The public catalogue: what may be followed, when and where, the form that enrols without an account, and the pages of
//! the link that it sends.
//!
//! It keeps nothing of its own: it reads programmes, sessions, slots and tallies ([`queries`]), holds in memory those that
//! anybody may see ([`shelf`]), and enrols by `enrolments`. What it shows is what the database says: see [`shelf`] for how
//! that is known.
//!
//! Permission: `enrolment:ask`, which the program has for whoever fills the form or holds a link. Events: those of
//! `enrolments`.
//!
//! Screens: `/catalogue`, `/catalogue/{programme}`, `/catalogue/sessions/{number}`, `/inscriptions/{token}`; for programs
//! `/catalogue.rss`, `/catalogue.ics`, `/catalogue/liste`, `/sitemap.xml` and `/api/v1/catalogue`.

pub mod actions;
pub mod api;
mod error;
pub mod input;
pub mod json_ld;
pub mod labels;
pub mod queries;
pub mod search;
pub mod shapes;
pub mod shelf;
pub mod web;

pub use error::CatalogueError;
