//! Structures and their sites.

mod create;
mod edit;
mod list;
mod pages;
mod sites;
