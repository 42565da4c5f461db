//! The shapes of what somebody who cannot come lets go of.

use poem_openapi::{Enum, Object};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::words::DeclineReasonWord;
use crate::features::missions::input::TypedImpediment;
use crate::features::missions::labels;
use crate::features::missions::queries::{Planned, Touched};
use crate::http::api::LongText;
use crate::rules::typed_date::iso;

/// Days on which somebody cannot come.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ImpedimentIn", deny_unknown_fields)]
pub struct ImpedimentIn {
    /// First day.
    pub starts_on: Date,
    /// Last day; the first when left out.
    pub ends_on: Option<Date>,
    /// The reason, told to the team.
    pub reason: DeclineReasonWord,
    /// A few words; needed for another reason.
    pub note: Option<LongText>,
}

impl ImpedimentIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedImpediment {
        let reason: entity::mission_offer::DeclineReason = self.reason.into();
        TypedImpediment {
            starts_on: iso(self.starts_on),
            ends_on: self.ends_on.map(iso).unwrap_or_default(),
            reason: reason.word(),
            note: self.note.map(String::from).unwrap_or_default(),
        }
    }
}

/// What stands in an agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "ImpedimentKind", rename_all = "snake_case")]
pub enum ImpedimentKind {
    /// A mission that the person accepted.
    Mission,
    /// A mission that waits for their answer.
    Offer,
    /// A mission that has begun, of which nothing is done.
    Begun,
    /// The visit of a request of agreement.
    Visit,
    /// A meeting.
    Meeting,
}

/// Something that an impediment touches.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ImpedimentItem")]
pub struct ImpedimentItem {
    /// What it is.
    pub kind: ImpedimentKind,
    /// Key of the mission, of the request or of the meeting.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// Title, or name of the structure visited.
    pub title: String,
    /// When it begins.
    pub starts_at: OffsetDateTime,
    /// What becomes of it, in French.
    pub consequence: String,
}

impl From<&Touched> for ImpedimentItem {
    fn from(one: &Touched) -> Self {
        Self {
            kind: match one.planned {
                Planned::Held(_) => ImpedimentKind::Mission,
                Planned::Offered(_) => ImpedimentKind::Offer,
                Planned::Begun(_) => ImpedimentKind::Begun,
                Planned::Visit(_) => ImpedimentKind::Visit,
                Planned::Meeting(_) => ImpedimentKind::Meeting,
            },
            id: one.planned.id(),
            number: one.number.clone(),
            title: one.title.clone(),
            starts_at: one.starts_at,
            consequence: labels::consequence(one.planned).to_owned(),
        }
    }
}

/// Everything that an impediment touches.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ImpedimentOut")]
pub struct ImpedimentOut {
    /// The earliest first.
    pub items: Vec<ImpedimentItem>,
    /// Always null: everything is on one page.
    pub next_cursor: Option<String>,
}

impl From<&[Touched]> for ImpedimentOut {
    fn from(found: &[Touched]) -> Self {
        Self { items: found.iter().map(Into::into).collect(), next_cursor: None }
    }
}
