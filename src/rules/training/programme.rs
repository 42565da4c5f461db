//! The sheet of a programme as one value, the same in a file, in the API and in forms (domain reference, 4.2).
//!
//! A [`Document`] is the whole of a version: its texts, its prices, its modules and what they cover of a referential.
//! [`read`] says every value that cannot be kept, even in a draft; what lacks to publish is told by
//! [`super::sheet::missing`]. Skills are named by their code, among [`Aimed`].

mod document;
mod hours;
mod read;

pub use document::{Document, Module, Price};
pub use hours::{hours, minutes};
pub use read::{Aimed, read};

#[cfg(test)]
mod tests;
