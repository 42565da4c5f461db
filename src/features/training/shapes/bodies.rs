//! What a call of the API sends about a session.

use entity::ids::{ExpertId, ProgrammeId, StructureId, TrainingRoomId, TrainingSessionId, TrainingSlotId};
use entity::programme_version::Modality;
use entity::training_session::{self, Delivery, SessionCause, SessionKind};
use entity::training_trainer::TrainerStanding;
use poem_openapi::Object;
use time::Date;
use uuid::Uuid;

use super::words::{CauseWord, DeliveryWord, KindWord, ModalityWord, StandingWord};
use crate::features::training::input::{TypedEnd, TypedSession, TypedSlot, TypedSubcontract, TypedTeaching};
use crate::features::training::wording::typed_session;
use crate::http::api::{LongText, ShortText};
use crate::rules::money::exact;
use crate::rules::typed_date::iso;

/// A half-day.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingSlotIn", deny_unknown_fields)]
pub struct SessionSlotIn {
    /// The day, where the session is.
    pub day: Date,
    /// `09:00`, at the hour of the place. A half-day that begins before one in the afternoon is a morning.
    pub starts_time: ShortText,
    /// `12:30`.
    pub ends_time: ShortText,
    /// As the session unless given.
    pub modality: Option<ModalityWord>,
    /// What is taught.
    pub subject: Option<ShortText>,
    /// As the session unless given.
    pub room_id: Option<Uuid>,
}

impl SessionSlotIn {
    fn typed(&self) -> TypedSlot {
        TypedSlot {
            day: iso(self.day),
            starts_time: self.starts_time.0.clone(),
            ends_time: self.ends_time.0.clone(),
            modality: self.modality.map(|word| Modality::from(word).word()).unwrap_or_default(),
            subject: text(self.subject.as_ref()),
            room: self.room_id.map(TrainingRoomId),
        }
    }
}

/// Half-days, as typed.
#[must_use]
pub fn typed_slots(slots: &[SessionSlotIn]) -> Vec<TypedSlot> {
    slots.iter().map(SessionSlotIn::typed).collect()
}

fn text(given: Option<&ShortText>) -> String {
    given.map(|text| text.0.clone()).unwrap_or_default()
}

fn long(given: Option<&LongText>) -> String {
    given.map(|text| text.0.clone()).unwrap_or_default()
}

/// A new session. What is left out follows the sheet of the programme, or the room.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingSessionIn", deny_unknown_fields)]
pub struct SessionIn {
    /// A published programme.
    pub programme_id: Uuid,
    /// A session that was postponed or cancelled, whose place this one takes.
    pub postponed_from_id: Option<Uuid>,
    /// For whom.
    pub kind: KindWord,
    /// By whom; the body itself unless given.
    pub delivery: Option<DeliveryWord>,
    /// For whom it is held, when it is not for everybody.
    pub structure_id: Option<Uuid>,
    /// How it is followed.
    pub modality: Option<ModalityWord>,
    /// Its room.
    pub room_id: Option<Uuid>,
    /// Address, when it is in no room of the register.
    pub place: Option<ShortText>,
    /// Commune of the address.
    pub commune: Option<ShortText>,
    /// Department of the address, which gives its region and its hour.
    pub department: Option<ShortText>,
    /// How to get there.
    pub access: Option<LongText>,
    /// Whether everybody gets in.
    pub accessibility: Option<LongText>,
    /// Address of the remote room.
    pub remote_url: Option<ShortText>,
    /// What to bring.
    pub to_bring: Option<LongText>,
    /// Last day to enrol.
    pub enrol_until: Option<Date>,
    /// Fewest people.
    pub seats_min: Option<i32>,
    /// Most people.
    pub seats_max: Option<i32>,
    /// For one person, in cents.
    pub price_cents: Option<i64>,
    /// About the price.
    pub price_note: Option<ShortText>,
    /// About its funding.
    pub funding_note: Option<LongText>,
    /// Who answers questions.
    pub contact: Option<ShortText>,
    /// Whether Europe pays for a part.
    pub eu_funded: Option<bool>,
    /// Whether the catalogue shows it; yes for a session for everybody unless given.
    pub public: Option<bool>,
    /// Its half-days.
    #[oai(validator(max_items = 120))]
    pub slots: Vec<SessionSlotIn>,
}

impl SessionIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedSession {
        let kind = SessionKind::from(self.kind);
        TypedSession {
            programme: Some(ProgrammeId(self.programme_id)),
            replaces: self.postponed_from_id.map(TrainingSessionId),
            kind: kind.word(),
            delivery: self.delivery.map_or(Delivery::Own, Into::into).word(),
            structure: self.structure_id.map(StructureId),
            modality: self.modality.map(|word| Modality::from(word).word()).unwrap_or_default(),
            room: self.room_id.map(TrainingRoomId),
            place: text(self.place.as_ref()),
            commune: text(self.commune.as_ref()),
            department: text(self.department.as_ref()),
            access: long(self.access.as_ref()),
            accessibility: long(self.accessibility.as_ref()),
            remote_url: text(self.remote_url.as_ref()),
            to_bring: long(self.to_bring.as_ref()),
            enrol_until: self.enrol_until.map(iso).unwrap_or_default(),
            seats_min: self.seats_min.map(|number| number.to_string()).unwrap_or_default(),
            seats_max: self.seats_max.map(|number| number.to_string()).unwrap_or_default(),
            price: self.price_cents.map(exact).unwrap_or_default(),
            price_note: text(self.price_note.as_ref()),
            funding_note: long(self.funding_note.as_ref()),
            contact: text(self.contact.as_ref()),
            eu_funded: self.eu_funded.unwrap_or_default(),
            public: self.public.unwrap_or(kind == SessionKind::Inter),
        }
    }
}

/// Several sessions at once: the same, each from its first day on.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingSessionSeriesIn", deny_unknown_fields)]
pub struct SessionSeriesIn {
    /// The first of them.
    pub session: SessionIn,
    /// The first day of each, the first session included.
    #[oai(validator(max_items = 24))]
    pub days: Vec<Date>,
}

/// What changes in a session; what is left out stays.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingSessionChangeIn", deny_unknown_fields)]
pub struct SessionChangeIn {
    /// For whom.
    pub kind: Option<KindWord>,
    /// By whom.
    pub delivery: Option<DeliveryWord>,
    /// For whom it is held.
    pub structure_id: Option<Uuid>,
    /// How it is followed.
    pub modality: Option<ModalityWord>,
    /// Its room.
    pub room_id: Option<Uuid>,
    /// Address, when it is in no room of the register any more.
    pub place: Option<ShortText>,
    /// Commune of the address.
    pub commune: Option<ShortText>,
    /// Department of the address.
    pub department: Option<ShortText>,
    /// How to get there.
    pub access: Option<LongText>,
    /// Whether everybody gets in.
    pub accessibility: Option<LongText>,
    /// Address of the remote room.
    pub remote_url: Option<ShortText>,
    /// What to bring.
    pub to_bring: Option<LongText>,
    /// Last day to enrol.
    pub enrol_until: Option<Date>,
    /// Fewest people.
    pub seats_min: Option<i32>,
    /// Most people: not fewer than have a seat.
    pub seats_max: Option<i32>,
    /// For one person, in cents.
    pub price_cents: Option<i64>,
    /// About the price.
    pub price_note: Option<ShortText>,
    /// About its funding.
    pub funding_note: Option<LongText>,
    /// Who answers questions.
    pub contact: Option<ShortText>,
    /// Whether Europe pays for a part.
    pub eu_funded: Option<bool>,
    /// Whether the catalogue shows it.
    pub public: Option<bool>,
}

impl SessionChangeIn {
    /// What the session says after, as typed.
    #[must_use]
    pub fn typed(&self, row: &training_session::Model) -> TypedSession {
        let known = typed_session(row);
        let or = |given: Option<&ShortText>, known: String| given.map_or(known, |text| text.0.clone());
        let or_long = |given: Option<&LongText>, known: String| given.map_or(known, |text| text.0.clone());
        let moves = self.place.is_some() && self.room_id.is_none();
        TypedSession {
            kind: self.kind.map_or(row.kind, Into::into).word(),
            delivery: self.delivery.map_or(row.delivery, Into::into).word(),
            structure: self.structure_id.map(StructureId).or(known.structure),
            modality: self.modality.map_or(row.modality, Into::into).word(),
            room: self.room_id.map(TrainingRoomId).or(known.room.filter(|_| !moves)),
            place: or(self.place.as_ref(), known.place),
            commune: or(self.commune.as_ref(), known.commune),
            department: or(self.department.as_ref(), known.department),
            access: or_long(self.access.as_ref(), known.access),
            accessibility: or_long(self.accessibility.as_ref(), known.accessibility),
            remote_url: or(self.remote_url.as_ref(), known.remote_url),
            to_bring: or_long(self.to_bring.as_ref(), known.to_bring),
            enrol_until: self.enrol_until.map_or(known.enrol_until, iso),
            seats_min: self.seats_min.map_or(known.seats_min, |number| number.to_string()),
            seats_max: self.seats_max.map_or(known.seats_max, |number| number.to_string()),
            price: self.price_cents.map_or(known.price, exact),
            price_note: or(self.price_note.as_ref(), known.price_note),
            funding_note: or_long(self.funding_note.as_ref(), known.funding_note),
            contact: or(self.contact.as_ref(), known.contact),
            eu_funded: self.eu_funded.unwrap_or(known.eu_funded),
            public: self.public.unwrap_or(known.public),
            ..known
        }
    }
}

/// The half-days of a session, all of them.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingSlotsIn", deny_unknown_fields)]
pub struct SessionSlotsIn {
    /// The half-days.
    #[oai(validator(max_items = 120))]
    pub slots: Vec<SessionSlotIn>,
}

/// Somebody who teaches.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingTeachingIn", deny_unknown_fields)]
pub struct TeachingIn {
    /// Who.
    pub expert_id: Uuid,
    /// What they are to the body.
    pub standing: StandingWord,
    /// Keys of the half-days; all of them unless given.
    pub slot_ids: Option<Vec<Uuid>>,
}

impl TeachingIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedTeaching {
        let slots = self.slot_ids.iter().flatten().copied().map(TrainingSlotId).collect();
        TypedTeaching {
            expert: ExpertId(self.expert_id),
            standing: TrainerStanding::from(self.standing).word(),
            slots,
        }
    }
}

/// A reason.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingSessionReasonIn", deny_unknown_fields)]
pub struct SessionReasonIn {
    /// Why.
    pub reason: ShortText,
}

/// Why a session is postponed or cancelled.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingSessionEndIn", deny_unknown_fields)]
pub struct SessionEndIn {
    /// The cause.
    pub cause: CauseWord,
    /// In words, read by the people who are told.
    pub reason: ShortText,
}

impl SessionEndIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedEnd {
        TypedEnd { cause: SessionCause::from(self.cause).word(), reason: self.reason.0.clone() }
    }
}

/// What a session is entrusted with.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingSubcontractIn", deny_unknown_fields)]
pub struct SubcontractIn {
    /// The other party, when it is a structure of the register.
    pub structure_id: Option<Uuid>,
    /// Its name.
    pub party: ShortText,
    /// Its SIRET.
    pub siret: ShortText,
    /// Its declaration of activity.
    pub nda: Option<ShortText>,
    /// Whom to write to.
    pub contact: Option<ShortText>,
    /// What it does.
    pub missions: LongText,
    /// With which means.
    pub means: LongText,
    /// How it is followed.
    pub follow_up: LongText,
    /// In cents.
    pub amount_cents: i64,
    /// Until when its Qualiopi certificate holds.
    pub qualiopi_until: Option<Date>,
    /// The day it was looked at.
    pub checked_on: Option<Date>,
}

impl SubcontractIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedSubcontract {
        TypedSubcontract {
            structure: self.structure_id.map(StructureId),
            party: self.party.0.clone(),
            siret: self.siret.0.clone(),
            nda: text(self.nda.as_ref()),
            contact: text(self.contact.as_ref()),
            missions: self.missions.0.clone(),
            means: self.means.0.clone(),
            follow_up: self.follow_up.0.clone(),
            amount: exact(self.amount_cents),
            qualiopi_until: self.qualiopi_until.map(iso).unwrap_or_default(),
            checked_on: self.checked_on.map(iso).unwrap_or_default(),
        }
    }
}
