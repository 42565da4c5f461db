//! Certificates: what a jury decided, delivered, frozen and signed; each later change is a new row (domain reference,
//! 1.10 and 8.6).
//!
//! A validated session gives a certificate to each candidate who acquired everything and an attestation to each who
//! acquired a part ([`actions::issue`]). What is printed is in [`content`], refused when it lacks a part of the civil status; it
//! is hashed, signed with the key of the journal and never changed. Whether it counts is in [`state`]: suspended, reinstated,
//! revoked by two people, superseded by a new one. The files are typeset after the commit, all those of a session in one job
//! ([`documents`]).
//!
//! Anybody who holds a number verifies it ([`public`]), anybody who holds a file checks it ([`file`]): nothing is listed, the name is only compared, and an unknown number, a
//! malformed one and one whose holder asked not to be shown are answered alike. A holder reaches theirs by a signed link
//! ([`link`]), without an account. [`badge`] writes the Open Badges 3.0 credential.
//!
//! Permissions: `certificate:view`, `certificate:issue`, `certificate:suspend`, `certificate:revoke`, `certificate:replace`,
//! `certificate:publish`, `certificate:badge`, `certificate:import`. Events: `certificate.*`, `certificate_batch.*`, `certificates.imported`.
//! Screens: `/verifier`, `/verifier/{number}`, `/verifier/un-fichier`, `/certificats`, `/certificats/{number}`, `/certificats/{number}/{act}`,
//! `/mes-certificats/{token}`.

pub mod actions;
pub mod api;
pub mod badge;
pub mod content;
pub mod documents;
mod error;
mod events;
pub mod file;
pub mod gather;
pub mod import;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod link;
pub mod public;
pub mod queries;
mod rectification;
pub mod shapes;
pub mod state;
pub mod web;

pub use error::CertificateError;
pub use events::{BatchEvent, BatchWhat, CertificateEvent, REVOKED_JOB, RegisterImported, What, revoked_job};
