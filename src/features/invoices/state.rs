//! The life of an invoice or of a credit note, as data. Pure; `docs/states/invoice.md` is drawn from it.
//!
//! A credit note owes what its invoice had received: it is issued settled when nothing had been.

use entity::invoice::InvoiceState;

use crate::rules::transitions::{Refused, Row, Table, line};

/// What may happen to an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// What is owed is gathered.
    Prepare,
    /// It takes its number: it is frozen.
    Issue,
    /// The same, for a credit note of which a part only is to be paid back.
    IssuePart,
    /// The same, for a credit note of an invoice of which nothing had been paid.
    IssueSettled,
    /// The draft is given up.
    Discard,
    /// A part is paid.
    PayPart,
    /// The last part is paid.
    Settle,
    /// A sum recorded by mistake leaves a part.
    ReturnPart,
    /// A sum recorded by mistake leaves nothing.
    ReturnAll,
    /// A credit note takes it back.
    Credit,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 10] = [
        Self::Prepare,
        Self::Issue,
        Self::IssuePart,
        Self::IssueSettled,
        Self::Discard,
        Self::PayPart,
        Self::Settle,
        Self::ReturnPart,
        Self::ReturnAll,
        Self::Credit,
    ];
}

/// One line of the table.
pub type Transition = Row<Option<InvoiceState>, Step, InvoiceState>;

/// A step that the state does not allow.
pub type InvalidStep = Refused<Option<InvoiceState>, Step>;

/// The table.
pub const TABLE: Table<Option<InvoiceState>, Step, InvoiceState> = {
    use InvoiceState as S;
    Table(&[
        line(None, Step::Prepare, S::Draft, "invoice.prepared", "INV_PREPARED"),
        line(Some(S::Draft), Step::Issue, S::Issued, "invoice.issued", "INV_ISSUED"),
        line(Some(S::Draft), Step::IssuePart, S::PartPaid, "invoice.issued_part", "INV_ISSUED_PART"),
        line(Some(S::Draft), Step::IssueSettled, S::Paid, "invoice.issued_settled", "INV_ISSUED_SETTLED"),
        line(Some(S::Draft), Step::Discard, S::Discarded, "invoice.discarded", "INV_DISCARDED"),
        line(Some(S::Issued), Step::PayPart, S::PartPaid, "invoice.part_paid", "INV_PART_PAID"),
        line(Some(S::Issued), Step::Settle, S::Paid, "invoice.paid", "INV_PAID"),
        line(Some(S::Issued), Step::Credit, S::Credited, "invoice.credited", "INV_CREDITED"),
        line(Some(S::PartPaid), Step::PayPart, S::PartPaid, "invoice.part_paid", "INV_PART_PAID"),
        line(Some(S::PartPaid), Step::Settle, S::Paid, "invoice.paid", "INV_PAID"),
        line(
            Some(S::PartPaid),
            Step::ReturnPart,
            S::PartPaid,
            "invoice.payment_voided",
            "INV_PAYMENT_VOIDED",
        ),
        line(Some(S::PartPaid), Step::ReturnAll, S::Issued, "invoice.payment_voided", "INV_PAYMENT_VOIDED"),
        line(Some(S::PartPaid), Step::Credit, S::Credited, "invoice.credited", "INV_CREDITED"),
        line(Some(S::Paid), Step::ReturnPart, S::PartPaid, "invoice.payment_voided", "INV_PAYMENT_VOIDED"),
        line(Some(S::Paid), Step::ReturnAll, S::Issued, "invoice.payment_voided", "INV_PAYMENT_VOIDED"),
        line(Some(S::Paid), Step::Credit, S::Credited, "invoice.credited", "INV_CREDITED"),
    ])
};

/// Whether it was sent: it has its number, for ever.
#[must_use]
pub const fn is_issued(state: InvoiceState) -> bool {
    matches!(
        state,
        InvoiceState::Issued | InvoiceState::PartPaid | InvoiceState::Paid | InvoiceState::Credited
    )
}

/// Whether something is still owed.
#[must_use]
pub const fn is_open(state: InvoiceState) -> bool {
    matches!(state, InvoiceState::Issued | InvoiceState::PartPaid)
}

/// The step of a total of which so much is paid, or given back by the invoice itself: issuing.
#[must_use]
pub const fn issuing(total_cents: i64, settled_cents: i64) -> Step {
    match (settled_cents == 0, settled_cents == total_cents) {
        (_, true) => Step::IssueSettled,
        (true, false) => Step::Issue,
        (false, false) => Step::IssuePart,
    }
}

/// The step of a total of which so much is paid now: a payment.
#[must_use]
pub const fn paying(total_cents: i64, paid_cents: i64) -> Step {
    if paid_cents == total_cents { Step::Settle } else { Step::PayPart }
}

/// The step of a total of which so much is left paid: a payment taken back.
#[must_use]
pub const fn returning(paid_cents: i64) -> Step {
    if paid_cents == 0 { Step::ReturnAll } else { Step::ReturnPart }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_one_outcome_and_every_state_is_reached() {
        assert!(TABLE.has_one_outcome());
        for state in InvoiceState::all() {
            assert!(TABLE.iter().any(|line| line.to == state), "{state}");
        }
        for step in Step::ALL {
            assert!(TABLE.iter().any(|line| line.step == step), "{step:?}");
        }
    }

    #[test]
    fn what_is_given_up_or_taken_back_changes_no_more() {
        for state in InvoiceState::all() {
            let ends = matches!(state, InvoiceState::Credited | InvoiceState::Discarded);
            assert_eq!(TABLE.steps(state).next().is_none(), ends, "{state}");
        }
    }

    #[test]
    fn what_is_issued_goes_back_to_a_draft_by_no_step() {
        for line in TABLE.iter() {
            let issued = line.from.is_some_and(is_issued);
            assert!(!issued || is_issued(line.to), "{line:?}");
        }
    }

    #[test]
    fn a_sum_leads_where_it_leaves_what_is_owed() {
        for (total, settled, step) in [
            (42_000, 0, Step::Issue),
            (-42_000, -12_000, Step::IssuePart),
            (-42_000, -42_000, Step::IssueSettled),
        ] {
            assert_eq!(issuing(total, settled), step);
        }
        for (total, paid, step) in
            [(42_000, 42_000, Step::Settle), (42_000, 1, Step::PayPart), (-42_000, -42_000, Step::Settle)]
        {
            assert_eq!(paying(total, paid), step);
        }
        assert_eq!((returning(0), returning(5)), (Step::ReturnAll, Step::ReturnPart));
    }
}
