//! The JSON shapes of experts: what is sent, what is answered, the words of both.

mod answers;
mod bodies;
mod pieces;
mod words;

pub use answers::{ExpertOut, ExpertPage, HabilitationOut};
pub use bodies::{ExpertChangeIn, ExpertIn, HabilitationIn};
pub use pieces::{PieceCorrectionIn, PieceFileOut, PieceIn, PieceOut, PiecePage, PieceVoidIn};
pub use words::{DutyWord, HabilitationStateWord, PieceWord, StatusWord, StepWord};
