//! The pages of accounts.

pub mod pages;
