//! Certifications, their versions, and what is dated around each version: the register entry and the body that
//! answers for it in law.
//!
//! Those of the branch are recorded at first start by [`preload`], without any register number: nobody here knows
//! it, the certifier enters it with its dates; the SIRET of the body in charge as well. A candidate or a request is
//! tied to the version open on its day.
//!
//! Each version has its referential, revision by revision: a draft is changed until it is published, which freezes it;
//! the next change is that of a new draft. Its rules are in `rules/referential`.
//!
//! Permissions: `certification:view`, `certification:edit`, `referential:edit`, `referential:publish`. Events:
//! `certification.created`, `certification_version.added`, `certification_version.changed`, `registration.added`, `legal_certifier.added`,
//! `referential.opened`, `referential.changed`, `referential.published`, `referential.discarded`.
//! Screens: `/certifications`, `/certifications/nouvelle`, `/certifications/{code}`,
//! `/certifications/{code}/versions/nouvelle`, `/certifications/{code}/versions/{version}/referentiel`.

pub mod actions;
pub mod api;
pub mod dated;
mod error;
mod events;
pub mod input;
pub mod labels;
mod preload;
pub mod queries;
pub mod shapes;
pub mod web;

pub use error::CertificationError;
pub use events::CertificationEvent;
pub use preload::{preload, preload_with};
