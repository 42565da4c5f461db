//! Certifications.

mod edit;
mod overlap;
mod pages;
mod preload;
mod referential;
