//! The JSON shapes of enrolments: what is sent, what is answered, the words of both.

mod answers;
mod bodies;
mod words;

pub use answers::{
    Enrolled, EnrolmentAdaptationOut, EnrolmentAdaptationRef, EnrolmentAdaptations, EnrolmentAllotment,
    EnrolmentBuyerOut, EnrolmentCount, EnrolmentCounts, EnrolmentFile, EnrolmentLine, EnrolmentNeedOut,
    EnrolmentOffered, EnrolmentPage,
};
pub use bodies::{
    EnrolPeopleIn, EnrolmentAdaptationIn, EnrolmentBuyerIn, EnrolmentCancelIn, EnrolmentContactIn,
    EnrolmentContractIn, EnrolmentGuardianIn, EnrolmentMoveIn, EnrolmentNeedIn, EnrolmentPersonIn,
    EnrolmentRefusalIn,
};
pub use words::{
    BuyerWord, CauseWord, FilledByWord, PositioningWord, PrerequisitesWord, StateWord, StatusWord, WayWord,
};
