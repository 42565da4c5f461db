//! What the whole house must respect.

mod contrast;
mod gallery;
mod mail_samples;
mod markup;
mod pages;
mod samples;
