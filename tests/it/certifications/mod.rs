//! Certifications.

mod create;
mod edit;
mod overlap;
mod pages;
mod preload;
mod referential;
mod referential_pages;

pub use referential::whole;
