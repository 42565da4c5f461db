//! Certifications.

mod edit;
mod preload;
