//! The home page, what waits, the figures and the search.

mod expert;
mod figures;
mod network;
mod pages;
