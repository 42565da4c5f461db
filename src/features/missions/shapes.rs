//! The JSON shapes of missions.

use entity::habilitation;
use entity::mission;
use entity::mission_offer;
use poem_openapi::{Enum, Object};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::actions::{Proposal, Substitutes};
use super::dossier::Dossier;
use super::input::TypedMission;
use super::queries::Found;
use super::standing::Standing;
use super::state::{Step, can};
use crate::http::api::{LongText, ShortText};
use crate::rules::typed_date::iso;
use crate::rules::{deadline, money};

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
    /// What a mission is for.
    ObjectWord as "MissionObject" for mission::MissionObject {
        /// To preside over a jury.
        Jury,
        /// To check a structure.
        Inspection,
        /// To help a team.
        Support,
        /// To train.
        Session,
        /// To work together.
        Meeting,
        /// To watch and learn.
        Observation,
    }
}

word! {
    /// Where a mission stands.
    StateWord as "MissionState" for mission::MissionState {
        /// Waits for an answer.
        Proposed,
        /// Somebody has it.
        Accepted,
        /// The person declined or dropped out, and nobody else was asked.
        Declined,
        /// Nobody answered in time.
        Expired,
        /// Taken back by the certifier.
        Withdrawn,
        /// Under way.
        InProgress,
        /// It took place.
        Done,
        /// Its report is there.
        ReportReceived,
        /// Expenses are claimed.
        ExpensesClaimed,
        /// Everything is paid.
        Settled,
        /// It does not take place.
        Cancelled,
    }
}

word! {
    /// Where an offer stands.
    OfferStateWord as "MissionOfferState" for mission_offer::OfferState {
        /// In line.
        Waiting,
        /// Waits for an answer.
        Sent,
        /// Accepted.
        Accepted,
        /// Declined.
        Declined,
        /// No answer in time.
        Expired,
        /// Taken back.
        Withdrawn,
        /// Accepted, then given up.
        DroppedOut,
    }
}

word! {
    /// Why a person declines.
    DeclineReasonWord as "MissionDeclineReason" for mission_offer::DeclineReason {
        /// Not free.
        Unavailable,
        /// Too far.
        TooFar,
        /// A tie with the structure or a person.
        Tie,
        /// Too many missions.
        Workload,
        /// A personal hindrance.
        Health,
        /// Another reason, told in the note.
        Other,
    }
}

word! {
    /// The habilitation that a mission needs.
    MissionDutyWord as "MissionDuty" for habilitation::Duty {
        /// Presides over juries for the certifier.
        Mandataire,
        /// Checks structures.
        Controleur,
        /// Trains towards the CQP EPSP.
        Epsp,
    }
}

word! {
    /// What may happen to a mission.
    StepWord as "MissionStep" for Step {
        /// Accept.
        Accept,
        /// Decline.
        Decline,
        /// Nobody answered in time.
        Expire,
        /// Take back.
        Withdraw,
        /// Offer to someone else.
        Offer,
        /// Drop out.
        DropOut,
        /// Move.
        Move,
        /// Begin.
        Start,
        /// Say that it took place.
        Finish,
        /// File the report.
        Report,
        /// Claim expenses.
        Claim,
        /// Send the claim back.
        ReturnClaim,
        /// Settle.
        Settle,
        /// Cancel.
        Cancel,
    }
}

/// A mission to propose.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionIn")]
pub struct MissionIn {
    /// Whom it is offered to.
    pub expert_id: Uuid,
    /// What for.
    pub object: ObjectWord,
    /// What it is called.
    pub title: ShortText,
    /// The habilitation needed; that of the object when left out.
    pub duty: Option<MissionDutyWord>,
    /// In which structure.
    pub structure_id: Option<Uuid>,
    /// In which site of the structure.
    pub site_id: Option<Uuid>,
    /// For which certification.
    pub certification_id: Option<Uuid>,
    /// Address; that of the structure when left out.
    pub place: Option<ShortText>,
    /// INSEE code of the department; that of the structure when left out.
    pub department: Option<ShortText>,
    /// IANA zone; that of the department when left out.
    pub zone: Option<ShortText>,
    /// First day, where it takes place.
    pub starts_on: Date,
    /// Hour of the start, `09:00`, where it takes place.
    pub starts_time: ShortText,
    /// Last day; the first when left out.
    pub ends_on: Option<Date>,
    /// Hour of the end.
    pub ends_time: ShortText,
    /// One person to meet per line.
    pub persons: Option<LongText>,
    /// What to know.
    pub instructions: Option<LongText>,
    /// Fee, in cents.
    #[oai(validator(minimum(value = "0"), maximum(value = "10000000")))]
    pub fee_cents: Option<i64>,
    /// Most expenses, in cents.
    #[oai(validator(minimum(value = "0"), maximum(value = "10000000")))]
    pub expenses_ceiling_cents: Option<i64>,
    /// Last day to answer; the usual delay when left out.
    pub answer_by: Option<Date>,
    /// Why it is offered in spite of a warning of independence.
    pub tie_reason: Option<ShortText>,
}

impl MissionIn {
    /// The proposal, as typed.
    #[must_use]
    pub fn proposal(self) -> Proposal {
        let text = |text: Option<ShortText>| text.map(String::from).unwrap_or_default();
        let long = |text: Option<LongText>| text.map(String::from).unwrap_or_default();
        let euros = |cents: Option<i64>| money::field(cents.unwrap_or_default());
        Proposal {
            mission: TypedMission {
                object: self.object.into(),
                title: self.title.0,
                duty: self.duty.map(Into::into),
                structure: self.structure_id.map(Into::into),
                site: self.site_id.map(Into::into),
                certification: self.certification_id.map(Into::into),
                place: text(self.place),
                department: text(self.department),
                zone: text(self.zone),
                starts_on: iso(self.starts_on),
                starts_time: self.starts_time.0,
                ends_on: self.ends_on.map(iso).unwrap_or_default(),
                ends_time: self.ends_time.0,
                persons: long(self.persons),
                instructions: long(self.instructions),
                fee: euros(self.fee_cents),
                expenses_ceiling: euros(self.expenses_ceiling_cents),
            },
            expert: self.expert_id.into(),
            answer_by: self.answer_by,
            tie_reason: self.tie_reason.map(String::from),
        }
    }
}

/// Why a person declines or drops out.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionRefusalIn")]
pub struct RefusalIn {
    /// The reason.
    pub reason: DeclineReasonWord,
    /// A few words; needed for another reason.
    pub note: Option<LongText>,
}

/// Someone drops out, and who is asked next.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionDropOutIn")]
pub struct DropOutIn {
    /// The reason.
    pub reason: DeclineReasonWord,
    /// A few words; needed for another reason.
    pub note: Option<LongText>,
    /// The people asked, in this order; the team alone names them.
    #[oai(default)]
    pub substitutes: Vec<SubstituteIn>,
    /// Hours that each has to answer; the usual ones when left out.
    pub hours: Option<u16>,
}

/// Someone to ask.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionSubstituteIn")]
pub struct SubstituteIn {
    /// The person.
    pub expert_id: Uuid,
    /// Why, in spite of a warning of independence.
    pub tie_reason: Option<ShortText>,
}

/// People to offer a vacant mission to.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionOfferIn")]
pub struct OfferIn {
    /// The people asked, in this order.
    pub substitutes: Vec<SubstituteIn>,
    /// Hours that each has to answer; the usual ones when left out.
    pub hours: Option<u16>,
}

/// The people, as the actions take them.
#[must_use]
pub fn substitutes(people: Vec<SubstituteIn>, hours: Option<u16>) -> Substitutes {
    let one = |one: SubstituteIn| (one.expert_id.into(), one.tie_reason.map(String::from));
    Substitutes { people: people.into_iter().map(one).collect(), hours }
}

/// A reason.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionReasonIn")]
pub struct ReasonIn {
    /// Why; told to the people concerned.
    pub reason: LongText,
}

/// Other dates.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionMoveIn")]
pub struct MoveIn {
    /// First day, where it takes place.
    pub starts_on: Date,
    /// Hour of the start.
    pub starts_time: ShortText,
    /// Last day; the first when left out.
    pub ends_on: Option<Date>,
    /// Hour of the end.
    pub ends_time: ShortText,
    /// Why; told to the people concerned.
    pub reason: LongText,
}

/// A report.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionReportIn")]
pub struct ReportIn {
    /// What was done and seen.
    pub report: LongText,
}

/// An offer of a mission.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionOffer")]
pub struct OfferOut {
    /// The person.
    pub expert_id: Uuid,
    /// Rank.
    pub position: i32,
    /// Where it stands.
    pub state: OfferStateWord,
    /// When it left.
    pub sent_at: Option<OffsetDateTime>,
    /// Last instant to answer.
    pub due_at: Option<OffsetDateTime>,
    /// When it was answered.
    pub answered_at: Option<OffsetDateTime>,
    /// Why it was declined.
    pub decline_reason: Option<DeclineReasonWord>,
}

/// A mission.
#[derive(Clone, Debug, Object)]
#[oai(rename = "Mission")]
pub struct MissionOut {
    /// Key.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// What for.
    pub object: ObjectWord,
    /// What it is called.
    pub title: String,
    /// Whom it is offered to, or who holds it.
    pub expert_id: Uuid,
    /// The habilitation needed.
    pub duty: Option<MissionDutyWord>,
    /// In which structure.
    pub structure_id: Option<Uuid>,
    /// In which site.
    pub site_id: Option<Uuid>,
    /// For which certification.
    pub certification_id: Option<Uuid>,
    /// The request of agreement whose visit it is.
    pub agreement_request_id: Option<Uuid>,
    /// Address.
    pub place: String,
    /// INSEE code of the department; empty at a distance.
    pub department: String,
    /// IANA zone.
    pub zone: String,
    /// Start.
    pub starts_at: OffsetDateTime,
    /// End.
    pub ends_at: OffsetDateTime,
    /// Start where it takes place, without zone.
    pub starts_local: String,
    /// One person to meet per line.
    pub persons: String,
    /// What to know.
    pub instructions: String,
    /// Fee, in cents.
    pub fee_cents: i64,
    /// Most expenses, in cents.
    pub expenses_ceiling_cents: i64,
    /// Where it stands.
    pub state: StateWord,
    /// Why it was withdrawn, cancelled or declined.
    pub reason: Option<String>,
    /// Report.
    pub report: Option<String>,
    /// What the state allows next.
    pub steps: Vec<StepWord>,
    /// Its offers; only the own one for an expert.
    pub offers: Vec<OfferOut>,
    /// Version.
    pub version: i32,
}

impl MissionOut {
    /// The mission, with every offer for the team and the own ones for an expert.
    #[must_use]
    pub fn of(dossier: &Dossier, team: bool) -> Self {
        let offers =
            dossier.offers.iter().filter(|offer| team || offer.expert_id == dossier.mission.expert_id);
        let offer = |offer: &mission_offer::Model| OfferOut {
            expert_id: offer.expert_id.0,
            position: offer.position,
            state: offer.state.into(),
            sent_at: offer.sent_at.map(|at| *at),
            due_at: offer.due_at.map(|at| *at),
            answered_at: offer.answered_at.map(|at| *at),
            decline_reason: offer.decline_reason.map(Into::into),
        };
        Self { offers: offers.map(offer).collect(), ..Self::of_row(&dossier.mission) }
    }

    /// The mission of a list, without its offers.
    #[must_use]
    pub fn of_row(row: &mission::Model) -> Self {
        let local = deadline::local(*row.starts_at, &row.zone);
        Self {
            id: row.id.0,
            number: row.number.clone(),
            object: row.object.into(),
            title: row.title.clone(),
            expert_id: row.expert_id.0,
            duty: row.duty.map(Into::into),
            structure_id: row.structure_id.map(Into::into),
            site_id: row.site_id.map(Into::into),
            certification_id: row.certification_id.map(Into::into),
            agreement_request_id: row.request_id.map(Into::into),
            place: row.place.clone(),
            department: row.department.clone(),
            zone: row.zone.clone(),
            starts_at: *row.starts_at,
            ends_at: *row.ends_at,
            starts_local: local
                .map(|at| format!("{}T{:02}:{:02}", iso(at.date()), at.hour(), at.minute()))
                .unwrap_or_default(),
            persons: row.persons.clone(),
            instructions: row.instructions.clone(),
            fee_cents: row.fee_cents,
            expenses_ceiling_cents: row.expenses_ceiling_cents,
            state: row.state.into(),
            reason: row.reason.clone(),
            report: row.report.clone(),
            steps: Step::ALL.into_iter().filter(|step| can(row.state, *step)).map(Into::into).collect(),
            offers: Vec::new(),
            version: row.version,
        }
    }
}

impl From<&Found> for MissionOut {
    fn from(found: &Found) -> Self {
        Self::of_row(&found.mission)
    }
}

/// A page of missions.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionPage")]
pub struct MissionPage {
    /// The missions.
    pub items: Vec<MissionOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// Someone who could hold a mission.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionCandidate")]
pub struct CandidateOut {
    /// The person.
    pub expert_id: Uuid,
    /// Number of the person.
    pub number: String,
    /// Name of the person.
    pub name: String,
    /// Whether nothing refuses.
    pub eligible: bool,
    /// Last day of the habilitation that counts.
    pub habilitated_until: Option<Date>,
    /// What refuses.
    pub refusals: Vec<String>,
    /// What wants a written reason.
    pub warnings: Vec<String>,
    /// What is worth knowing.
    pub notes: Vec<String>,
    /// What the person declared of these half-days, in words.
    pub availability: String,
    /// How far the person lives, in words.
    pub distance: String,
    /// Missions over twelve months.
    pub load: u32,
}

impl From<&Standing> for CandidateOut {
    fn from(one: &Standing) -> Self {
        Self {
            expert_id: one.expert.id.0,
            number: one.expert.number.clone(),
            name: format!("{} {}", one.expert.first_names, one.expert.family_name),
            eligible: one.is_eligible(),
            habilitated_until: one.habilitated_until,
            refusals: one.refusals.clone(),
            warnings: one.warnings.clone(),
            notes: one.notes.clone(),
            availability: super::labels::freedom(one.freedom).to_owned(),
            distance: super::labels::distance(one.distance).to_owned(),
            load: u32::try_from(one.load).unwrap_or(u32::MAX),
        }
    }
}

/// The people who could hold a mission.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionCandidatePage")]
pub struct CandidatePage {
    /// The people, the first to ask first.
    pub items: Vec<CandidateOut>,
    /// Always none: the list is whole.
    pub next_cursor: Option<String>,
}

/// The address of an agenda.
#[derive(Clone, Debug, Object)]
#[oai(rename = "AgendaFeed")]
pub struct FeedOut {
    /// The secret address, told once.
    pub url: String,
}
