//! What the whole house must respect.

mod contrast;
mod gallery;
mod markup;
mod pages;
mod samples;
