//! The JSON shapes of fee and expenses.

use entity::{expense_claim, expense_line};
use poem_openapi::{Enum, Object};
use time::OffsetDateTime;
use uuid::Uuid;

use super::input::TypedExpense;
use crate::http::api::{LongText, ShortText};

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
    /// What an expense is.
    ExpenseKindWord as "ExpenseKind" for expense_line::ExpenseKind {
        /// Kilometres by car, worth the scale.
        Mileage,
        /// Nights.
        Night,
        /// Meals.
        Meal,
        /// Train, plane, toll.
        Transport,
        /// Something else.
        Other,
    }
}

word! {
    /// Where a claim stands.
    ClaimStateWord as "ExpenseClaimState" for expense_claim::ClaimState {
        /// Waits for the team.
        Submitted,
        /// To be corrected.
        Returned,
        /// The service was done: to be paid.
        Certified,
        /// Paid.
        Paid,
    }
}

/// One expense.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ExpenseIn")]
pub struct ExpenseIn {
    /// What it is.
    pub kind: ExpenseKindWord,
    /// Kilometres, nights, meals; one when left out.
    pub quantity: Option<u32>,
    /// What was paid, in cents; nothing for kilometres.
    #[oai(validator(minimum(value = "0"), maximum(value = "10000000")))]
    pub amount_cents: Option<i64>,
    /// What it was exactly.
    pub label: Option<ShortText>,
}

/// A claim.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ExpenseClaimIn")]
pub struct ClaimIn {
    /// The expenses; the fee is that of the mission.
    #[oai(default)]
    pub lines: Vec<ExpenseIn>,
    /// Why it goes above a ceiling.
    pub reason: Option<LongText>,
}

impl ClaimIn {
    /// The lines, as typed.
    #[must_use]
    pub fn typed(&self) -> Vec<TypedExpense> {
        let one = |line: &ExpenseIn| TypedExpense {
            kind: expense_line::ExpenseKind::from(line.kind).word(),
            quantity: line.quantity.map(|number| number.to_string()).unwrap_or_default(),
            amount: line
                .amount_cents
                .map(|cents| format!("{},{:02}", cents / 100, cents % 100))
                .unwrap_or_default(),
            label: line.label.clone().map(String::from).unwrap_or_default(),
        };
        self.lines.iter().map(one).collect()
    }
}

/// How a mission is settled.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionSettleIn")]
pub struct SettleIn {
    /// Reference of the payment, or why nothing is to be paid.
    pub payment: ShortText,
}

/// One expense of a claim.
#[derive(Clone, Debug, Object)]
#[oai(rename = "Expense")]
pub struct ExpenseOut {
    /// What it is.
    pub kind: ExpenseKindWord,
    /// Kilometres, nights, meals.
    pub quantity: i32,
    /// What it is worth, in cents.
    pub amount_cents: i64,
    /// What it was exactly.
    pub label: String,
}

/// A claim.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ExpenseClaim")]
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
    /// When the service was said done.
    pub certified_at: Option<OffsetDateTime>,
    /// Reference of the payment.
    pub payment: Option<String>,
    /// The expenses; none in a list.
    pub lines: Vec<ExpenseOut>,
}

impl ClaimOut {
    /// A claim with its lines.
    #[must_use]
    pub fn of(claim: &expense_claim::Model, lines: &[expense_line::Model]) -> Self {
        let line = |line: &expense_line::Model| ExpenseOut {
            kind: line.kind.into(),
            quantity: line.quantity,
            amount_cents: line.amount_cents,
            label: line.label.clone(),
        };
        Self {
            mission_id: claim.mission_id.0,
            state: claim.state.into(),
            fee_cents: claim.fee_cents,
            expenses_cents: claim.expenses_cents,
            reason: claim.reason.clone(),
            return_reason: claim.return_reason.clone(),
            certified_at: claim.certified_at.map(|at| *at),
            payment: claim.payment.clone(),
            lines: lines.iter().map(line).collect(),
        }
    }
}

/// What is to be paid.
#[derive(Clone, Debug, Object)]
#[oai(rename = "PayablePage")]
pub struct PayablePage {
    /// The claims whose service was done.
    pub items: Vec<ClaimOut>,
    /// Always none: the list is whole.
    pub next_cursor: Option<String>,
}
