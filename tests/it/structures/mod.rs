//! Structures and their sites.

mod create;
mod edit;
mod import;
mod list;
mod pages;
mod sites;
