//! The home page, what waits, the figures and the search.

mod figures;
mod pages;
