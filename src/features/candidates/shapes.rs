//! The JSON shapes of candidates: what is sent, what is answered, the words of both.

mod answers;
mod bodies;
mod words;

pub use answers::{
    CandidateCount, CandidateCounts, CandidateDocumentOut, CandidateLine, CandidateOut, CandidatePage,
    CandidatePieceOut, CandidateStayOut, CivilStatusOut, DoubtOut, SkillOut,
};
pub use bodies::{
    CandidateContactIn, CandidateExclusionIn, CandidateIn, CandidateLackIn, CandidateStartIn,
    CandidateTransferIn, CandidateWithdrawalIn, CivilStatusIn, IdentityIn, IdentitySeenIn, PositioningIn,
    SkillResultIn,
};
pub use words::{
    ContractWord, DecisionWord, DocumentWord, LeavingWord, PieceWord, ResultWord, StateWord, WayWord,
};
