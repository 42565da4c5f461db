//! The JSON shapes of the sessions of juries: what is sent, what is answered, the words of both.

mod answers;
mod bodies;
mod day;
mod words;

pub use answers::{JuryDocumentOut, JuryLine, JuryMemberOut, JuryOut, JuryPage, JuryPassageOut, JuryWishOut};
pub use bodies::{JuryCandidatesIn, JuryIn, JuryPlanIn, JuryPostponeIn, JuryReasonIn, JuryWishIn};
pub use day::{
    JuryAbstentionIn, JuryChangeIn, JuryChangeOut, JuryChangesIn, JuryChangesOut, JuryCheckInIn,
    JuryDayMemberOut, JuryDayOut, JuryDayPassageOut, JuryDecisionIn, JuryIncidentIn, JuryIncidentOut,
    JuryIncidentWithdrawalIn, JuryMarkOut, JuryNoQuorumIn, JuryPiecesOut, JuryPresenceIn, JuryUnitOut,
    JuryVoteIn,
};
pub use words::{
    ChangeWord, HalfWord, IncidentWord, ModeWord, PresenceWord, SeatStateWord, SeatWord, StateWord, VoteWord,
};
