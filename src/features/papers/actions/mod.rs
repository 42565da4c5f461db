//! The changes of papers, one per file. The seats of the session are locked before anything else, then the paper.

mod contract;
mod download;
mod issue;
pub mod ring;
mod sign;
mod summon;
mod typeset;
mod void;

pub use contract::{CONTRACTED, apply_contract};
pub use download::download;
pub use issue::{Order, issue};
pub use sign::{Signed, party_of, sign, sign_by_link};
pub use summon::summon;
pub use typeset::keep_document;
pub use void::void;
