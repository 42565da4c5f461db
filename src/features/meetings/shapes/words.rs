//! The words of the API of meetings.

use entity::meeting::{MeetingKind, MeetingMode, MeetingState};
use entity::meeting_guest::GuestAnswer;
use poem_openapi::Enum;

/// Declares an enumeration of the API over one of the domain.
macro_rules! word {
    ($(#[$doc:meta])* $name:ident as $published:literal for $domain:path { $($(#[$about:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
        #[oai(rename_all = "snake_case", rename = $published)]
        pub enum $name {
            $($(#[$about])* $variant,)+
        }

        impl From<$name> for $domain {
            fn from(word: $name) -> Self {
                match word { $($name::$variant => <$domain>::$variant,)+ }
            }
        }

        impl From<$domain> for $name {
            fn from(value: $domain) -> Self {
                match value { $(<$domain>::$variant => Self::$variant,)+ }
            }
        }
    };
}

word! {
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

word! {
    /// Where people sit.
    ModeWord as "MeetingMode" for MeetingMode {
        /// In a video call.
        Video,
        /// In a room.
        OnSite,
    }
}

word! {
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

word! {
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
