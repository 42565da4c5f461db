//! The JSON shapes of candidates: what is sent, what is answered, the words of both.

mod answers;
mod bodies;
mod records;
mod words;

pub use answers::{
    CandidateBlocOut, CandidateCount, CandidateCounts, CandidateDocumentOut, CandidateLine, CandidateOut,
    CandidatePage, CandidatePieceOut, CandidateStayOut, CivilStatusOut, DoubtOut, SkillOut,
};
pub use bodies::{
    CandidateContactIn, CandidateExclusionIn, CandidateIn, CandidateLackIn, CandidateStartIn,
    CandidateTransferIn, CandidateWithdrawalIn, CivilStatusIn, IdentityIn, IdentitySeenIn, PositioningIn,
    SkillResultIn,
};
pub use records::{
    CandidateAdaptationIn, CandidateAdaptationOut, CandidateAdaptationRef, CandidateAdaptations,
    CandidateImmersionIn, CandidateImmersionOut, CandidateLivretOut, CandidateLivretSkill,
    CandidateObservationIn, CandidateObservationOut, CandidateTieIn, CandidateTieOut, CandidateTies,
    CandidateVoidIn, ExpertCandidateTieIn,
};
pub use words::{
    CandidateTieWord, ContractWord, DecisionWord, DocumentWord, LeavingWord, ObservedWord, PieceWord,
    ResultWord, StateWord, TieSourceWord, WayWord,
};
