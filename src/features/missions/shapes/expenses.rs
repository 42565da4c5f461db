//! The JSON shapes of fee and expenses.

use entity::{claim_correction, document, expense_claim, expense_line};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::words::{ClaimStateWord, ExpenseKindWord};
use crate::features::missions::actions::expenses::{TypedCorrection, TypedEmployer, TypedExpense};
use crate::features::missions::queries::Payable;
use crate::http::api::{LongText, ShortText};
use crate::rules::money;
use crate::rules::typed_date::iso;

/// One expense.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionExpenseIn", deny_unknown_fields)]
pub struct ExpenseIn {
    /// The day, where the mission takes place: one of the mission or of its travel.
    pub spent_on: Date,
    /// What it is.
    pub kind: ExpenseKindWord,
    /// Kilometres, nights, meals; one when left out, save for kilometres.
    pub quantity: Option<u32>,
    /// What was paid, in cents; nothing for kilometres.
    #[oai(validator(minimum(value = "0"), maximum(value = "10000000")))]
    pub amount_cents: Option<i64>,
    /// What it was exactly.
    pub label: Option<ShortText>,
    /// Key of the receipt of the mission that proves it; nothing for kilometres.
    pub receipt_id: Option<Uuid>,
}

/// A claim.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionClaimIn", deny_unknown_fields)]
pub struct ClaimIn {
    /// The expenses; the fee is that of the mission.
    #[oai(default, validator(max_items = 40))]
    pub lines: Vec<ExpenseIn>,
    /// Why it goes above a ceiling.
    pub reason: Option<LongText>,
    /// The employer to whom it is to be paid; the person when left out.
    pub employer: Option<EmployerIn>,
}

/// The employer to whom a claim is to be paid.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionEmployerIn", deny_unknown_fields)]
pub struct EmployerIn {
    /// Its name.
    pub name: ShortText,
    /// Its SIRET.
    pub siret: ShortText,
}

/// The employer to whom a claim is to be paid.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionEmployer")]
pub struct EmployerOut {
    /// Its name.
    pub name: String,
    /// Its SIRET.
    pub siret: String,
}

/// What is put right after a claim was paid.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionCorrectionIn", deny_unknown_fields)]
pub struct CorrectionIn {
    /// Paid more, in cents; below zero when taken back.
    #[oai(validator(minimum(value = "-10000000"), maximum(value = "10000000")))]
    pub amount_cents: i64,
    /// Why; told to the person.
    pub reason: LongText,
    /// Day of the payment or of the refund, today or before.
    pub paid_on: Date,
    /// Its reference.
    pub payment: ShortText,
}

impl CorrectionIn {
    /// The correction, as typed.
    #[must_use]
    pub fn typed(self) -> TypedCorrection {
        TypedCorrection {
            amount_cents: Some(self.amount_cents),
            reason: self.reason.0,
            paid_on: iso(self.paid_on),
            payment: self.payment.0,
        }
    }
}

/// What was put right after a claim was paid.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionCorrection")]
pub struct CorrectionOut {
    /// Paid more, in cents; below zero when taken back.
    pub amount_cents: i64,
    /// Why.
    pub reason: String,
    /// Day of the payment or of the refund.
    pub paid_on: Date,
    /// Its reference.
    pub payment: String,
    /// When it was written.
    pub corrected_at: OffsetDateTime,
}

impl From<&claim_correction::Model> for CorrectionOut {
    fn from(row: &claim_correction::Model) -> Self {
        Self {
            amount_cents: row.amount_cents,
            reason: row.reason.clone(),
            paid_on: row.paid_on,
            payment: row.payment.clone(),
            corrected_at: *row.corrected_at,
        }
    }
}

impl ClaimIn {
    /// The lines, as typed.
    #[must_use]
    pub fn typed(&self) -> Vec<TypedExpense> {
        let one = |line: &ExpenseIn| TypedExpense {
            spent_on: iso(line.spent_on),
            kind: expense_line::ExpenseKind::from(line.kind).word(),
            quantity: line.quantity.map(|number| number.to_string()).unwrap_or_default(),
            amount: line.amount_cents.map(money::exact).unwrap_or_default(),
            label: line.label.clone().map(String::from).unwrap_or_default(),
            receipt: line.receipt_id.map(|id| id.to_string()).unwrap_or_default(),
        };
        self.lines.iter().map(one).collect()
    }

    /// The employer, as typed.
    #[must_use]
    pub fn employer(&self) -> Option<TypedEmployer> {
        let one = |one: &EmployerIn| TypedEmployer { name: one.name.0.clone(), siret: one.siret.0.clone() };
        self.employer.as_ref().map(one)
    }
}

/// A payment.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionSettleIn", deny_unknown_fields)]
pub struct SettleIn {
    /// The missions paid together.
    #[oai(validator(max_items = 200))]
    pub mission_ids: Vec<Uuid>,
    /// Day of the payment, today or before.
    pub paid_on: Date,
    /// Reference of the payment.
    pub payment: ShortText,
}

/// What a payment settled.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionSettled")]
pub struct SettledOut {
    /// The missions.
    pub mission_ids: Vec<Uuid>,
}

/// One expense of a claim.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionExpense")]
pub struct ExpenseOut {
    /// The day.
    pub spent_on: Date,
    /// What it is.
    pub kind: ExpenseKindWord,
    /// Kilometres, nights, meals.
    pub quantity: i32,
    /// What it is worth, in cents.
    pub amount_cents: i64,
    /// What it was exactly.
    pub label: String,
    /// The receipt that proves it; none for kilometres, and for claims older than this.
    pub receipt_id: Option<Uuid>,
}

/// A claim.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionClaim")]
pub struct ClaimOut {
    /// The mission.
    pub mission_id: Uuid,
    /// Where it stands.
    pub state: ClaimStateWord,
    /// Fee, in cents.
    pub fee_cents: i64,
    /// Expenses, in cents.
    pub expenses_cents: i64,
    /// Why it goes above a ceiling.
    pub reason: Option<String>,
    /// Why it was sent back.
    pub return_reason: Option<String>,
    /// When it was claimed.
    pub submitted_at: OffsetDateTime,
    /// When the service was said done.
    pub certified_at: Option<OffsetDateTime>,
    /// Day of the payment.
    pub paid_on: Option<Date>,
    /// Reference of the payment.
    pub payment: Option<String>,
    /// The employer to whom it is to be paid; none for the person.
    pub employer: Option<EmployerOut>,
    /// The expenses.
    pub lines: Vec<ExpenseOut>,
    /// What was put right since it was paid, the oldest first.
    pub corrections: Vec<CorrectionOut>,
    /// What was paid in all, in cents, corrections included; none while nothing was.
    pub paid_cents: Option<i64>,
}

impl ClaimOut {
    /// A claim with its lines and its corrections.
    #[must_use]
    pub fn of(
        claim: &expense_claim::Model,
        lines: &[expense_line::Model],
        corrections: &[claim_correction::Model],
    ) -> Self {
        let line = |line: &expense_line::Model| ExpenseOut {
            spent_on: line.spent_on,
            kind: line.kind.into(),
            quantity: line.quantity,
            amount_cents: line.amount_cents,
            label: line.label.clone(),
            receipt_id: line.receipt_id.map(|id| id.0),
        };
        Self {
            mission_id: claim.mission_id.0,
            state: claim.state.into(),
            fee_cents: claim.fee_cents,
            expenses_cents: claim.expenses_cents,
            reason: claim.reason.clone(),
            return_reason: claim.return_reason.clone(),
            submitted_at: *claim.submitted_at,
            certified_at: claim.certified_at.map(|at| *at),
            paid_on: claim.paid_on,
            payment: claim.payment.clone(),
            employer: claim
                .employer_name
                .clone()
                .zip(claim.employer_siret.clone())
                .map(|(name, siret)| EmployerOut { name, siret }),
            lines: lines.iter().map(line).collect(),
            corrections: corrections.iter().map(Into::into).collect(),
            paid_cents: claim.paid_on.map(|_| {
                let put_right: i64 = corrections.iter().map(|row| row.amount_cents).sum();
                claim.fee_cents + claim.expenses_cents + put_right
            }),
        }
    }
}

/// A claim to be paid.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionPayable")]
pub struct PayableOut {
    /// The mission.
    pub mission_id: Uuid,
    /// Number of the mission.
    pub number: String,
    /// The person.
    pub expert_id: Uuid,
    /// Number of the person.
    pub expert_number: String,
    /// Name of the person.
    pub expert_name: String,
    /// To whom it is to be paid: the employer, or the person.
    pub payee: String,
    /// SIRET of the employer, when it is to be paid.
    pub employer_siret: Option<String>,
    /// Fee, in cents.
    pub fee_cents: i64,
    /// Expenses, in cents.
    pub expenses_cents: i64,
    /// Both together, in cents.
    pub total_cents: i64,
    /// When the service was said done.
    pub certified_at: Option<OffsetDateTime>,
}

impl From<&Payable> for PayableOut {
    fn from(one: &Payable) -> Self {
        Self {
            mission_id: one.mission.id.0,
            number: one.mission.number.clone(),
            expert_id: one.mission.expert_id.0,
            expert_number: one.expert_number.clone(),
            expert_name: one.expert_name.clone(),
            payee: one.payee().to_owned(),
            employer_siret: one.claim.employer_siret.clone(),
            fee_cents: one.claim.fee_cents,
            expenses_cents: one.claim.expenses_cents,
            total_cents: one.total_cents(),
            certified_at: one.claim.certified_at.map(|at| *at),
        }
    }
}

/// What is to be paid.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionPayablePage")]
pub struct PayablePage {
    /// The claims whose service was done, the oldest first.
    pub items: Vec<PayableOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// A receipt of a mission.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionReceiptLine")]
pub struct ReceiptOut {
    /// Key, which a line of a claim names.
    pub id: Uuid,
    /// Name of the file.
    pub file_name: String,
    /// When it was received.
    pub received_at: OffsetDateTime,
}

impl From<&document::Model> for ReceiptOut {
    fn from(row: &document::Model) -> Self {
        Self { id: row.id.0, file_name: row.file_name.clone(), received_at: *row.created_at }
    }
}

/// The receipts of a mission.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionReceiptPage")]
pub struct ReceiptPage {
    /// The receipts, newest first.
    pub items: Vec<ReceiptOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}
