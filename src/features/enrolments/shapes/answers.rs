//! What the API answers about an enrolment.

use entity::{enrolment_adaptation, enrolment_need, training_buyer};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::super::adaptations::Agreed;
use super::super::labels::pages;
use super::super::queries::{Line, Whole};
use super::words::{
    BuyerWord, CauseWord, FilledByWord, PositioningWord, PrerequisitesWord, StateWord, StatusWord, WayWord,
};

/// An enrolment of a list.
#[derive(Clone, Debug, Object)]
pub struct EnrolmentLine {
    /// Key.
    pub id: Uuid,
    /// What people call it.
    pub reference: String,
    /// Name, as in a list.
    pub name: String,
    /// Where it stands.
    pub state: StateWord,
    /// Place in the waiting list, from 1.
    pub rank: Option<i32>,
    /// Until when the seat is held, or the answer to the offer is waited for.
    pub until: Option<OffsetDateTime>,
    /// Key of the session.
    pub session_id: Uuid,
    /// Title of the session.
    pub session_title: String,
    /// First day of the session.
    pub starts_on: Option<Date>,
    /// Key of the structure that pays.
    pub structure_id: Option<Uuid>,
    /// Version, to be given back in `If-Match`.
    pub version: i32,
}

impl From<&Line> for EnrolmentLine {
    fn from(line: &Line) -> Self {
        let (row, session) = (&line.enrolment, &line.session);
        Self {
            id: row.id.0,
            reference: line.reference(),
            name: pages::in_a_list(row),
            state: row.state.into(),
            rank: row.rank,
            until: row.deadline_at.map(|at| *at),
            session_id: session.id.0,
            session_title: session.title.clone(),
            starts_on: session.starts_on,
            structure_id: row.structure_id.map(|id| id.0),
            version: row.version,
        }
    }
}

/// A page of enrolments.
#[derive(Clone, Debug, Object)]
pub struct EnrolmentPage {
    /// The enrolments, the last first.
    pub items: Vec<EnrolmentLine>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// The people who were enrolled, in the order given.
#[derive(Clone, Debug, Object)]
pub struct Enrolled {
    /// One for each person.
    pub items: Vec<EnrolmentLine>,
}

/// How many enrolments are in a state.
#[derive(Clone, Copy, Debug, Object)]
pub struct EnrolmentCount {
    /// The state.
    pub state: StateWord,
    /// How many.
    pub count: i64,
}

/// How many enrolments are in each state.
#[derive(Clone, Debug, Object)]
pub struct EnrolmentCounts {
    /// Those in which there is somebody.
    pub states: Vec<EnrolmentCount>,
}

/// What would be done of people now.
#[derive(Clone, Copy, Debug, Object)]
pub struct EnrolmentAllotment {
    /// How many would have a seat.
    pub held: u32,
    /// How many would wait.
    pub waiting: u32,
    /// The rank of the first who would wait.
    pub first_rank: Option<u32>,
}

/// How many seats were offered.
#[derive(Clone, Copy, Debug, Object)]
pub struct EnrolmentOffered {
    /// How many.
    pub offered: u32,
}

/// Who pays.
#[derive(Clone, Debug, Object)]
pub struct EnrolmentBuyerOut {
    /// The person or their employer.
    pub buyer: BuyerWord,
    /// SIRET of an employer; empty for an individual.
    pub siret: String,
    /// Name; may be empty.
    pub name: String,
    /// Who follows the enrolment there.
    pub contact_name: String,
    /// Their address.
    pub contact_email: String,
    /// Their telephone.
    pub contact_phone: String,
    /// Where invoices go.
    pub address: String,
}

impl From<&training_buyer::Model> for EnrolmentBuyerOut {
    fn from(row: &training_buyer::Model) -> Self {
        Self {
            buyer: row.kind.into(),
            siret: row.siret.clone(),
            name: row.name.clone(),
            contact_name: row.contact_name.clone(),
            contact_email: row.email.clone(),
            contact_phone: row.phone.clone(),
            address: row.address.clone(),
        }
    }
}

/// The need and the positioning.
#[derive(Clone, Debug, Object)]
pub struct EnrolmentNeedOut {
    /// What the person expects.
    pub expectations: String,
    /// What the employer expects.
    pub employer_view: String,
    /// What the funder says.
    pub funder_view: String,
    /// What the objectives are based on.
    pub basis: String,
    /// Whether the prerequisites are met.
    pub prerequisites: PrerequisitesWord,
    /// How the person was positioned.
    pub positioning: PositioningWord,
    /// What was found.
    pub positioning_result: String,
    /// Who told the need.
    pub filled_by: FilledByWord,
    /// When it was signed.
    pub signed_on: Option<Date>,
    /// When it was written.
    pub recorded_at: OffsetDateTime,
}

impl From<&enrolment_need::Model> for EnrolmentNeedOut {
    fn from(row: &enrolment_need::Model) -> Self {
        Self {
            expectations: row.expectations.clone(),
            employer_view: row.employer_view.clone(),
            funder_view: row.funder_view.clone(),
            basis: row.basis.clone(),
            prerequisites: row.prerequisites.into(),
            positioning: row.positioning.into(),
            positioning_result: row.positioning_result.clone(),
            filled_by: row.filled_by.into(),
            signed_on: row.signed_on,
            recorded_at: *row.recorded_at,
        }
    }
}

/// An enrolment and all that goes with it.
#[derive(Clone, Debug, Object)]
pub struct EnrolmentFile {
    /// The enrolment.
    pub enrolment: EnrolmentLine,
    /// How it came.
    pub way: WayWord,
    /// Family name.
    pub family_name: String,
    /// First names.
    pub first_names: String,
    /// Date of birth.
    pub birth_date: String,
    /// Address.
    pub email: String,
    /// When the person confirmed that it is theirs.
    pub email_confirmed_at: Option<OffsetDateTime>,
    /// Telephone.
    pub phone: String,
    /// Where they receive letters.
    pub postal_address: String,
    /// Their job.
    pub job: String,
    /// What they are.
    pub status: StatusWord,
    /// Name of the legal representative; empty for an adult.
    pub guardian_name: String,
    /// Their address.
    pub guardian_email: String,
    /// Their telephone.
    pub guardian_phone: String,
    /// Who pays.
    pub payer: EnrolmentBuyerOut,
    /// Price, in cents; none on quotation.
    pub price_cents: Option<i64>,
    /// When the contract or the convention was signed.
    pub contracted_at: Option<OffsetDateTime>,
    /// Last day to withdraw; nothing is paid before its end.
    pub withdrawal_until: Option<Date>,
    /// When the enrolment was confirmed.
    pub confirmed_at: Option<OffsetDateTime>,
    /// When it ended.
    pub ended_at: Option<OffsetDateTime>,
    /// Why it ended before its time.
    pub cause: Option<CauseWord>,
    /// In words; may be empty.
    pub reason: String,
    /// What a late cancellation costs, in cents.
    pub fee_cents: Option<i64>,
    /// The need and the positioning.
    pub need: Option<EnrolmentNeedOut>,
    /// Key of the enrolment whose seat this person took.
    pub replaces_id: Option<Uuid>,
    /// Key of the enrolment of another session that this one continues.
    pub moved_from_id: Option<Uuid>,
}

impl From<&Whole> for EnrolmentFile {
    fn from(whole: &Whole) -> Self {
        let row = &whole.line.enrolment;
        let instant = |at: Option<entity::Instant>| at.map(|at| *at);
        Self {
            enrolment: (&whole.line).into(),
            way: row.way.into(),
            family_name: row.family_name.clone(),
            first_names: row.first_names.clone(),
            birth_date: row.birth_date.clone(),
            email: row.email.clone(),
            email_confirmed_at: instant(row.email_confirmed_at),
            phone: row.phone.clone(),
            postal_address: row.postal_address.clone(),
            job: row.job.clone(),
            status: row.status.into(),
            guardian_name: row.guardian_name.clone(),
            guardian_email: row.guardian_email.clone(),
            guardian_phone: row.guardian_phone.clone(),
            payer: (&whole.buyer).into(),
            price_cents: row.price_cents,
            contracted_at: instant(row.contracted_at),
            withdrawal_until: row.withdrawal_until,
            confirmed_at: instant(row.confirmed_at),
            ended_at: instant(row.ended_at),
            cause: row.cause.map(Into::into),
            reason: row.reason.clone().unwrap_or_default(),
            fee_cents: row.fee_cents,
            need: whole.need.as_ref().map(Into::into),
            replaces_id: row.replaces_id.map(|id| id.0),
            moved_from_id: row.moved_from_id.map(|id| id.0),
        }
    }
}

/// A measure agreed for a trainee.
#[derive(Clone, Object)]
pub struct EnrolmentAdaptationOut {
    /// Key.
    pub id: Uuid,
    /// What was agreed, never what it comes from.
    pub measure: String,
    /// When the person said yes.
    pub consented_on: Date,
    /// When it ended; none while it is in force.
    pub ended_at: Option<OffsetDateTime>,
}

impl From<&Agreed> for EnrolmentAdaptationOut {
    fn from(one: &Agreed) -> Self {
        Self {
            id: one.row.id.0,
            measure: one.measure.clone(),
            consented_on: one.row.consented_on,
            ended_at: one.row.ended_at.map(|at| *at),
        }
    }
}

/// The measures of a trainee.
#[derive(Clone, Object)]
pub struct EnrolmentAdaptations {
    /// Those in force first.
    pub items: Vec<EnrolmentAdaptationOut>,
}

/// A measure that was written, without what it says.
#[derive(Clone, Debug, Object)]
pub struct EnrolmentAdaptationRef {
    /// Key.
    pub id: Uuid,
    /// When the person said yes.
    pub consented_on: Date,
    /// When it ended; none while it is in force.
    pub ended_at: Option<OffsetDateTime>,
}

impl From<&enrolment_adaptation::Model> for EnrolmentAdaptationRef {
    fn from(row: &enrolment_adaptation::Model) -> Self {
        Self { id: row.id.0, consented_on: row.consented_on, ended_at: row.ended_at.map(|at| *at) }
    }
}
