//! The JSON shapes of missions.

mod asked;
mod expenses;
mod impediment;
mod words;

pub use asked::{
    DropOutIn, MissionIn, MoveIn, OfferIn, ReasonIn, RefusalIn, ReportIn, ScoreIn, SubstituteIn, substitutes,
};
pub use expenses::{
    ClaimIn, ClaimOut, CorrectionIn, CorrectionOut, EmployerIn, EmployerOut, ExpenseIn, ExpenseOut,
    PayableOut, PayablePage, ReceiptOut, ReceiptPage, SettleIn, SettledOut,
};
pub use impediment::{ImpedimentIn, ImpedimentItem, ImpedimentKind, ImpedimentOut};
pub use words::{
    ClaimStateWord, DeclineReasonWord, ExpenseKindWord, MissionDutyWord, ModeWord, ObjectWord,
    OfferStateWord, StateWord, StepWord,
};

use entity::{mission, mission_offer};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::dossier::Dossier;
use super::input::Mode;
use super::queries::Found;
use super::standing::Standing;
use super::state::{Step, TABLE};
use crate::features::availability::labels as words_of_time;
use crate::rules::deadline;
use crate::rules::typed_date::iso;

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
    /// The other certifications that it is for.
    pub other_certification_ids: Vec<Uuid>,
    /// How people meet.
    pub mode: ModeWord,
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
    /// How satisfied those for whom it was done were, from 1 to 5; none while nobody said.
    pub satisfaction: Option<i32>,
    /// The cancelled mission that it resumes.
    pub resumes_id: Option<Uuid>,
    /// What the state allows next.
    pub steps: Vec<StepWord>,
    /// Its offers; only the own one for an expert.
    pub offers: Vec<OfferOut>,
    /// What is worth knowing of an act that gives the mission or keeps it: what the person declared against its half-days,
    /// in French. Nothing is refused for it. Empty when nothing is done.
    pub notes: Vec<String>,
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
        Self {
            other_certification_ids: dossier.also.iter().map(|one| one.id.0).collect(),
            offers: offers.map(offer).collect(),
            ..Self::of_row(&dossier.mission)
        }
    }

    /// What its row tells: neither its offers nor its other certifications.
    fn of_row(row: &mission::Model) -> Self {
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
            other_certification_ids: Vec::new(),
            mode: Mode::of(&row.department).into(),
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
            satisfaction: row.satisfaction,
            resumes_id: row.resumes_id.map(Into::into),
            steps: Step::ALL.into_iter().filter(|step| TABLE.can(row.state, *step)).map(Into::into).collect(),
            offers: Vec::new(),
            notes: Vec::new(),
            version: row.version,
        }
    }
}

impl From<&Found> for MissionOut {
    fn from(found: &Found) -> Self {
        let first = found.mission.certification_id;
        let others = found.certifications.iter().map(|one| one.id).filter(|id| Some(*id) != first);
        Self { other_certification_ids: others.map(Into::into).collect(), ..Self::of_row(&found.mission) }
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
    /// Missions held and visits: those of the twelve months before the day of the mission, and those to come.
    pub load: u32,
}

impl From<&Standing> for CandidateOut {
    fn from(one: &Standing) -> Self {
        Self {
            expert_id: one.expert.id.0,
            number: one.expert.number.clone(),
            name: one.expert.name(),
            eligible: one.is_eligible(),
            habilitated_until: one.habilitated_until,
            refusals: one.reasons(),
            warnings: one.warnings.clone(),
            notes: one.told(),
            availability: super::labels::freedom(one.freedom).to_owned(),
            distance: words_of_time::distance(one.reach),
            load: u32::try_from(one.load.total()).unwrap_or(u32::MAX),
        }
    }
}

/// The people who could hold a mission.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionCandidatePage")]
pub struct CandidatePage {
    /// The people, the first to ask first.
    pub items: Vec<CandidateOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// The address of an agenda.
#[derive(Clone, Debug, Object)]
#[oai(rename = "AgendaFeed")]
pub struct FeedOut {
    /// The secret address, told once.
    pub url: String,
}
