//! What the API answers about a session.

use entity::{training_session, training_subcontract, training_tally};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::words::{
    CauseWord, DeliveryWord, HalfWord, KindWord, ModalityWord, StandingWord, StateWord, ThemeWord,
};
use crate::features::training::consequences::Consequences;
use crate::features::training::load::{Slot, Teaching, Whole};
use crate::features::training::queries::Found;
use crate::features::training::wording;

/// A session of a list.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingSessionLine")]
pub struct SessionLine {
    /// Key.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// Key of its programme.
    pub programme_id: Uuid,
    /// Title.
    pub title: String,
    /// Theme.
    pub theme: ThemeWord,
    /// For whom.
    pub kind: KindWord,
    /// By whom.
    pub delivery: DeliveryWord,
    /// How it is followed.
    pub modality: ModalityWord,
    /// Where it stands.
    pub state: StateWord,
    /// Whether the catalogue shows it.
    pub public: bool,
    /// For whom it is held.
    pub structure_id: Option<Uuid>,
    /// Place and commune.
    pub place: String,
    /// INSEE department; empty at a distance.
    pub department: String,
    /// INSEE region; empty at a distance.
    pub region: String,
    /// IANA zone.
    pub zone: String,
    /// First day, in the zone.
    pub starts_on: Option<Date>,
    /// Last day, in the zone.
    pub ends_on: Option<Date>,
    /// First instant.
    pub starts_at: Option<OffsetDateTime>,
    /// Last instant.
    pub ends_at: Option<OffsetDateTime>,
    /// Minutes taught.
    pub duration_minutes: i32,
    /// Seats that there are.
    pub seats: i32,
    /// Seats taken, offered ones included.
    pub held: i32,
    /// People who wait.
    pub waiting: i32,
    /// For one person, in cents; none on quotation.
    pub price_cents: Option<i64>,
    /// Key of the series with which it was created.
    pub series_id: Option<Uuid>,
    /// Version, to be given back in `If-Match`.
    pub version: i32,
}

impl SessionLine {
    fn of(row: &training_session::Model, tally: &training_tally::Model) -> Self {
        Self {
            id: row.id.0,
            number: row.number.clone(),
            programme_id: row.programme_id.0,
            title: row.title.clone(),
            theme: row.theme.into(),
            kind: row.kind.into(),
            delivery: row.delivery.into(),
            modality: row.modality.into(),
            state: row.state.into(),
            public: row.public,
            structure_id: row.structure_id.map(|id| id.0),
            place: wording::place(row),
            department: row.department.clone(),
            region: row.region.clone(),
            zone: row.zone.clone(),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            starts_at: row.starts_at.map(|at| *at),
            ends_at: row.ends_at.map(|at| *at),
            duration_minutes: row.duration_minutes,
            seats: tally.seats,
            held: tally.held,
            waiting: tally.waiting,
            price_cents: row.price_cents,
            series_id: row.series_id,
            version: row.version,
        }
    }
}

impl From<&Found> for SessionLine {
    fn from(found: &Found) -> Self {
        Self::of(&found.session, &found.tally)
    }
}

/// A page of sessions.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingSessionPage")]
pub struct SessionPage {
    /// The sessions: those that wait for their dates, then the latest day first.
    pub items: Vec<SessionLine>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// The sessions of a series.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingSessionSeriesOut")]
pub struct SessionSeriesOut {
    /// The sessions, in the order of their first days.
    pub items: Vec<SessionLine>,
}

impl SessionSeriesOut {
    /// The sessions that were just created, to which nobody is enrolled yet.
    #[must_use]
    pub fn of(rows: &[training_session::Model]) -> Self {
        let empty = |row: &training_session::Model| training_tally::Model {
            session_id: row.id,
            seats: row.seats_max,
            held: 0,
            waiting: 0,
            last_seq: 0,
        };
        Self { items: rows.iter().map(|row| SessionLine::of(row, &empty(row))).collect() }
    }
}

/// Somebody who teaches on a half-day.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingTrainerOut")]
pub struct SessionTrainerOut {
    /// Key of the expert.
    pub expert_id: Uuid,
    /// Their number.
    pub number: String,
    /// Their name.
    pub name: String,
    /// What they are to the body.
    pub standing: StandingWord,
    /// When they signed the half-day.
    pub signed_at: Option<OffsetDateTime>,
}

impl From<&Teaching> for SessionTrainerOut {
    fn from(one: &Teaching) -> Self {
        Self {
            expert_id: one.expert.id.0,
            number: one.expert.number.clone(),
            name: one.expert.name(),
            standing: one.row.standing.into(),
            signed_at: one.row.signed_at.map(|at| *at),
        }
    }
}

/// A half-day of a session.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingSlotOut")]
pub struct SessionSlotOut {
    /// Key.
    pub id: Uuid,
    /// The day, in the zone.
    pub day: Date,
    /// Which half of it.
    pub half: HalfWord,
    /// Its beginning.
    pub starts_at: OffsetDateTime,
    /// Its end.
    pub ends_at: OffsetDateTime,
    /// IANA zone.
    pub zone: String,
    /// Minutes taught.
    pub minutes: i32,
    /// How it is followed.
    pub modality: ModalityWord,
    /// Its room, or that of the session.
    pub room_id: Option<Uuid>,
    /// What is taught.
    pub subject: String,
    /// Who teaches.
    pub trainers: Vec<SessionTrainerOut>,
}

impl SessionSlotOut {
    fn of(slot: &Slot, whole: &Whole) -> Self {
        let row = &slot.row;
        Self {
            id: row.id.0,
            day: row.day,
            half: row.half.into(),
            starts_at: *row.starts_at,
            ends_at: *row.ends_at,
            zone: row.zone.clone(),
            minutes: row.minutes,
            modality: row.modality.into(),
            room_id: whole.room_of(slot).map(|room| room.id.0),
            subject: row.subject.clone(),
            trainers: slot.trainers.iter().map(Into::into).collect(),
        }
    }
}

/// What a session is entrusted with.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingSubcontractOut")]
pub struct SubcontractOut {
    /// Key.
    pub id: Uuid,
    /// The other party, when it is a structure of the register.
    pub structure_id: Option<Uuid>,
    /// Its name.
    pub party: String,
    /// Its SIRET.
    pub siret: String,
    /// Its declaration of activity.
    pub nda: String,
    /// What it does.
    pub missions: String,
    /// With which means.
    pub means: String,
    /// How it is followed.
    pub follow_up: String,
    /// In cents.
    pub amount_cents: i64,
    /// Until when its Qualiopi certificate holds.
    pub qualiopi_until: Option<Date>,
    /// The day it was looked at.
    pub checked_on: Option<Date>,
}

impl From<&training_subcontract::Model> for SubcontractOut {
    fn from(row: &training_subcontract::Model) -> Self {
        Self {
            id: row.id.0,
            structure_id: row.structure_id.map(|id| id.0),
            party: row.party.clone(),
            siret: row.siret.clone(),
            nda: row.nda.clone(),
            missions: row.missions.clone(),
            means: row.means.clone(),
            follow_up: row.follow_up.clone(),
            amount_cents: row.amount_cents,
            qualiopi_until: row.qualiopi_until,
            checked_on: row.checked_on,
        }
    }
}

/// A session and all that goes with it.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingSessionOut")]
pub struct SessionOut {
    /// The session.
    pub session: SessionLine,
    /// Key of the version of the sheet.
    pub programme_version_id: Uuid,
    /// Key of its room.
    pub room_id: Option<Uuid>,
    /// How to get there.
    pub access: String,
    /// Whether everybody gets in.
    pub accessibility: String,
    /// Address of the remote room; empty for whoever does not teach or manage.
    pub remote_url: String,
    /// What to bring.
    pub to_bring: String,
    /// Last day to enrol.
    pub enrol_until: Option<Date>,
    /// Fewest people.
    pub seats_min: i32,
    /// About the price.
    pub price_note: String,
    /// About its funding.
    pub funding_note: String,
    /// Whether Europe pays for a part.
    pub eu_funded: bool,
    /// Who answers questions.
    pub contact: String,
    /// The session whose place it takes.
    pub postponed_from_id: Option<Uuid>,
    /// Why it is postponed or cancelled.
    pub cause: Option<CauseWord>,
    /// The same, in words.
    pub reason: Option<String>,
    /// Its half-days, oldest first.
    pub slots: Vec<SessionSlotOut>,
    /// The sub-contract in force; for the team alone.
    pub subcontract: Option<SubcontractOut>,
    /// What it would lack to be confirmed, in French; empty once it is.
    pub missing: Vec<String>,
}

impl SessionOut {
    /// A session, as somebody of the team sees it or not.
    #[must_use]
    pub fn of(whole: &Whole, missing: Vec<String>, staff: bool) -> Self {
        let row = &whole.session;
        Self {
            session: SessionLine::of(row, &whole.tally),
            programme_version_id: row.programme_version_id.0,
            room_id: row.room_id.map(|id| id.0),
            access: row.access.clone(),
            accessibility: row.accessibility.clone(),
            remote_url: row.remote_url.clone(),
            to_bring: row.to_bring.clone(),
            enrol_until: row.enrol_until,
            seats_min: row.seats_min,
            price_note: row.price_note.clone(),
            funding_note: row.funding_note.clone(),
            eu_funded: row.eu_funded,
            contact: row.contact.clone(),
            postponed_from_id: row.postponed_from_id.map(|id| id.0),
            cause: row.cause.map(Into::into),
            reason: row.reason.clone(),
            slots: whole.slots.iter().map(|slot| SessionSlotOut::of(slot, whole)).collect(),
            subcontract: whole.subcontract.as_ref().filter(|_| staff).map(Into::into),
            missing,
        }
    }
}

/// What an act would change.
#[derive(Clone, Debug, Object)]
#[oai(rename = "TrainingSessionConsequences")]
pub struct ConsequencesOut {
    /// People who have a seat.
    pub seated: u32,
    /// Those whom a contract binds.
    pub bound: u32,
    /// People who wait.
    pub waiting: u32,
    /// People who teach.
    pub trainers: u32,
    /// Half-days of rooms that would come free.
    pub rooms: u32,
    /// The same as a list that is read before, in French.
    pub effects: Vec<String>,
}

impl ConsequencesOut {
    /// Those of an act, with the list that is read before it.
    #[must_use]
    pub fn of(consequences: Consequences, effects: Vec<String>) -> Self {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            seated: count(consequences.seated),
            bound: count(consequences.bound),
            waiting: count(consequences.waiting),
            trainers: count(consequences.trainers),
            rooms: count(consequences.rooms),
            effects,
        }
    }
}
