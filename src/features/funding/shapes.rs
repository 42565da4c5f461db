//! What the API says of fundings.

use entity::funding::{FundingState, Scheme};
use entity::funding_piece::{self, FundingPieceKind};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::input::{TypedAgreement, TypedPiece, TypedTerms, hours};
use super::queries::Line;
use super::{Record, labels};
use crate::features::enrolments::labels::pages::in_a_list;
use crate::http::api::ShortText;
use crate::http::api::words::words;
use crate::rules::money;
use crate::rules::training::attendance::Attended;
use crate::rules::training::funding::{asked_after, asked_before, due, lacking};
use crate::rules::typed_date::iso;

words! {
    /// The scheme of a funding.
    SchemeWord as "FundingScheme" for Scheme {
        /// OPCO, « plan de développement des compétences ».
        SkillsPlan,
        /// OPCO, PIC IAE and mutualised programmes.
        PicIae,
        /// OPCO, apprenticeship.
        Apprenticeship,
        /// OPCO, « contrat de professionnalisation ».
        Professionalisation,
        /// OPCO, Pro-A.
        ProA,
        /// « Projet de transition professionnelle ».
        Transition,
        /// « Compte personnel de formation ».
        Cpf,
        /// FNE-Formation.
        Fne,
        /// POE, collective.
        Poec,
        /// POE, individual.
        Poei,
        /// France Travail.
        FranceTravail,
        /// European social fund.
        Fse,
        /// A region.
        Region,
        /// Agefiph.
        Agefiph,
        /// « Agence de services et de paiement ».
        Asp,
        /// The State.
        State,
        /// The employer.
        Employer,
        /// A public employer, for its agents.
        PublicEmployer,
        /// The person.
        Individual,
        /// Funds for volunteers.
        Volunteers,
    }

    /// Where a funding stands.
    FundingStateWord as "FundingState" for FundingState {
        /// The funder is to be asked.
        ToRequest,
        /// It was.
        Requested,
        /// It agreed.
        Agreed,
        /// It refused.
        Refused,
        /// The pieces that are due were sent.
        Settled,
        /// Given up.
        Ended,
    }

    /// A piece that goes to a funder.
    FundingPieceWord as "FundingPieceKind" for FundingPieceKind {
        /// Programme.
        Programme,
        /// Convention or contract.
        Convention,
        /// Proposal.
        Proposal,
        /// Agreement of the funder.
        Agreement,
        /// Invoice.
        Invoice,
        /// Certificat de réalisation.
        CompletionCertificate,
        /// Expenses of the employer.
        Expenses,
        /// Anything else.
        Other,
    }
}

/// A funding of a list.
#[derive(Clone, Debug, Object)]
pub struct FundingLineOut {
    /// Key.
    pub id: Uuid,
    /// What people call it.
    pub reference: String,
    /// Where it stands.
    pub state: FundingStateWord,
    /// Its scheme.
    pub scheme: SchemeWord,
    /// Name of the funder.
    pub funder: String,
    /// Number of the agreement; none before it.
    pub agreement_number: Option<String>,
    /// What was agreed, in cents.
    pub amount_cents: i64,
    /// Minutes agreed; zero for a lump sum.
    pub agreed_minutes: i32,
    /// Minutes really attended, read from the attendance.
    pub done_minutes: u32,
    /// What the funder owes for them, in cents.
    pub due_cents: i64,
    /// What it paid, in cents.
    pub paid_cents: i64,
    /// Whether it pays the certifier.
    pub subrogation: bool,
    /// Whether the European Union takes part.
    pub eu_funded: bool,
    /// Key of the enrolment.
    pub enrolment_id: Uuid,
    /// Name of the person, as in a list.
    pub name: String,
    /// Key of the session.
    pub session_id: Uuid,
    /// Number of the session.
    pub session_number: String,
    /// Key of the structure that buys.
    pub structure_id: Option<Uuid>,
    /// Version, to be given back in `If-Match`.
    pub version: i32,
}

/// What the funder owes for what was attended, in cents; nothing before it agreed.
#[must_use]
pub fn due_for(row: &entity::funding::Model, done: Attended) -> i64 {
    due(row.amount_cents, u32::try_from(row.agreed_minutes).unwrap_or_default(), done.done)
}

impl From<&Line> for FundingLineOut {
    fn from(line: &Line) -> Self {
        let row = &line.funding;
        Self {
            id: row.id.0,
            reference: line.reference(),
            state: row.state.into(),
            scheme: row.scheme.into(),
            funder: row.funder.clone(),
            agreement_number: Some(row.agreement_number.clone()).filter(|number| !number.is_empty()),
            amount_cents: row.amount_cents,
            agreed_minutes: row.agreed_minutes,
            done_minutes: line.done.done,
            due_cents: due_for(row, line.done),
            paid_cents: row.paid_cents,
            subrogation: row.subrogation,
            eu_funded: row.eu_funded,
            enrolment_id: row.enrolment_id.0,
            name: in_a_list(&line.enrolment),
            session_id: line.session.id.0,
            session_number: line.session.number.clone(),
            structure_id: row.structure_id.map(|id| id.0),
            version: row.version,
        }
    }
}

/// A page of fundings.
#[derive(Clone, Debug, Object)]
pub struct FundingPage {
    /// The fundings, the last first.
    pub items: Vec<FundingLineOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// A piece that was sent.
#[derive(Clone, Debug, Object)]
pub struct FundingPieceOut {
    /// Key.
    pub id: Uuid,
    /// What it is.
    pub kind: FundingPieceWord,
    /// The same, in French.
    pub kind_label: String,
    /// When it was sent.
    pub sent_on: Date,
    /// By which way; may be empty.
    pub note: String,
    /// Key of the file, when it is one of ours.
    pub document_id: Option<Uuid>,
    /// When that was recorded.
    pub recorded_at: OffsetDateTime,
}

impl From<&funding_piece::Model> for FundingPieceOut {
    fn from(row: &funding_piece::Model) -> Self {
        Self {
            id: row.id.0,
            kind: row.kind.into(),
            kind_label: labels::piece(row.kind).to_owned(),
            sent_on: row.sent_on,
            note: row.note.clone(),
            document_id: row.document_id.map(|id| id.0),
            recorded_at: *row.recorded_at,
        }
    }
}

/// A funding with its pieces.
#[derive(Clone, Debug, Object)]
pub struct FundingOut {
    /// The funding.
    pub funding: FundingLineOut,
    /// When the funder was asked.
    pub requested_on: Option<Date>,
    /// When it agreed.
    pub agreed_on: Option<Date>,
    /// Why it was refused or given up; may be empty.
    pub reason: String,
    /// What was sent.
    pub pieces: Vec<FundingPieceOut>,
    /// What goes with the request and was not sent.
    pub lacking_before: Vec<FundingPieceWord>,
    /// What is due once the session has ended and was not sent.
    pub lacking_after: Vec<FundingPieceWord>,
}

impl FundingOut {
    /// A funding, with what was attended.
    #[must_use]
    pub fn of(record: &Record, done: Attended) -> Self {
        let row = &record.funding;
        let sent = record.sent();
        let words = |pieces: Vec<FundingPieceKind>| pieces.into_iter().map(Into::into).collect();
        let line = Line {
            funding: row.clone(),
            enrolment: record.enrolment.clone(),
            session: record.session.clone(),
            done,
        };
        Self {
            funding: (&line).into(),
            requested_on: row.requested_on,
            agreed_on: row.agreed_on,
            reason: row.reason.clone(),
            pieces: record.pieces.iter().map(Into::into).collect(),
            lacking_before: words(lacking(asked_before(row.scheme), &sent)),
            lacking_after: words(lacking(asked_after(row.scheme, row.subrogation), &sent)),
        }
    }
}

/// The fundings that were recorded, that of the enrolment first.
#[derive(Clone, Debug, Object)]
pub struct FundingsRecorded {
    /// One for each person.
    pub items: Vec<FundingOut>,
}

/// Who is expected to fund.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct FundingTermsIn {
    /// The scheme.
    pub scheme: SchemeWord,
    /// Name of the funder; needed when somebody else than whoever buys pays.
    pub funder: Option<ShortText>,
    /// Whether the funder pays the certifier.
    pub subrogation: Option<bool>,
    /// Whether the European Union takes part.
    pub eu_funded: Option<bool>,
}

impl FundingTermsIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedTerms {
        TypedTerms {
            scheme: Scheme::from(self.scheme).word(),
            funder: self.funder.as_ref().map(|text| text.0.clone()).unwrap_or_default(),
            subrogation: self.subrogation.unwrap_or_default(),
            eu_funded: self.eu_funded.unwrap_or_default(),
        }
    }
}

/// A funding to record.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct FundingIn {
    /// Key of the enrolment.
    pub enrolment_id: Uuid,
    /// The scheme.
    pub scheme: SchemeWord,
    /// Name of the funder; needed when somebody else than whoever buys pays.
    pub funder: Option<ShortText>,
    /// Whether the funder pays the certifier.
    pub subrogation: Option<bool>,
    /// Whether the European Union takes part.
    pub eu_funded: Option<bool>,
    /// Whether one is recorded for each person whom the same buyer enrolled in the session.
    pub everybody: Option<bool>,
}

impl FundingIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedTerms {
        TypedTerms {
            scheme: Scheme::from(self.scheme).word(),
            funder: self.funder.as_ref().map(|text| text.0.clone()).unwrap_or_default(),
            subrogation: self.subrogation.unwrap_or_default(),
            eu_funded: self.eu_funded.unwrap_or_default(),
        }
    }
}

/// When the funder was asked.
#[derive(Clone, Copy, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct FundingRequestIn {
    /// The day, which has come.
    pub requested_on: Date,
}

/// What the funder agreed on, for one person.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct FundingAgreementIn {
    /// Number of the agreement; needed when somebody else than whoever buys pays.
    pub agreement_number: Option<ShortText>,
    /// Amount, in cents.
    pub amount_cents: i64,
    /// Minutes; zero for a lump sum.
    pub agreed_minutes: i32,
    /// The day, which has come.
    pub agreed_on: Date,
}

impl FundingAgreementIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedAgreement {
        TypedAgreement {
            number: self.agreement_number.as_ref().map(|text| text.0.clone()).unwrap_or_default(),
            amount: money::exact(self.amount_cents),
            hours: hours(self.agreed_minutes),
            agreed_on: iso(self.agreed_on),
        }
    }
}

/// Why.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct FundingReasonIn {
    /// In words.
    pub reason: ShortText,
}

/// What the funder paid.
#[derive(Clone, Copy, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct FundingSettlementIn {
    /// In cents.
    pub paid_cents: i64,
}

/// A piece that was sent.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct FundingPieceIn {
    /// What it is.
    pub kind: FundingPieceWord,
    /// The day, which has come.
    pub sent_on: Date,
    /// By which way.
    pub note: Option<ShortText>,
    /// Key of the file, when it is one of the papers of the enrolment.
    pub document_id: Option<Uuid>,
}

impl FundingPieceIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedPiece {
        TypedPiece {
            kind: FundingPieceKind::from(self.kind).word(),
            sent_on: iso(self.sent_on),
            note: self.note.as_ref().map(|text| text.0.clone()).unwrap_or_default(),
            document_id: self.document_id.map(|id| id.to_string()).unwrap_or_default(),
        }
    }
}
