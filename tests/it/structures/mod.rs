//! Structures and their sites.

mod as_of;
mod create;
mod edit;
mod import;
mod list;
mod pages;
mod sites;
