//! The one act on the inputs of the BPF.

mod export;

pub use export::export;
