//! What the API answers about a meeting.

use entity::{document, meeting, meeting_action, meeting_decision};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::super::queries::{Guest, Whole};
use super::words::{AnswerWord, KindWord, ModeWord, StateWord};

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

/// The meetings of a series.
#[derive(Clone, Debug, Object)]
pub struct MeetingSeriesOut {
    /// The meetings, in the order of their days.
    pub items: Vec<MeetingLine>,
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
            name: guest.expert.name(),
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
    /// Key of the guest who does it; none for somebody else.
    pub owner_id: Option<Uuid>,
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
            owner_id: row.owner_id.map(|id| id.0),
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
            file_name: row.download_name(),
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
    /// What is worth knowing of the answer of a guest who comes: what they already hold on its half-days, in French.
    /// Nothing is refused for it. Empty when nothing is answered.
    pub notes: Vec<String>,
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
            notes: Vec::new(),
        }
    }
}
