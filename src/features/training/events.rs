//! What happened to a session or a room: who is written to, and what is left to do.

use entity::ids::{EnrolmentId, ExpertId, TrainingSlotId};
use entity::training_session::SessionCause;
use entity::{training_room, training_session};
use serde_json::{Value, json};
use uuid::Uuid;

use super::load::Whole;
use super::state::{BEGINS, Transition};
use super::{labels, wording};
use crate::db::Tx;
use crate::events::{DomainEvent, Invitation, InvitationMethod, Job, Mail, Recipient, Subject};
use crate::rules::typed_date::iso;

/// Name of the work that moves the enrolments of a session with it; they are another feature's.
pub const FOLLOW_JOB: &str = "enrolments.follow_session";
/// Name of the work that offers seats that came free.
pub const OFFER_JOB: &str = "enrolments.offer";

/// What a message says of a session: one word each, which the templates know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Somebody teaches.
    Assigned,
    /// Somebody does not any more.
    Removed,
    /// Other dates or another place.
    Moved,
    /// It will be held.
    Confirmed,
    /// It may not be held after all.
    Unconfirmed,
    /// It is not held at its dates.
    Postponed,
    /// It is not held.
    Cancelled,
}

impl Change {
    /// The word of the templates.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Confirmed => "confirmed",
            Self::Unconfirmed => "unconfirmed",
            Self::Postponed => "postponed",
            Self::Cancelled => "cancelled",
        }
    }

    const fn method(self) -> InvitationMethod {
        match self {
            Self::Removed | Self::Postponed | Self::Cancelled => InvitationMethod::Cancel,
            Self::Assigned | Self::Moved | Self::Confirmed | Self::Unconfirmed => InvitationMethod::Request,
        }
    }
}

/// What happened.
#[derive(Clone, Debug)]
pub enum What<'a> {
    /// It was created.
    Created,
    /// What it says changed: the names of the fields.
    Edited(Vec<&'static str>),
    /// Its half-days changed.
    SlotsChanged {
        /// How many there are now.
        count: usize,
        /// Those that are gone.
        dropped: Vec<TrainingSlotId>,
    },
    /// Somebody teaches.
    TrainerAssigned {
        /// Who.
        expert: ExpertId,
        /// On which half-days.
        slots: Vec<TrainingSlotId>,
    },
    /// Somebody does not teach any more.
    TrainerRemoved {
        /// Who.
        expert: ExpertId,
        /// Why.
        reason: &'a str,
    },
    /// It is entrusted: the key of the contract.
    SubcontractRecorded(Uuid),
    /// It is not entrusted any more.
    SubcontractEnded {
        /// The key of the contract.
        id: Uuid,
        /// Why.
        reason: &'a str,
    },
    /// A step of the table.
    Stepped {
        /// The line of the table.
        line: &'static Transition,
        /// Why it is postponed or cancelled.
        cause: Option<SessionCause>,
        /// The same, in words; empty for the other steps.
        reason: &'a str,
    },
}

/// Somebody who teaches, and what they are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldTrainer {
    /// Who.
    pub expert: ExpertId,
    /// What changes for them.
    pub change: Change,
    /// What their calendar is told.
    pub invitation: Option<Invitation>,
}

impl ToldTrainer {
    /// What somebody is told of their half-days of a session.
    #[must_use]
    pub fn of(whole: &Whole, expert: ExpertId, change: Change) -> Self {
        let own: Vec<_> = whole.slots_of(expert).collect();
        Self { expert, change, invitation: wording::invitation(whole, &own, change.method()) }
    }
}

/// Who is told of an act, as it was before the act took anything away.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The change; nobody is told without one.
    pub change: Option<Change>,
    /// The dates that it had, when it has none any more.
    pub when: Option<String>,
    /// Those who teach, each with what their calendar is told.
    pub trainers: Vec<ToldTrainer>,
    /// Those who have a seat.
    pub people: Vec<EnrolmentId>,
}

impl Told {
    /// Those who teach on these half-days, and those who have a seat.
    #[must_use]
    pub fn everybody(whole: &Whole, change: Change) -> Self {
        Self { people: seated(whole), ..Self::trainers(whole, change) }
    }

    /// Those who teach.
    #[must_use]
    pub fn trainers(whole: &Whole, change: Change) -> Self {
        let trainers = whole.trainers().into_iter();
        let trainers = trainers.map(|expert| ToldTrainer::of(whole, expert, change)).collect();
        Self { change: Some(change), when: None, trainers, people: Vec::new() }
    }

    /// One of those who teach.
    #[must_use]
    pub fn trainer(whole: &Whole, person: ExpertId, change: Change) -> Self {
        let mut told = Self::trainers(whole, change);
        told.trainers.retain(|one| one.expert == person);
        told
    }
}

fn seated(whole: &Whole) -> Vec<EnrolmentId> {
    whole.people.iter().filter(|one| one.has_seat()).map(|one| one.id).collect()
}

/// One event.
#[derive(Clone, Debug)]
pub struct TrainingEvent<'a> {
    /// The session as the act leaves it.
    pub whole: &'a Whole,
    /// What happened.
    pub what: What<'a>,
    told: Told,
    jobs: Vec<Job>,
    base_url: String,
}

impl<'a> TrainingEvent<'a> {
    /// An event.
    #[must_use]
    pub fn new(tx: &Tx, whole: &'a Whole, what: What<'a>, told: Told) -> Self {
        Self { whole, what, told, jobs: Vec::new(), base_url: tx.app().url("") }
    }

    /// With work left to do for the enrolments.
    #[must_use]
    pub fn doing(mut self, kind: &'static str) -> Self {
        self.jobs.push(Job::now(kind, json!({ "session_id": self.whole.session.id })));
        self
    }

    fn variables(&self, change: Change) -> Value {
        let session = &self.whole.session;
        let reason = self.why().unwrap_or_default();
        json!({
            "number": session.number,
            "title": session.title,
            "change": change.word(),
            "when": self.told.when.clone().unwrap_or_else(|| wording::dates(session)),
            "place": wording::place(session),
            "half_days": [],
            "reason_text": Some(reason).filter(|reason| !reason.is_empty()),
            "link": format!("{}{}", self.base_url, self.whole.path()),
        })
    }

    fn why(&self) -> Option<&str> {
        match &self.what {
            What::TrainerRemoved { reason, .. }
            | What::SubcontractEnded { reason, .. }
            | What::Stepped { reason, .. } => Some(*reason).filter(|reason| !reason.is_empty()),
            What::Created
            | What::Edited(_)
            | What::SlotsChanged { .. }
            | What::TrainerAssigned { .. }
            | What::SubcontractRecorded(_) => None,
        }
    }
}

impl DomainEvent for TrainingEvent<'_> {
    fn name(&self) -> &'static str {
        match &self.what {
            What::Created => BEGINS.1,
            What::Edited(_) => "training_session.edited",
            What::SlotsChanged { .. } => "training_session.slots_changed",
            What::TrainerAssigned { .. } => "training_session.trainer_assigned",
            What::TrainerRemoved { .. } => "training_session.trainer_removed",
            What::SubcontractRecorded(_) => "training_session.subcontract_recorded",
            What::SubcontractEnded { .. } => "training_session.subcontract_ended",
            What::Stepped { line, .. } => line.name(),
        }
    }

    fn code(&self) -> &'static str {
        match &self.what {
            What::Created => BEGINS.2,
            What::Edited(_) => "SES_EDITED",
            What::SlotsChanged { .. } => "SES_SLOTS",
            What::TrainerAssigned { .. } => "SES_TRAINER_ASSIGNED",
            What::TrainerRemoved { .. } => "SES_TRAINER_REMOVED",
            What::SubcontractRecorded(_) => "SES_SUBCONTRACT",
            What::SubcontractEnded { .. } => "SES_SUBCONTRACT_ENDED",
            What::Stepped { line, .. } => line.code(),
        }
    }

    fn subject(&self) -> Subject {
        let session = &self.whole.session;
        Subject::new("training_session", session.id, session.number.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match &self.what {
            What::Created => (None, Some(self.whole.session.state.word())),
            What::Stepped { line, .. } => (Some(line.from.word()), Some(line.to.word())),
            _ => (None, None),
        }
    }

    fn reason(&self) -> Option<&str> {
        self.why()
    }

    fn payload(&self) -> Value {
        let session = &self.whole.session;
        match &self.what {
            What::Created => created(session),
            What::Edited(fields) => json!({ "fields": fields, "seats_max": session.seats_max }),
            What::SlotsChanged { count, dropped } => json!({
                "half_days": count,
                "dropped": dropped,
                "starts_on": session.starts_on.map(iso),
                "ends_on": session.ends_on.map(iso),
                "sequence": session.sequence,
            }),
            What::TrainerAssigned { expert, slots } => json!({ "expert_id": expert, "slot_ids": slots }),
            What::TrainerRemoved { expert, .. } => json!({ "expert_id": expert }),
            What::SubcontractRecorded(id) | What::SubcontractEnded { id, .. } => {
                json!({ "subcontract_id": id })
            }
            What::Stepped { cause, .. } => json!({
                "cause": cause.map(SessionCause::word),
                "starts_on": session.starts_on.map(iso),
                "ends_on": session.ends_on.map(iso),
                "sequence": session.sequence,
            }),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        let Some(change) = self.told.change else { return Vec::new() };
        let trainer = |one: &ToldTrainer| {
            let mut own = self.variables(one.change);
            let told = one.invitation.as_ref().map(|date| date.description.lines().collect::<Vec<_>>());
            own["half_days"] = json!(told.unwrap_or_default());
            let to = Recipient::Expert { id: one.expert };
            Mail::new("training-trainer", to, labels::WHY_TRAINER, own).invited(one.invitation.clone())
        };
        let person = |id: &EnrolmentId| {
            let to = Recipient::Enrolment { id: *id };
            let mut own = self.variables(change);
            if let Some(own) = own.as_object_mut() {
                // The page of the session is for those who hold it.
                own.remove("link");
            }
            own["half_days"] =
                json!(self.whole.slots.iter().map(|slot| wording::half_day(&slot.row)).collect::<Vec<_>>());
            Mail::new("training-people", to, labels::WHY_ENROLLED, own)
        };
        let trainers = self.told.trainers.iter().map(trainer);
        trainers.chain(self.told.people.iter().map(person)).collect()
    }

    fn jobs(&self) -> Vec<Job> {
        self.jobs.clone()
    }
}

fn created(session: &training_session::Model) -> Value {
    json!({
        "programme_id": session.programme_id,
        "programme_version_id": session.programme_version_id,
        "kind": session.kind.word(),
        "delivery": session.delivery.word(),
        "structure_id": session.structure_id,
        "modality": session.modality.word(),
        "region": session.region,
        "starts_on": session.starts_on.map(iso),
        "ends_on": session.ends_on.map(iso),
        "seats_max": session.seats_max,
        "series_id": session.series_id,
        "postponed_from_id": session.postponed_from_id,
    })
}

/// What happened to a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomWhat {
    /// It was recorded.
    Created,
    /// What is said of it changed.
    Edited,
    /// No session is held there any more.
    Retired,
}

/// An event of a room.
#[derive(Clone, Debug)]
pub struct RoomEvent<'a> {
    /// The room, after.
    pub room: &'a training_room::Model,
    /// What happened.
    pub what: RoomWhat,
}

impl DomainEvent for RoomEvent<'_> {
    fn name(&self) -> &'static str {
        match self.what {
            RoomWhat::Created => "training_room.recorded",
            RoomWhat::Edited => "training_room.edited",
            RoomWhat::Retired => "training_room.retired",
        }
    }

    fn code(&self) -> &'static str {
        match self.what {
            RoomWhat::Created => "ROOM_RECORDED",
            RoomWhat::Edited => "ROOM_EDITED",
            RoomWhat::Retired => "ROOM_RETIRED",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("training_room", self.room.id, self.room.name.clone())
    }

    fn payload(&self) -> Value {
        json!({
            "capacity": self.room.capacity,
            "region": self.room.region,
            "structure_id": self.room.structure_id,
            "site_id": self.room.site_id,
            "retired_on": self.room.retired_on.map(iso),
        })
    }
}

/// The list of sessions was taken as a file.
#[derive(Clone, Debug)]
pub struct SessionsExported {
    /// Key of the file.
    pub id: Uuid,
    /// `csv` or `xlsx`.
    pub format: &'static str,
    /// How many sessions at that moment.
    pub lines: u64,
}

impl DomainEvent for SessionsExported {
    fn name(&self) -> &'static str {
        "training_sessions.exported"
    }

    fn code(&self) -> &'static str {
        "SES_EXPORTED"
    }

    fn subject(&self) -> Subject {
        Subject::new("training_sessions", self.id, labels::EXPORT)
    }

    fn payload(&self) -> Value {
        json!({ "format": self.format, "lines": self.lines })
    }
}
