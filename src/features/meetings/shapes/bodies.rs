//! What a call of the API sends about a meeting.

use entity::ids::ExpertId;
use entity::meeting::{MeetingKind, MeetingMode};
use poem_openapi::{Enum, Object};
use time::Date;
use uuid::Uuid;

use super::super::documents::Paper;
use super::super::input::{TypedMeeting, TypedPlace, TypedSeries, TypedTask};
use super::words::{KindWord, ModeWord};
use crate::http::api::{LongText, ShortText};
use crate::rules::typed_date::iso;

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

/// A new series: meetings that differ by their day alone.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MeetingSeriesIn {
    /// Who is invited.
    pub kind: KindWord,
    /// Four days to come, in order, in the zone.
    pub days: Vec<Date>,
    /// `09:30`, in the zone.
    pub time: ShortText,
    /// IANA zone.
    pub zone: ShortText,
    /// Video or on site.
    pub mode: ModeWord,
    /// Address of the room or of the call.
    pub place: ShortText,
    /// Length of each in minutes; 120 unless given.
    pub lasts_minutes: Option<i32>,
    /// What will be talked about; each meeting may then have its own.
    pub agenda: LongText,
}

impl MeetingSeriesIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedSeries {
        let place = TypedPlace {
            day: String::new(),
            time: self.time.0.clone(),
            zone: self.zone.0.clone(),
            mode: MeetingMode::from(self.mode).word(),
            place: self.place.0.clone(),
            lasts: self.lasts_minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
        };
        let kind = MeetingKind::from(self.kind).word();
        let meeting = TypedMeeting { kind, place, agenda: self.agenda.0.clone() };
        TypedSeries { meeting, days: self.days.iter().map(|day| iso(*day)).collect() }
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
    /// Who, as the minutes name them; not needed for a guest.
    pub owner: Option<ShortText>,
    /// Key of the guest who does it, who is reminded before the date.
    pub owner_id: Option<Uuid>,
    /// Until when.
    pub due_on: Date,
}

impl MeetingActionIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedTask {
        TypedTask {
            text: self.text.0.clone(),
            owner: self.owner.as_ref().map(|owner| owner.0.clone()).unwrap_or_default(),
            owner_id: self.owner_id.map(ExpertId),
            due_on: iso(self.due_on),
        }
    }
}

/// A document that is made of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "MeetingPaper", rename_all = "snake_case")]
pub enum PaperWord {
    /// What people sign, before.
    Sheet,
    /// The minutes, once they are published.
    Minutes,
}

impl From<PaperWord> for Paper {
    fn from(word: PaperWord) -> Self {
        match word {
            PaperWord::Sheet => Self::Sheet,
            PaperWord::Minutes => Self::Minutes,
        }
    }
}

/// The document to make.
#[derive(Clone, Copy, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MeetingPaperIn {
    /// Which one.
    pub document: PaperWord,
}
