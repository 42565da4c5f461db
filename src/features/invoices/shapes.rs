//! What the API says of invoices.

use entity::invoice::{self, InvoiceKind, InvoiceParty, InvoiceState};
use entity::invoice_line::{self, BpfOrigin, LineKind};
use entity::invoice_payment::{self, PaymentWay};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::Record;
use super::input::{TypedParty, TypedPayment};
use super::queries::Line;
use super::queries::plan::{Planned, PlannedLine};
use crate::http::api::ShortText;
use crate::http::api::words::words;
use crate::rules::money::exact;
use crate::rules::typed_date::iso;

words! {
    /// Invoice or credit note.
    InvoiceKindWord as "InvoiceKind" for InvoiceKind {
        /// An invoice.
        Invoice,
        /// A credit note, which takes an invoice back.
        CreditNote,
    }

    /// Where an invoice stands.
    InvoiceStateWord as "InvoiceState" for InvoiceState {
        /// Not sent: it has no number.
        Draft,
        /// Sent, and nothing paid.
        Issued,
        /// Paid in part.
        PartPaid,
        /// Nothing is owed any more.
        Paid,
        /// Taken back by a credit note.
        Credited,
        /// Given up before it was sent.
        Discarded,
    }

    /// Who is invoiced.
    InvoicePartyWord as "InvoiceParty" for InvoiceParty {
        /// The employer.
        Company,
        /// A funder who pays the body itself.
        Funder,
        /// Somebody at their own cost.
        Person,
    }

    /// What a line bills.
    InvoiceLineKindWord as "InvoiceLineKind" for LineKind {
        /// Training.
        Training,
        /// What is owed without it: outside the exemption of tax and the funds of training.
        Forfeit,
        /// Anything else.
        Other,
    }

    /// The line of frame C of the BPF.
    BpfOriginWord as "BpfOrigin" for BpfOrigin {
        /// 1: companies for their employees.
        Companies,
        /// 2a.
        Apprenticeship,
        /// 2b.
        Professionalisation,
        /// 2c.
        Promotion,
        /// 2d.
        Transition,
        /// 2e.
        Cpf,
        /// 2f.
        JobSeekers,
        /// 2g.
        SelfEmployed,
        /// 2h.
        SkillsPlan,
        /// 3.
        PublicAgents,
        /// 4.
        European,
        /// 5.
        State,
        /// 6.
        Regions,
        /// 7.
        FranceTravail,
        /// 8.
        OtherPublic,
        /// 9.
        Individuals,
        /// 10.
        Organisations,
        /// 11.
        OtherProducts,
        /// Not a product.
        None,
    }

    /// How a sum came.
    PaymentWayWord as "InvoicePaymentWay" for PaymentWay {
        /// Transfer.
        Transfer,
        /// Cheque.
        Cheque,
        /// Direct debit.
        DirectDebit,
        /// Cash.
        Cash,
        /// Another one.
        Other,
    }
}

/// A line of an invoice.
#[derive(Clone, Debug, Object)]
pub struct InvoiceLineOut {
    /// As what.
    pub kind: InvoiceLineKindWord,
    /// What is printed.
    pub label: String,
    /// Key of the enrolment.
    pub enrolment_id: Option<Uuid>,
    /// Minutes of training.
    pub minutes: Option<i32>,
    /// In hundredths.
    pub quantity: i32,
    /// Before tax, in cents.
    pub unit_cents: i64,
    /// Rate of the tax, in hundredths of a percent.
    pub vat_basis_points: i32,
    /// Before tax, in cents.
    pub net_cents: i64,
    /// Line of the BPF.
    pub bpf_origin: BpfOriginWord,
}

impl From<&invoice_line::Model> for InvoiceLineOut {
    fn from(row: &invoice_line::Model) -> Self {
        Self {
            kind: row.kind.into(),
            label: row.label.clone(),
            enrolment_id: row.enrolment_id.map(|id| id.0),
            minutes: row.minutes,
            quantity: row.quantity,
            unit_cents: row.unit_cents,
            vat_basis_points: row.vat_basis_points,
            net_cents: row.net_cents,
            bpf_origin: row.bpf_origin.into(),
        }
    }
}

/// A sum received, or paid back.
#[derive(Clone, Debug, Object)]
pub struct InvoicePaymentOut {
    /// Key.
    pub id: Uuid,
    /// In cents; below zero when paid back.
    pub amount_cents: i64,
    /// The day.
    pub received_on: Date,
    /// How.
    pub way: PaymentWayWord,
    /// What the bank says.
    pub reference: String,
    /// When it was taken back.
    pub voided_at: Option<OffsetDateTime>,
    /// Why.
    pub void_reason: Option<String>,
}

impl From<&invoice_payment::Model> for InvoicePaymentOut {
    fn from(row: &invoice_payment::Model) -> Self {
        Self {
            id: row.id.0,
            amount_cents: row.amount_cents,
            received_on: row.received_on,
            way: row.way.into(),
            reference: row.reference.clone(),
            voided_at: row.voided_at.map(|at| *at),
            void_reason: row.void_reason.clone(),
        }
    }
}

/// An invoice of a list.
#[derive(Clone, Debug, Object)]
pub struct InvoiceLineOfList {
    /// Key.
    pub id: Uuid,
    /// Number; none for a draft.
    pub number: Option<String>,
    /// Invoice or credit note.
    pub kind: InvoiceKindWord,
    /// Where it stands.
    pub state: InvoiceStateWord,
    /// Who is invoiced.
    pub party: InvoicePartyWord,
    /// Their name.
    pub party_name: String,
    /// Number of the session.
    pub session_number: String,
    /// Its day.
    pub issued_on: Option<Date>,
    /// When it is due.
    pub due_on: Option<Date>,
    /// The whole, in cents; below zero for a credit note.
    pub total_cents: i64,
    /// What was paid, in cents.
    pub paid_cents: i64,
}

impl From<&Line> for InvoiceLineOfList {
    fn from(line: &Line) -> Self {
        Self::of(&line.invoice, line.session.clone())
    }
}

impl InvoiceLineOfList {
    fn of(row: &invoice::Model, session_number: String) -> Self {
        Self {
            id: row.id.0,
            number: row.number.clone(),
            kind: row.kind.into(),
            state: row.state.into(),
            party: row.party.into(),
            party_name: row.party_name.clone(),
            session_number,
            issued_on: row.issued_on,
            due_on: row.due_on,
            total_cents: row.total_cents,
            paid_cents: row.paid_cents,
        }
    }
}

/// A page of invoices.
#[derive(Clone, Debug, Object)]
pub struct InvoicePage {
    /// The invoices, the latest first.
    pub items: Vec<InvoiceLineOfList>,
    /// Where the list continues.
    pub next_cursor: Option<String>,
}

/// An invoice or a credit note.
#[derive(Clone, Debug, Object)]
pub struct InvoiceOut {
    /// Key.
    pub id: Uuid,
    /// Number; none for a draft.
    pub number: Option<String>,
    /// Invoice or credit note.
    pub kind: InvoiceKindWord,
    /// Where it stands.
    pub state: InvoiceStateWord,
    /// Who is invoiced.
    pub party: InvoicePartyWord,
    /// Their name.
    pub party_name: String,
    /// Their SIRET.
    pub party_siret: String,
    /// Their address.
    pub party_address: String,
    /// Number of the agreement of a funder, or the reference of the buyer.
    pub party_reference: String,
    /// The training and its dates.
    pub subject: String,
    /// Key of the session.
    pub session_id: Option<Uuid>,
    /// Key of the funding.
    pub funding_id: Option<Uuid>,
    /// Key of the invoice that a credit note takes back.
    pub credits_id: Option<Uuid>,
    /// Why it was taken back.
    pub reason: Option<String>,
    /// Its day.
    pub issued_on: Option<Date>,
    /// When it is due.
    pub due_on: Option<Date>,
    /// Before tax, in cents.
    pub net_cents: i64,
    /// Tax, in cents.
    pub vat_cents: i64,
    /// The whole, in cents; below zero for a credit note.
    pub total_cents: i64,
    /// What was paid, in cents.
    pub paid_cents: i64,
    /// What it must say besides.
    pub mentions: Vec<String>,
    /// Whether its file is ready.
    pub typeset: bool,
    /// The lines.
    pub lines: Vec<InvoiceLineOut>,
    /// The sums.
    pub payments: Vec<InvoicePaymentOut>,
}

impl From<&Record> for InvoiceOut {
    fn from(record: &Record) -> Self {
        let row = &record.invoice;
        Self {
            id: row.id.0,
            number: row.number.clone(),
            kind: row.kind.into(),
            state: row.state.into(),
            party: row.party.into(),
            party_name: row.party_name.clone(),
            party_siret: row.party_siret.clone(),
            party_address: row.party_address.clone(),
            party_reference: row.party_reference.clone(),
            subject: row.subject.clone(),
            session_id: row.session_id.map(|id| id.0),
            funding_id: row.funding_id.map(|id| id.0),
            credits_id: row.credits_id.map(|id| id.0),
            reason: row.reason.clone(),
            issued_on: row.issued_on,
            due_on: row.due_on,
            net_cents: row.net_cents,
            vat_cents: row.vat_cents,
            total_cents: row.total_cents,
            paid_cents: row.paid_cents,
            mentions: row.mentions.lines().map(str::to_owned).collect(),
            typeset: row.document_id.is_some(),
            lines: record.lines.iter().map(Into::into).collect(),
            payments: record.payments.iter().map(Into::into).collect(),
        }
    }
}

/// Something owed.
#[derive(Clone, Debug, Object)]
pub struct InvoicePlannedLineOut {
    /// Key of the enrolment.
    pub enrolment_id: Uuid,
    /// As what.
    pub kind: InvoiceLineKindWord,
    /// What would be printed.
    pub label: String,
    /// Before tax, in cents.
    pub net_cents: i64,
}

impl From<&PlannedLine> for InvoicePlannedLineOut {
    fn from(line: &PlannedLine) -> Self {
        Self {
            enrolment_id: line.enrolment.0,
            kind: line.kind.into(),
            label: line.label.clone(),
            net_cents: line.cents,
        }
    }
}

/// A draft that may be prepared.
#[derive(Clone, Debug, Object)]
pub struct InvoicePlannedOut {
    /// Key of the buyer or of the funding, to ask for it.
    pub target_id: Uuid,
    /// Who would be invoiced.
    pub party: InvoicePartyWord,
    /// Their name.
    pub name: String,
    /// The lines.
    pub lines: Vec<InvoicePlannedLineOut>,
}

impl From<&Planned> for InvoicePlannedOut {
    fn from(planned: &Planned) -> Self {
        Self {
            target_id: planned.target.key(),
            party: planned.party.into(),
            name: planned.name.clone(),
            lines: planned.lines.iter().map(Into::into).collect(),
        }
    }
}

/// What a session may be invoiced now.
#[derive(Clone, Debug, Object)]
pub struct InvoicePlanOut {
    /// The drafts that may be prepared.
    pub items: Vec<InvoicePlannedOut>,
}

/// The drafts that were prepared.
#[derive(Clone, Debug, Object)]
pub struct InvoicesPreparedOut {
    /// The drafts.
    pub items: Vec<InvoiceOut>,
}

/// What is prepared.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct InvoicePrepareIn {
    /// Keys of buyers and of fundings; everything that is owed when left out.
    #[oai(default, validator(max_items = 200))]
    pub target_ids: Vec<Uuid>,
}

/// A text that may be left out.
fn text(typed: Option<ShortText>) -> String {
    typed.map(|text| text.0).unwrap_or_default()
}

/// To whom a draft is sent; all of it.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct InvoicePartyIn {
    /// Name.
    pub name: ShortText,
    /// SIRET.
    pub siret: Option<ShortText>,
    /// Address.
    pub address: Option<ShortText>,
    /// Number of the agreement of a funder, or the reference of the buyer.
    pub reference: Option<ShortText>,
    /// Where it is sent.
    pub email: Option<ShortText>,
}

impl InvoicePartyIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedParty {
        TypedParty {
            name: self.name.0,
            siret: text(self.siret),
            address: text(self.address),
            reference: text(self.reference),
            email: text(self.email),
        }
    }
}

/// A sum received, or paid back for a credit note.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct InvoicePaymentIn {
    /// In cents, above zero, at most what is owed.
    #[oai(validator(minimum(value = "1"), maximum(value = "10000000")))]
    pub amount_cents: i64,
    /// The day, today or before.
    pub received_on: Date,
    /// How.
    pub way: PaymentWayWord,
    /// What the bank says.
    pub reference: Option<ShortText>,
}

impl InvoicePaymentIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedPayment {
        TypedPayment {
            amount: exact(self.amount_cents),
            received_on: iso(self.received_on),
            way: PaymentWay::from(self.way).word(),
            reference: text(self.reference),
        }
    }
}

/// A reason.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct InvoiceReasonIn {
    /// Why.
    pub reason: ShortText,
}
