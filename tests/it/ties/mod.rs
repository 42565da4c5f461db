//! Ties between people and structures.

mod candidates;
mod declarations;
mod interests;
mod ledger;
mod pages;
mod recheck;
