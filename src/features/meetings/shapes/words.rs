//! The words of the API of meetings.

use entity::meeting::{MeetingKind, MeetingMode, MeetingState};
use entity::meeting_guest::GuestAnswer;

use crate::http::api::words::words;

words! {
    /// Who is invited.
    KindWord as "MeetingKind" for MeetingKind {
        /// Those who preside over juries.
        Mandataires,
        /// Those who check structures.
        Controleurs,
        /// Those who train towards the CQP EPSP.
        Formateurs,
        /// All of them.
        Mixed,
    }
}

words! {
    /// Where people sit.
    ModeWord as "MeetingMode" for MeetingMode {
        /// In a video call.
        Video,
        /// In a room.
        OnSite,
    }
}

words! {
    /// Where the meeting stands.
    StateWord as "MeetingState" for MeetingState {
        /// Planned, nobody is invited.
        Planned,
        /// Invitations were sent.
        Invited,
        /// It took place.
        Held,
        /// Its minutes were published.
        MinutesPublished,
        /// It will not take place.
        Cancelled,
    }
}

words! {
    /// What a guest answered.
    AnswerWord as "GuestAnswer" for GuestAnswer {
        /// Nothing yet.
        None,
        /// Comes.
        Coming,
        /// Does not come.
        Away,
    }
}
