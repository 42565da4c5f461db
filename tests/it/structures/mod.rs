//! Structures and their sites.

mod as_of;
mod contacts;
mod convention;
mod create;
mod edit;
mod import;
mod import_page;
mod list;
mod pages;
mod sites;
