//! Before the examination: the draft, its pieces, the submission, the withdrawal.

mod add_piece;
mod create;
mod edit;
mod submit;
mod withdraw;

pub use add_piece::{PieceInput, add_piece};
pub use create::{NewRequest, create};
pub use edit::edit;
pub use submit::submit;
pub use withdraw::withdraw;
