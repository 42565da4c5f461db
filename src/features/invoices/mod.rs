//! Invoices and credit notes (domain reference, 4.5, 4.6, 4.9): what is owed for a session, to whom it is sent, what was paid.
//!
//! A session gives drafts: one for each buyer, one for each funder who pays the body itself ([`queries::plan`]; what is owed
//! is a rule, `rules::training::billing`). Issuing takes the number of the year, in the same transaction, and freezes everything:
//! the database refuses any change. What was wrong is taken back by a credit note, which has its own numbers. The PDF is a
//! Factur-X: PDF/A-3 with the invoice as data inside ([`facturx`]). Sums received are recorded by the team, never before the
//! end of the days to withdraw of an individual. The accounting export is a stream ([`export`]).
//!
//! The states are in [`state`]. Permissions: `invoice:*`. Events: `invoice.*`. Screens: `/factures` and what is under it,
//! `/factures-recues/{token}` without an account.

pub mod actions;
pub mod api;
pub mod documents;
mod error;
mod events;
pub mod export;
pub mod facturx;
pub mod input;
pub mod jobs;
pub mod labels;
mod letters;
pub mod link;
pub mod queries;
pub mod record;
pub mod shapes;
pub mod state;
pub mod web;
pub mod wording;

pub use error::InvoiceError;
pub use record::Record;
