//! Who sits in a jury: the checks of impartiality from data only, the seats given, taken back and followed, the colleges.

mod checks;
mod colleges;
pub mod desk;
mod pages;
mod refusals;
mod seats;

pub use desk::{college, jury, passage};
