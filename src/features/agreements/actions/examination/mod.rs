//! What an officer does with a submitted file.

mod complete;
mod return_request;
mod review_piece;
mod waive_visit;

pub use complete::complete;
pub use return_request::{AskedPiece, return_request};
pub use review_piece::review_piece;
pub use waive_visit::waive_visit;
