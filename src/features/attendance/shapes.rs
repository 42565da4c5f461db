//! The JSON shapes of attendance: what is sent, what is answered, the words of both.

use entity::attendance::{self, Presence, Proof};
use entity::attendance_proof::{self, ProofKind};
use entity::enrolment::TraineeStatus;
use entity::{attendance_change, training_slot};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::input::{TypedPresence, TypedProof};
use super::load::name;
use super::queries::hours::Hours;
use super::queries::{Beside, Sheet};
use crate::http::api::ShortText;
use crate::http::api::words::words;
use crate::rules::training::attendance::Attended;
use crate::rules::typed_date::iso;

words! {
    /// Whether somebody was there.
    PresenceWord as "Presence" for Presence {
        /// The whole half-day.
        Present,
        /// A part of it.
        Partial,
        /// No, without a reason.
        Absent,
        /// No, with a reason.
        AbsentExcused,
    }
}

words! {
    /// How somebody signed.
    ProofWord as "SignatureProof" for Proof {
        /// They did not.
        None,
        /// By the square code of the room.
        Qr,
        /// By the six figures of the room.
        Pin,
        /// By the link of a message.
        Link,
        /// From their account.
        Account,
        /// On paper.
        Paper,
        /// From elsewhere, as proofs say.
        Remote,
    }
}

words! {
    /// What proves a sequence.
    ProofKindWord as "SequenceProof" for ProofKind {
        /// Times of connection.
        Log,
        /// A piece of work.
        Work,
        /// An evaluation.
        Evaluation,
        /// Help that was given.
        Assistance,
        /// A reflective phase of training at work.
        AfestPhase,
        /// Something else.
        Other,
    }
}

words! {
    /// What a trainee is when they enrol.
    StatusWord as "AttendeeStatus" for TraineeStatus {
        /// Employee of a private employer.
        PrivateEmployee,
        /// Apprentice.
        Apprentice,
        /// Looks for a job.
        JobSeeker,
        /// Pays for themselves.
        Individual,
        /// Something else.
        Other,
    }
}

/// What somebody attended.
#[derive(Clone, Copy, Debug, Object)]
pub struct AttendedOut {
    /// Minutes really attended.
    pub done_minutes: u32,
    /// Minutes planned.
    pub planned_minutes: u32,
    /// Half-days on which they were there, in whole or in part.
    pub present: u32,
    /// Half-days on which they were not.
    pub absent: u32,
    /// Half-days of which nothing is known.
    pub unknown: u32,
}

impl From<Attended> for AttendedOut {
    fn from(sum: Attended) -> Self {
        Self {
            done_minutes: sum.done,
            planned_minutes: sum.planned,
            present: sum.present,
            absent: sum.absent,
            unknown: sum.unknown,
        }
    }
}

/// A half-day of a session.
#[derive(Clone, Debug, Object)]
pub struct AttendanceSlotOut {
    /// Key.
    pub id: Uuid,
    /// The day, where it is held.
    pub day: Date,
    /// Start.
    pub starts_at: OffsetDateTime,
    /// End.
    pub ends_at: OffsetDateTime,
    /// IANA zone.
    pub zone: String,
    /// Minutes taught.
    pub minutes: i32,
    /// Who teaches.
    pub trainers: Vec<String>,
    /// Until when the codes of the room are shown; none when they are not.
    pub open_until: Option<OffsetDateTime>,
    /// The scanned sheet; none until there is one.
    pub sheet_id: Option<Uuid>,
    /// Expected people of whom nothing is known.
    pub unknown: u32,
    /// Lines that wait for a countersignature.
    pub to_countersign: u32,
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl AttendanceSlotOut {
    fn of(sheet: &Sheet, slot: &training_slot::Model) -> Self {
        let (unknown, waiting) = sheet.awaited(slot.id);
        Self {
            id: slot.id.0,
            day: slot.day,
            starts_at: *slot.starts_at,
            ends_at: *slot.ends_at,
            zone: slot.zone.clone(),
            minutes: slot.minutes,
            trainers: sheet.teaching(slot.id),
            open_until: slot.pin_until.map(|until| *until),
            sheet_id: slot.sheet_id.map(|id| id.0),
            unknown: count(unknown),
            to_countersign: count(waiting),
        }
    }
}

/// What is known of somebody on a half-day.
#[derive(Clone, Debug, Object)]
pub struct AttendanceLineOut {
    /// Key.
    pub id: Uuid,
    /// The half-day.
    pub slot_id: Uuid,
    /// The enrolment.
    pub enrolment_id: Uuid,
    /// Whether they were there.
    pub presence: PresenceWord,
    /// Minutes that count.
    pub minutes: i32,
    /// How they signed.
    pub proof: ProofWord,
    /// When they signed.
    pub signed_at: Option<OffsetDateTime>,
    /// When whoever teaches countersigned.
    pub countersigned_at: Option<OffsetDateTime>,
    /// When it was recorded.
    pub recorded_at: OffsetDateTime,
    /// Version, to be given back in `If-Match`.
    pub version: i32,
}

impl From<&attendance::Model> for AttendanceLineOut {
    fn from(row: &attendance::Model) -> Self {
        Self {
            id: row.id.0,
            slot_id: row.slot_id.0,
            enrolment_id: row.enrolment_id.0,
            presence: row.presence.into(),
            minutes: row.minutes,
            proof: row.proof.into(),
            signed_at: row.signed_at.map(|at| *at),
            countersigned_at: row.countersigned_at.map(|at| *at),
            recorded_at: *row.recorded_at,
            version: row.version,
        }
    }
}

/// Somebody of the sheet.
#[derive(Clone, Debug, Object)]
pub struct AttendeeOut {
    /// The enrolment.
    pub enrolment_id: Uuid,
    /// `SES-2026-0017-23`.
    pub reference: String,
    /// Their name.
    pub name: String,
    /// Their hours.
    pub attended: AttendedOut,
}

/// A correction.
#[derive(Clone, Debug, Object)]
pub struct AttendanceChangeOut {
    /// The line.
    pub attendance_id: Uuid,
    /// What it was.
    pub was: PresenceWord,
    /// What it became.
    pub became: PresenceWord,
    /// Minutes before.
    pub was_minutes: i32,
    /// Minutes after.
    pub became_minutes: i32,
    /// Why.
    pub reason: String,
    /// When.
    pub changed_at: OffsetDateTime,
}

impl From<&attendance_change::Model> for AttendanceChangeOut {
    fn from(row: &attendance_change::Model) -> Self {
        Self {
            attendance_id: row.attendance_id.0,
            was: row.was.into(),
            became: row.became.into(),
            was_minutes: row.was_minutes,
            became_minutes: row.became_minutes,
            reason: row.reason.clone(),
            changed_at: *row.changed_at,
        }
    }
}

/// Something that proves a sequence.
#[derive(Clone, Debug, Object)]
pub struct AttendanceProofOut {
    /// Key.
    pub id: Uuid,
    /// The line.
    pub attendance_id: Uuid,
    /// What it is.
    pub kind: ProofKindWord,
    /// In words.
    pub note: String,
    /// Its day.
    pub dated_on: Date,
    /// Its file.
    pub document_id: Option<Uuid>,
}

impl From<&attendance_proof::Model> for AttendanceProofOut {
    fn from(row: &attendance_proof::Model) -> Self {
        Self {
            id: row.id.0,
            attendance_id: row.attendance_id.0,
            kind: row.kind.into(),
            note: row.note.clone(),
            dated_on: row.dated_on,
            document_id: row.document_id.map(|id| id.0),
        }
    }
}

/// The sheet of a session.
#[derive(Clone, Debug, Object)]
pub struct AttendanceSheetOut {
    /// Key of the session.
    pub session_id: Uuid,
    /// Its number.
    pub number: String,
    /// Its half-days, in their order.
    pub slots: Vec<AttendanceSlotOut>,
    /// Who is on it, in alphabetical order.
    pub people: Vec<AttendeeOut>,
    /// What is known.
    pub lines: Vec<AttendanceLineOut>,
    /// Corrections, oldest first.
    pub changes: Vec<AttendanceChangeOut>,
    /// Proofs that stand.
    pub proofs: Vec<AttendanceProofOut>,
}

impl AttendanceSheetOut {
    /// A sheet, with what goes with its lines.
    #[must_use]
    pub fn of(sheet: &Sheet, beside: &Beside) -> Self {
        Self {
            session_id: sheet.session.id.0,
            number: sheet.session.number.clone(),
            slots: sheet.slots.iter().map(|slot| AttendanceSlotOut::of(sheet, slot)).collect(),
            people: sheet
                .people
                .iter()
                .map(|row| AttendeeOut {
                    enrolment_id: row.id.0,
                    reference: format!("{}-{}", sheet.session.number, row.seq),
                    name: name(row),
                    attended: sheet.hours(row.id).into(),
                })
                .collect(),
            lines: sheet.lines.iter().map(Into::into).collect(),
            changes: beside.changes.iter().map(Into::into).collect(),
            proofs: beside.proofs.iter().map(Into::into).collect(),
        }
    }
}

/// The codes of a room.
#[derive(Clone, Debug, Object)]
pub struct RoomCodesOut {
    /// The address of the square code.
    pub url: String,
    /// Six figures, for who has their own link.
    pub pin: String,
    /// Until when they work.
    pub until: OffsetDateTime,
}

/// The presence of somebody.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AttendanceLineIn {
    /// The enrolment.
    pub enrolment_id: Uuid,
    /// Whether they were there.
    pub presence: PresenceWord,
    /// Minutes of a partial presence.
    pub minutes: Option<u32>,
}

/// Who was there on a half-day.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AttendanceRecordIn {
    /// The presences that are not known yet.
    #[oai(validator(max_items = 200))]
    pub lines: Vec<AttendanceLineIn>,
    /// How they signed: not at all, on paper, from elsewhere.
    pub proof: Option<ProofWord>,
}

/// A presence as it should have been.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AttendanceCorrectIn {
    /// What it was really.
    pub presence: PresenceWord,
    /// Minutes of a partial presence.
    pub minutes: Option<u32>,
    /// Why it is corrected.
    pub reason: ShortText,
}

/// As typed.
#[must_use]
pub fn typed(presence: PresenceWord, minutes: Option<u32>) -> TypedPresence {
    TypedPresence {
        presence: Presence::from(presence).word(),
        minutes: minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
    }
}

/// Something that proves a sequence.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AttendanceProofIn {
    /// What it is.
    pub kind: ProofKindWord,
    /// In words.
    pub note: ShortText,
    /// Its day.
    pub dated_on: Date,
}

impl AttendanceProofIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedProof {
        TypedProof {
            kind: ProofKind::from(self.kind).word(),
            note: self.note.0.clone(),
            dated_on: iso(self.dated_on),
        }
    }
}

/// What somebody attended of a session.
#[derive(Clone, Debug, Object)]
pub struct AttendedHoursOut {
    /// The enrolment.
    pub enrolment_id: Uuid,
    /// `SES-2026-0017-23`.
    pub reference: String,
    /// The session.
    pub session_id: Uuid,
    /// Its number.
    pub session_number: String,
    /// Its last day.
    pub ends_on: Option<Date>,
    /// What they are.
    pub status: StatusWord,
    /// The hours.
    pub attended: AttendedOut,
}

impl From<&Hours> for AttendedHoursOut {
    fn from(row: &Hours) -> Self {
        Self {
            enrolment_id: row.id.0,
            reference: row.reference.clone(),
            session_id: row.session_id.0,
            session_number: row.number.clone(),
            ends_on: row.ends_on,
            status: row.status.into(),
            attended: row.hours.into(),
        }
    }
}

/// A page of hours.
#[derive(Clone, Debug, Object)]
pub struct AttendedHoursPage {
    /// The hours, by enrolment.
    pub items: Vec<AttendedHoursOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}
