//! The JSON shapes of minutes and appeals: what is sent, what is answered, the words of both.

mod answers;
mod bodies;
mod words;

pub use answers::{
    AppealListOut, JuryAppealOut, MinutesCheckOut, MinutesFileOut, MinutesOut, MinutesRecordOut,
    MinutesSignerOut,
};
pub use bodies::{
    JuryAppealAnswerIn, JuryAppealIn, MinutesCheckIn, MinutesCloseIn, MinutesCodeIn, MinutesCorrectionIn,
    MinutesReasonIn, MinutesRulingIn, MinutesSignatureIn, MinutesValidationIn,
};
pub use words::{AppealOutcomeWord, KindWord, PointWord, RecordStateWord, SignatureWord};
