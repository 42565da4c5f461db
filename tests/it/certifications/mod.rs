//! Certifications.

mod edit;
mod pages;
mod preload;
mod referential;
