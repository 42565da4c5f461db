//! The JSON shapes of enrolments: what is sent, what is answered, the words of both.

mod answers;
mod bodies;
mod words;

pub use answers::{
    EnrolmentAdaptationOut, EnrolmentAdaptationRef, EnrolmentAdaptations, EnrolmentAllotment,
    EnrolmentBuyerOut, EnrolmentCount, EnrolmentCounts, EnrolmentLine, EnrolmentNeedOut, EnrolmentOffered,
    EnrolmentFile, EnrolmentPage, Enrolled,
};
pub use bodies::{
    EnrolmentAdaptationIn, EnrolmentBuyerIn, EnrolmentCancelIn, EnrolmentContactIn, EnrolmentContractIn,
    EnrolPeopleIn, EnrolmentMoveIn, EnrolmentNeedIn, EnrolmentPersonIn, EnrolmentRefusalIn, EnrolmentGuardianIn,
};
pub use words::{
    BuyerWord, CauseWord, FilledByWord, PositioningWord, PrerequisitesWord, StateWord, StatusWord, WayWord,
};
