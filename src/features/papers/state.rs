//! The life of a paper, as data, and when each kind has its time. Pure; `docs/states/training-paper.md` is drawn from it.
//!
//! Fully signed is no state: it is computed from the required signatories (`rules::training::mentions`).

use entity::enrolment::EnrolmentState;
use entity::training_document::{PaperKind, PaperState};

use crate::rules::transitions::{Refused, Row, Table, line};

/// What may happen to a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// It says all that it must: its text is frozen.
    Issue,
    /// It is typeset, and nobody has to sign.
    Typeset,
    /// It is typeset, and sent to whoever has to sign.
    SendToSign,
    /// The last required signature is there.
    Complete,
    /// A later issue takes its place.
    Replace,
    /// It is taken back, with a reason.
    Void,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 6] =
        [Self::Issue, Self::Typeset, Self::SendToSign, Self::Complete, Self::Replace, Self::Void];
}

/// One line of the table.
pub type Transition = Row<Option<PaperState>, Step, PaperState>;

/// A step that the state does not allow.
pub type InvalidStep = Refused<Option<PaperState>, Step>;

/// The table.
pub const TABLE: Table<Option<PaperState>, Step, PaperState> = {
    use PaperState as S;
    Table(&[
        line(None, Step::Issue, S::ToTypeset, "paper.issued", "DOC_ISSUED"),
        line(Some(S::ToTypeset), Step::Typeset, S::Issued, "paper.typeset", "DOC_TYPESET"),
        line(Some(S::ToTypeset), Step::SendToSign, S::ToSign, "paper.sent_to_sign", "DOC_TO_SIGN"),
        line(Some(S::ToSign), Step::Complete, S::Issued, "paper.signed", "DOC_SIGNED"),
        line(Some(S::ToTypeset), Step::Replace, S::Replaced, "paper.replaced", "DOC_REPLACED"),
        line(Some(S::ToSign), Step::Replace, S::Replaced, "paper.replaced", "DOC_REPLACED"),
        line(Some(S::Issued), Step::Replace, S::Replaced, "paper.replaced", "DOC_REPLACED"),
        line(Some(S::ToTypeset), Step::Void, S::Voided, "paper.voided", "DOC_VOIDED"),
        line(Some(S::ToSign), Step::Void, S::Voided, "paper.voided", "DOC_VOIDED"),
        line(Some(S::Issued), Step::Void, S::Voided, "paper.voided", "DOC_VOIDED"),
    ])
};

/// Whether a paper still counts.
#[must_use]
pub const fn is_current(state: PaperState) -> bool {
    matches!(state, PaperState::ToTypeset | PaperState::Issued | PaperState::ToSign)
}

/// What a paper is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Somebody who buys, for all their people.
    Buyer,
    /// One person.
    Person,
    /// A half-day.
    Slot,
    /// What is entrusted.
    Subcontract,
}

/// What a kind is about; none for what is not issued here.
#[must_use]
pub const fn scope(kind: PaperKind) -> Option<Scope> {
    match kind {
        PaperKind::Proposal | PaperKind::Convention => Some(Scope::Buyer),
        PaperKind::NeedsAnalysis
        | PaperKind::Positioning
        | PaperKind::TripartiteConvention
        | PaperKind::Contract
        | PaperKind::Summons
        | PaperKind::GuardianNotice
        | PaperKind::CompletionCertificate
        | PaperKind::AssiduityCertificate
        | PaperKind::EndAttestation => Some(Scope::Person),
        PaperKind::AttendanceSheet => Some(Scope::Slot),
        PaperKind::Subcontract => Some(Scope::Subcontract),
        PaperKind::Information
        | PaperKind::WelcomeBooklet
        | PaperKind::HouseRules
        | PaperKind::EvaluationSheet
        | PaperKind::Other => None,
    }
}

/// The kinds that people ask for one by one, in the order of the life of a session.
pub const OFFERED: [PaperKind; 11] = [
    PaperKind::NeedsAnalysis,
    PaperKind::Proposal,
    PaperKind::Convention,
    PaperKind::TripartiteConvention,
    PaperKind::Contract,
    PaperKind::Subcontract,
    PaperKind::Summons,
    PaperKind::AttendanceSheet,
    PaperKind::CompletionCertificate,
    PaperKind::AssiduityCertificate,
    PaperKind::EndAttestation,
];

/// Whether it is time for a paper of a person, by the state of their enrolment.
#[must_use]
pub const fn is_time(kind: PaperKind, state: EnrolmentState) -> bool {
    use EnrolmentState as E;
    match kind {
        PaperKind::NeedsAnalysis | PaperKind::Positioning => matches!(
            state,
            E::Requested | E::Waitlisted | E::Offered | E::Held | E::Contracted | E::Confirmed | E::Present
        ),
        PaperKind::TripartiteConvention | PaperKind::Contract => {
            matches!(state, E::Held | E::Contracted | E::Confirmed)
        }
        PaperKind::Summons | PaperKind::GuardianNotice => matches!(state, E::Confirmed),
        PaperKind::CompletionCertificate | PaperKind::AssiduityCertificate => {
            matches!(state, E::Completed | E::DroppedOut)
        }
        PaperKind::EndAttestation => matches!(state, E::Completed),
        _ => true,
    }
}

/// Whether somebody is among the people of a convention or of a proposal: they have a seat, or had one.
#[must_use]
pub const fn is_bought(state: EnrolmentState) -> bool {
    use EnrolmentState as E;
    matches!(
        state,
        E::Offered
            | E::Held
            | E::Contracted
            | E::Confirmed
            | E::Present
            | E::Absent
            | E::Completed
            | E::DroppedOut
    )
}

/// Whether somebody is on the sheet of a half-day.
#[must_use]
pub const fn is_expected(state: EnrolmentState) -> bool {
    use EnrolmentState as E;
    matches!(state, E::Confirmed | E::Present | E::Absent | E::Completed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::training::mentions;

    #[test]
    fn a_step_has_one_outcome_and_every_state_is_reached() {
        assert!(TABLE.has_one_outcome());
        for state in PaperState::all() {
            assert!(TABLE.iter().any(|line| line.to == state), "{state}");
        }
        for step in Step::ALL {
            assert!(TABLE.iter().any(|line| line.step == step), "{step:?}");
        }
    }

    #[test]
    fn what_counts_no_more_changes_no_more() {
        for state in PaperState::all() {
            let moves = TABLE.steps(state).next().is_some();
            assert_eq!(moves, is_current(state), "{state}");
        }
    }

    #[test]
    fn what_is_offered_is_about_something_and_has_mentions() {
        for kind in OFFERED {
            assert!(scope(kind).is_some(), "{kind}");
            assert!(!mentions::of(kind).is_empty(), "{kind}");
        }
    }

    #[test]
    fn each_paper_of_a_person_has_its_time() {
        use EnrolmentState as E;
        for (kind, state, expected) in [
            (PaperKind::NeedsAnalysis, E::Held, true),
            (PaperKind::NeedsAnalysis, E::Completed, false),
            (PaperKind::Contract, E::Waitlisted, false),
            (PaperKind::Contract, E::Held, true),
            (PaperKind::Contract, E::Completed, false),
            (PaperKind::Summons, E::Contracted, false),
            (PaperKind::Summons, E::Confirmed, true),
            (PaperKind::CompletionCertificate, E::Present, false),
            (PaperKind::CompletionCertificate, E::DroppedOut, true),
            (PaperKind::EndAttestation, E::DroppedOut, false),
            (PaperKind::EndAttestation, E::Completed, true),
        ] {
            assert_eq!(is_time(kind, state), expected, "{kind} {state}");
        }
    }
}
