//! Certifications.

mod edit;
mod pages;
mod preload;
mod referential;
mod referential_pages;
