//! The home page, what waits, the figures and the search.

mod expert;
mod figures;
mod follow;
mod network;
mod pages;
