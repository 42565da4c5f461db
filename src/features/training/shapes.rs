//! The JSON shapes of sessions and rooms: what is sent, what is answered, the words of both.

mod answers;
mod bodies;
mod rooms;
mod words;

pub use answers::{
    ConsequencesOut, SessionLine, SessionOut, SessionPage, SessionSeriesOut, SessionSlotOut,
    SessionTrainerOut, SubcontractOut,
};
pub use bodies::{
    SessionChangeIn, SessionEndIn, SessionIn, SessionReasonIn, SessionSeriesIn, SessionSlotIn,
    SessionSlotsIn, SubcontractIn, TeachingIn, typed_slots,
};
pub use rooms::{RoomIn, RoomOut, RoomPage};
pub use words::{
    CauseWord, DeliveryWord, HalfWord, KindWord, ModalityWord, StandingWord, StateWord, StepWord, ThemeWord,
};
