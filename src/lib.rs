//! Parchemin, the software that runs a French certifying body.
//!
//! The map, in reading order; `docs/architecture.md` says more.

// What the product does.
pub mod features;
// Pure shared rules.
pub mod rules;
// Who may do what.
pub mod authz;
// How we write and read.
pub mod db;
// What happened.
pub mod events;
// Transport.
pub mod http;
// Loops.
pub mod worker;
// From values to what a person reads.
pub mod render;
// Documents.
pub mod storage;
// Files that people bring.
pub mod import;
// Copies of everything.
pub mod backup;
// The command line.
pub mod cli;
// The demonstration data set.
pub mod demo;
// What is known at start.
pub mod config;

pub mod app;
pub mod error;
pub mod keys;
pub mod mailer;
pub mod memory;
pub mod telemetry;
