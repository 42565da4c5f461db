//! Ties between people and structures.

mod candidates;
mod declarations;
mod interests;
mod ledger;
mod migration;
mod pages;
mod recheck;
mod states;
