//! The JSON shapes of the sessions of juries: what is sent, what is answered, the words of both.

mod answers;
mod bodies;
mod words;

pub use answers::{JuryDocumentOut, JuryLine, JuryMemberOut, JuryOut, JuryPage, JuryPassageOut, JuryWishOut};
pub use bodies::{JuryCandidatesIn, JuryIn, JuryMoveIn, JuryPlanIn, JuryReasonIn, JuryWishIn};
pub use words::{HalfWord, ModeWord, SeatStateWord, SeatWord, StateWord};
