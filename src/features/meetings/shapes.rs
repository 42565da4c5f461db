//! The JSON shapes of meetings.

use entity::meeting::{MeetingKind, MeetingMode, MeetingState};
use entity::meeting_guest::GuestAnswer;
use entity::{document, meeting, meeting_action, meeting_decision};
use poem_openapi::{Enum, Object};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::input::{TypedMeeting, TypedPlace, TypedTask};
use super::queries::{Guest, Whole};
use crate::http::api::{LongText, ShortText};
use crate::rules::typed_date::iso;

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

/// When and where.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct PlaceIn {
    /// The day, in the zone.
    pub day: Date,
    /// `09:30`, in the zone.
    pub time: ShortText,
    /// IANA zone.
    pub zone: ShortText,
    /// Video or on site.
    pub mode: ModeWord,
    /// Address of the room or of the call.
    pub place: ShortText,
    /// Length in minutes; 120 unless given.
    pub lasts_minutes: Option<i32>,
}

impl PlaceIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedPlace {
        TypedPlace {
            day: iso(self.day),
            time: self.time.0.clone(),
            zone: self.zone.0.clone(),
            mode: MeetingMode::from(self.mode).word(),
            place: self.place.0.clone(),
            lasts: self.lasts_minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
        }
    }
}

/// A new meeting.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MeetingIn {
    /// Who is invited.
    pub kind: KindWord,
    /// When and where.
    pub place: PlaceIn,
    /// What will be talked about.
    pub agenda: LongText,
}

impl MeetingIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedMeeting {
        TypedMeeting {
            kind: MeetingKind::from(self.kind).word(),
            place: self.place.typed(),
            agenda: self.agenda.0.clone(),
        }
    }
}

/// Another agenda.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MeetingAgendaIn {
    /// What will be talked about.
    pub agenda: LongText,
}

/// Another day, hour or place.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MeetingMoveIn {
    /// When and where.
    pub place: PlaceIn,
    /// Why; guests read it.
    pub reason: ShortText,
}

/// A reason.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MeetingCancelIn {
    /// Why; guests read it.
    pub reason: ShortText,
}

/// Who was there.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AttendanceIn {
    /// Keys of the experts who were there; the others invited were not.
    #[oai(validator(max_items = 1000))]
    pub present: Vec<Uuid>,
}

/// The minutes.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MinutesIn {
    /// The text.
    pub minutes: LongText,
    /// Preparation and meeting, in minutes.
    pub time_spent_minutes: Option<i32>,
}

/// An answer.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct GuestAnswerIn {
    /// Whether one comes.
    pub coming: bool,
}

/// A decision.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct DecisionTextIn {
    /// What was decided.
    pub text: LongText,
}

/// Something to do.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MeetingActionIn {
    /// What.
    pub text: LongText,
    /// Who, as the minutes name them.
    pub owner: ShortText,
    /// Until when.
    pub due_on: Date,
}

impl MeetingActionIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedTask {
        TypedTask { text: self.text.0.clone(), owner: self.owner.0.clone(), due_on: iso(self.due_on) }
    }
}

/// A meeting of a list.
#[derive(Clone, Debug, Object)]
pub struct MeetingLine {
    /// Key.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// Who is invited.
    pub kind: KindWord,
    /// Where it stands.
    pub state: StateWord,
    /// The day, in the zone.
    pub meets_on: Date,
    /// The instant.
    pub starts_at: OffsetDateTime,
    /// Length in minutes.
    pub lasts_minutes: i32,
    /// IANA zone.
    pub zone: String,
    /// Video or on site.
    pub mode: ModeWord,
    /// Address of the room or of the call.
    pub place: String,
    /// Version, to be given back in `If-Match`.
    pub version: i32,
}

impl From<&meeting::Model> for MeetingLine {
    fn from(row: &meeting::Model) -> Self {
        Self {
            id: row.id.0,
            number: row.number.clone(),
            kind: row.kind.into(),
            state: row.state.into(),
            meets_on: row.meets_on,
            starts_at: *row.starts_at,
            lasts_minutes: row.lasts_minutes,
            zone: row.zone.clone(),
            mode: row.mode.into(),
            place: row.place.clone(),
            version: row.version,
        }
    }
}

/// A page of meetings.
#[derive(Clone, Debug, Object)]
pub struct MeetingPage {
    /// The meetings, the latest first.
    pub items: Vec<MeetingLine>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// Someone invited.
#[derive(Clone, Debug, Object)]
pub struct GuestOut {
    /// Key of the expert.
    pub expert_id: Uuid,
    /// Their number.
    pub number: String,
    /// Their name.
    pub name: String,
    /// Their IANA zone.
    pub zone: String,
    /// What they answered.
    pub answer: AnswerWord,
    /// Whether they were there; none until attendance is recorded.
    pub present: Option<bool>,
}

impl From<&Guest> for GuestOut {
    fn from(guest: &Guest) -> Self {
        Self {
            expert_id: guest.expert.id.0,
            number: guest.expert.number.clone(),
            name: format!("{} {}", guest.expert.first_names, guest.expert.family_name),
            zone: guest.expert.zone.clone(),
            answer: guest.row.answer.into(),
            present: guest.row.present,
        }
    }
}

/// A decision.
#[derive(Clone, Debug, Object)]
pub struct MeetingDecisionOut {
    /// Key.
    pub id: Uuid,
    /// What was decided.
    pub text: String,
}

impl From<&meeting_decision::Model> for MeetingDecisionOut {
    fn from(row: &meeting_decision::Model) -> Self {
        Self { id: row.id.0, text: row.text.clone() }
    }
}

/// Something to do.
#[derive(Clone, Debug, Object)]
pub struct MeetingActionOut {
    /// Key.
    pub id: Uuid,
    /// What.
    pub text: String,
    /// Who.
    pub owner: String,
    /// Until when.
    pub due_on: Date,
    /// The day it was done.
    pub done_on: Option<Date>,
}

impl From<&meeting_action::Model> for MeetingActionOut {
    fn from(row: &meeting_action::Model) -> Self {
        Self {
            id: row.id.0,
            text: row.text.clone(),
            owner: row.owner.clone(),
            due_on: row.due_on,
            done_on: row.done_on,
        }
    }
}

/// A file attached.
#[derive(Clone, Debug, Object)]
pub struct MeetingDocumentOut {
    /// Key.
    pub id: Uuid,
    /// Name.
    pub file_name: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

impl From<&document::Model> for MeetingDocumentOut {
    fn from(row: &document::Model) -> Self {
        Self {
            id: row.id.0,
            file_name: row.file_name.clone(),
            size: row.size,
            sha256: hex::encode(&row.sha256),
        }
    }
}

/// A meeting and all that goes with it.
#[derive(Clone, Debug, Object)]
pub struct MeetingOut {
    /// The meeting.
    pub meeting: MeetingLine,
    /// What will be talked about.
    pub agenda: String,
    /// Everyone invited.
    pub guests: Vec<GuestOut>,
    /// The minutes; empty until they are published.
    pub minutes: String,
    /// Decisions.
    pub decisions: Vec<MeetingDecisionOut>,
    /// Things to do.
    pub actions: Vec<MeetingActionOut>,
    /// Files.
    pub documents: Vec<MeetingDocumentOut>,
    /// Preparation and meeting, in minutes.
    pub time_spent_minutes: Option<i32>,
}

impl From<&Whole> for MeetingOut {
    fn from(whole: &Whole) -> Self {
        Self {
            meeting: (&whole.meeting).into(),
            agenda: whole.meeting.agenda.clone(),
            guests: whole.guests.iter().map(Into::into).collect(),
            minutes: whole.meeting.minutes.clone(),
            decisions: whole.decisions.iter().map(Into::into).collect(),
            actions: whole.actions.iter().map(Into::into).collect(),
            documents: whole.documents.iter().map(Into::into).collect(),
            time_spent_minutes: whole.meeting.time_spent_minutes,
        }
    }
}
