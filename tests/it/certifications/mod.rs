//! Certifications.

mod edit;
mod pages;
mod preload;
