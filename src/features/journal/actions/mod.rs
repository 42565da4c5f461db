//! What changes, or leaves a trace, in the journal itself.

mod erase_personal;
mod export;
mod verify;

pub use erase_personal::{Erase, erase_personal};
pub use export::export;
pub use verify::verify;
