//! What the API answers about a session.

use entity::{document, jury_session, jury_wish};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::super::load::{Passing, Seated, Whole};
use super::super::queries::Found;
use super::super::wording;
use super::words::{HalfWord, ModeWord, SeatStateWord, SeatWord, StateWord};

/// A session of a list.
#[derive(Clone, Debug, Object)]
pub struct JuryLine {
    /// Key.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// Where it stands.
    pub state: StateWord,
    /// Key of the structure.
    pub structure_id: Uuid,
    /// Key of the site.
    pub site_id: Option<Uuid>,
    /// Key of the version of the certification.
    pub certification_version_id: Uuid,
    /// How many candidates the structure expects.
    pub expected: i32,
    /// Where people sit.
    pub mode: ModeWord,
    /// Address of the room or of the call.
    pub place: String,
    /// The room; empty at a distance.
    pub room: String,
    /// INSEE code of the region.
    pub region: String,
    /// IANA zone of the place.
    pub zone: String,
    /// First instant; none before it is planned.
    pub starts_at: Option<OffsetDateTime>,
    /// Last instant.
    pub ends_at: Option<OffsetDateTime>,
    /// Version, to be given back in `If-Match`.
    pub version: i32,
}

impl From<&jury_session::Model> for JuryLine {
    fn from(row: &jury_session::Model) -> Self {
        Self {
            id: row.id.0,
            number: row.number.clone(),
            state: row.state.into(),
            structure_id: row.structure_id.0,
            site_id: row.site_id.map(|id| id.0),
            certification_version_id: row.certification_version_id.0,
            expected: row.expected,
            mode: row.mode.into(),
            place: row.place.clone(),
            room: row.room.clone(),
            region: row.region.clone(),
            zone: row.zone.clone(),
            starts_at: row.starts_at.map(|at| *at),
            ends_at: row.ends_at.map(|at| *at),
            version: row.version,
        }
    }
}

impl From<&Found> for JuryLine {
    fn from(found: &Found) -> Self {
        (&found.session).into()
    }
}

/// A page of sessions.
#[derive(Clone, Debug, Object)]
pub struct JuryPage {
    /// The sessions, the latest number first.
    pub items: Vec<JuryLine>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// A half-day that the structure wishes.
#[derive(Clone, Debug, Object)]
pub struct JuryWishOut {
    /// The day.
    pub day: Date,
    /// Its half.
    pub half: HalfWord,
}

impl From<&jury_wish::Model> for JuryWishOut {
    fn from(row: &jury_wish::Model) -> Self {
        Self { day: row.day, half: row.half.into() }
    }
}

/// Somebody of the jury.
#[derive(Clone, Debug, Object)]
pub struct JuryMemberOut {
    /// Key of the seat.
    pub id: Uuid,
    /// Key of the expert.
    pub expert_id: Uuid,
    /// Their number.
    pub number: String,
    /// Their name.
    pub name: String,
    /// The seat.
    pub seat: SeatWord,
    /// Where the seat stands.
    pub state: SeatStateWord,
    /// At a distance.
    pub remote: bool,
}

impl From<&Seated> for JuryMemberOut {
    fn from(one: &Seated) -> Self {
        Self {
            id: one.row.id.0,
            expert_id: one.expert.id.0,
            number: one.expert.number.clone(),
            name: one.expert.name(),
            seat: one.row.seat.into(),
            state: one.row.state.into(),
            remote: one.row.remote,
        }
    }
}

/// Somebody who passes.
#[derive(Clone, Debug, Object)]
pub struct JuryPassageOut {
    /// Key of the passage.
    pub id: Uuid,
    /// Key of the candidate.
    pub candidate_id: Uuid,
    /// Their number.
    pub number: String,
    /// Their name.
    pub name: String,
    /// Stored word of the state of their file.
    pub candidate_state: String,
    /// Their turn, from one on.
    pub position: i32,
    /// Their hour; none before the session is planned.
    pub starts_at: Option<OffsetDateTime>,
    /// Which attempt it is, from one on.
    pub attempt: i32,
}

impl From<&Passing> for JuryPassageOut {
    fn from(one: &Passing) -> Self {
        Self {
            id: one.row.id.0,
            candidate_id: one.candidate.id.0,
            number: one.candidate.number.clone(),
            name: wording::name(&one.candidate),
            candidate_state: one.candidate.state.word(),
            position: one.row.position,
            starts_at: one.row.starts_at.map(|at| *at),
            attempt: one.row.attempt,
        }
    }
}

/// A document of a session.
#[derive(Clone, Debug, Object)]
pub struct JuryDocumentOut {
    /// Key.
    pub id: Uuid,
    /// What it is, `jury-summons`.
    pub kind: String,
    /// French title.
    pub title: String,
    /// Name of the file.
    pub file_name: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

impl From<&document::Model> for JuryDocumentOut {
    fn from(row: &document::Model) -> Self {
        Self {
            id: row.id.0,
            kind: row.kind.clone(),
            title: row.title.clone(),
            file_name: row.file_name.clone(),
            size: row.size,
            sha256: hex::encode(&row.sha256),
        }
    }
}

/// A session and all that goes with it.
#[derive(Clone, Debug, Object)]
pub struct JuryOut {
    /// The session.
    pub session: JuryLine,
    /// Half-days that the structure wishes, the best first.
    pub wishes: Vec<JuryWishOut>,
    /// How the place is reached and what is adapted in it.
    pub accessibility: String,
    /// A word of the structure.
    pub note: String,
    /// Why it was rejected, moved or cancelled.
    pub reason: Option<String>,
    /// Everybody who was asked to sit.
    pub members: Vec<JuryMemberOut>,
    /// Its candidates, in the order of their turns.
    pub passages: Vec<JuryPassageOut>,
    /// What lacks before it may be confirmed, in words; empty once it is.
    pub missing: Vec<String>,
    /// When its candidates were called.
    pub summoned_at: Option<OffsetDateTime>,
    /// When the members had the files.
    pub files_sent_at: Option<OffsetDateTime>,
    /// Its documents, newest first.
    pub documents: Vec<JuryDocumentOut>,
}

impl JuryOut {
    /// A session as it is answered.
    #[must_use]
    pub fn of(whole: &Whole, missing: Vec<String>, documents: &[document::Model]) -> Self {
        let session = &whole.session;
        Self {
            session: session.into(),
            wishes: whole.wishes.iter().map(Into::into).collect(),
            accessibility: session.accessibility.clone(),
            note: session.request_note.clone(),
            reason: session.reason.clone(),
            members: whole.members.iter().map(Into::into).collect(),
            passages: whole.passages.iter().map(Into::into).collect(),
            missing,
            summoned_at: session.summoned_at.map(|at| *at),
            files_sent_at: session.files_sent_at.map(|at| *at),
            documents: documents.iter().map(Into::into).collect(),
        }
    }
}
