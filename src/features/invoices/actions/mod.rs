//! The changes of invoices, one per file.

mod credit;
mod discard;
mod download;
mod edit;
mod export;
mod issue;
mod keep;
mod pay;
mod prepare;
pub mod ring;

pub use credit::credit;
pub use discard::discard;
pub use download::download;
pub use edit::edit;
pub use export::export;
pub use issue::{issue, lacking};
pub use keep::keep_document;
pub use pay::{pay, void_payment};
pub use prepare::prepare;
