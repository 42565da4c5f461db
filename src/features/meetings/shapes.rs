//! The JSON shapes of meetings: what is sent, what is answered, the words of both.

mod answers;
mod bodies;
mod words;

pub use answers::{
    GuestOut, MeetingActionOut, MeetingDecisionOut, MeetingDocumentOut, MeetingLine, MeetingOut, MeetingPage,
    MeetingSeriesOut,
};
pub use bodies::{
    AttendanceIn, DecisionTextIn, GuestAnswerIn, MeetingActionIn, MeetingAgendaIn, MeetingCancelIn,
    MeetingIn, MeetingMoveIn, MeetingPaperIn, MeetingSeriesIn, MinutesIn, PaperWord, PlaceIn,
};
pub use words::{AnswerWord, KindWord, ModeWord, StateWord};
