//! The life of a teaching support (table 2.7 of the domain reference), as data. Pure; `docs/states/teaching-support.md` is drawn from
//! it.

use entity::teaching_support::SupportState;

use crate::rules::transitions::{Refused, Row, Table, line};

/// What may happen to a support.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Its budget and its payer are known.
    Accept,
    /// It will not be given.
    Refuse,
    /// It was refused or cancelled by mistake, or is wanted again.
    Reconsider,
    /// Its date and who gives it are fixed.
    Schedule,
    /// The date is moved.
    Postpone,
    /// Who should give it does not, after all.
    Release,
    /// It took place.
    Perform,
    /// Its report arrived.
    Report,
    /// The structure says how satisfied it is.
    Rate,
    /// It is over, and the structure is asked how satisfied it is.
    Close,
    /// It does not take place.
    Cancel,
}

/// One line of the table.
pub type Transition = Row<SupportState, Step>;

/// A step that the state does not allow.
pub type InvalidStep = Refused<SupportState, Step>;

/// How a support begins: its first state, the name and the code of the event.
pub const BEGINS: (SupportState, &str, &str) =
    (SupportState::Requested, "teaching_support.requested", "SUP_REQUESTED");

/// The table, in the order of the domain reference, after its first row.
pub const TABLE: Table<SupportState, Step> = {
    use SupportState as S;
    Table(&[
        line(S::Requested, Step::Accept, S::Accepted, "teaching_support.accepted", "SUP_ACCEPTED"),
        line(S::Requested, Step::Refuse, S::Refused, "teaching_support.refused", "SUP_REFUSED"),
        line(S::Refused, Step::Reconsider, S::Requested, "teaching_support.reconsidered", "SUP_RECONSIDERED"),
        line(
            S::Cancelled,
            Step::Reconsider,
            S::Requested,
            "teaching_support.reconsidered",
            "SUP_RECONSIDERED",
        ),
        line(S::Accepted, Step::Schedule, S::Scheduled, "teaching_support.scheduled", "SUP_SCHEDULED"),
        line(S::Scheduled, Step::Postpone, S::Scheduled, "teaching_support.moved", "SUP_MOVED"),
        line(S::Scheduled, Step::Release, S::Accepted, "teaching_support.released", "SUP_RELEASED"),
        line(S::Scheduled, Step::Perform, S::Performed, "teaching_support.performed", "SUP_DONE"),
        line(S::Performed, Step::Report, S::Reported, "teaching_support.reported", "SUP_REPORTED"),
        line(S::Reported, Step::Rate, S::Reported, "teaching_support.rated", "SUP_RATED"),
        line(S::Reported, Step::Close, S::Closed, "teaching_support.closed", "SUP_CLOSED"),
        line(S::Closed, Step::Rate, S::Closed, "teaching_support.rated", "SUP_RATED"),
        line(S::Requested, Step::Cancel, S::Cancelled, "teaching_support.cancelled", "SUP_CANCELLED"),
        line(S::Accepted, Step::Cancel, S::Cancelled, "teaching_support.cancelled", "SUP_CANCELLED"),
        line(S::Scheduled, Step::Cancel, S::Cancelled, "teaching_support.cancelled", "SUP_CANCELLED"),
    ])
};

/// Whether nothing is expected of the team or of the expert any more.
#[must_use]
pub const fn is_over(state: SupportState) -> bool {
    use SupportState as S;
    matches!(state, S::Refused | S::Closed | S::Cancelled)
}

/// Whether it was given: it counts in the figures, and stands in the way of an inspection by the same person.
#[must_use]
pub const fn is_given(state: SupportState) -> bool {
    use SupportState as S;
    matches!(state, S::Performed | S::Reported | S::Closed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    use crate::rules::ties::{DatedTie, Duty, Matrix, Severity, Tie, assess};
    use time::macros::date;

    #[test]
    fn a_step_has_one_outcome_and_every_state_is_reached() {
        assert!(TABLE.has_one_outcome());
        let reached: HashSet<_> = TABLE.iter().map(|line| line.to).collect();
        for state in SupportState::all() {
            assert!(reached.contains(&state), "{state}");
        }
    }

    #[test]
    fn what_was_given_is_not_cancelled() {
        for state in SupportState::all() {
            assert!(!(is_given(state) && TABLE.can(state, Step::Cancel)), "{state}");
            assert!(!is_over(state) || TABLE.iter().all(|row| row.from != state || row.step != Step::Accept));
        }
    }

    #[test]
    fn whoever_gave_a_support_does_not_inspect_the_structure_for_two_years() {
        let day = Some(date!(2024 - 05 - 14));
        let tie = DatedTie {
            tie: Tie::SupportExpert,
            since: day,
            until: day,
            closed_on: None,
            source: "MIS-2024-0012".to_owned(),
            detail: String::new(),
        };
        for (on, refused) in
            [(date!(2025 - 03 - 14), true), (date!(2026 - 05 - 14), true), (date!(2026 - 05 - 15), false)]
        {
            let found = assess(&Matrix::default(), Duty::Controller, std::slice::from_ref(&tie), on);
            let blocked = found.iter().any(|finding| finding.severity == Severity::Blocking);
            assert_eq!(blocked, refused, "{on}");
        }
    }
}
