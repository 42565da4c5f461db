//! The table, row by row, against the domain reference.

use super::*;
use std::collections::HashSet;

/// A row of the domain reference: before, what happens and after, code.
type Row = (&'static [State], &'static [(Step, State)], &'static str);

const ROWS: &[Row] = &[
    (&[S::Enrolled], &[(Step::RecordPositioning, S::Positioned)], "CAND_POSITIONED"),
    (&[S::Positioned], &[(Step::StartPath, S::OnPath)], "CAND_STARTED"),
    (&[S::OnPath, S::FileIncomplete], &[(Step::SubmitFile, S::FileSubmitted)], "CAND_FILE_SUBMITTED"),
    (&[S::FileSubmitted], &[(Step::AskCompletion, S::FileIncomplete)], "CAND_FILE_INCOMPLETE"),
    (&[S::FileSubmitted], &[(Step::Admit, S::Admitted)], "CAND_ADMITTED"),
    (&[S::Admitted], &[(Step::Summon, S::Summoned)], "CAND_CONVOKED"),
    // « candidates back to admitted », in table 1.7.
    (&[S::Summoned], &[(Step::Release, S::Admitted)], "CAND_RELEASED"),
    (&[S::Summoned], &[(Step::MarkPresent, S::Present)], "CAND_PRESENT"),
    (&[S::Summoned], &[(Step::ExcuseAbsence, S::AbsentExcused)], "CAND_ABSENT_J"),
    (&[S::Summoned], &[(Step::MarkAbsent, S::Absent)], "CAND_ABSENT"),
    (&[S::Present], DECISIONS, "CAND_DECIDED"),
    (DECIDED, &[(Step::Notify, S::Notified)], "CAND_NOTIFIED"),
    (DECIDED, &[(Step::SendBack, S::UnderReview)], "CAND_REVIEW"),
    (&[S::UnderReview], DECISIONS, "CAND_REDECIDED"),
    (
        // Under review: « annulment of the passage and new jury », in 1.11.
        &[S::AbsentExcused, S::Adjourned, S::Partial, S::Refused, S::Notified, S::UnderReview],
        &[(Step::PlanResit, S::Admitted)],
        "CAND_RESIT",
    ),
    (&[S::Notified], &[(Step::LodgeAppeal, S::Appealed)], "CAND_APPEAL"),
    (&[S::Appealed], &[(Step::Uphold, S::Notified), (Step::Reopen, S::UnderReview)], "CAND_APPEAL_SETTLED"),
    (BEFORE_PRESENT, &[(Step::Withdraw, S::Withdrawn)], "CAND_WITHDRAWN"),
    (BEFORE_PRESENT, &[(Step::ExcludeForFraud, S::Excluded)], "CAND_EXCLUDED"),
    (SINCE_PRESENT, &[(Step::ExcludeForFraud, S::Excluded)], "CAND_EXCLUDED"),
    (&[S::Notified], &[(Step::CancelCertificate, S::Revoked)], "CERT_REVOKED"),
];
const DECISIONS: &[(Step, State)] = &[
    (Step::DecideTotal, S::Total),
    (Step::DecidePartial, S::Partial),
    (Step::DecideRefused, S::Refused),
    (Step::DecideAdjourned, S::Adjourned),
];
const DECIDED: &[State] = &[S::Total, S::Partial, S::Refused, S::Adjourned];
const BEFORE_PRESENT: &[State] =
    &[S::Enrolled, S::Positioned, S::OnPath, S::FileSubmitted, S::FileIncomplete, S::Admitted, S::Summoned];
const SINCE_PRESENT: &[State] = &[
    S::Present,
    S::AbsentExcused,
    S::Absent,
    S::Total,
    S::Partial,
    S::Refused,
    S::Adjourned,
    S::UnderReview,
];

#[test]
fn every_row_of_the_reference_is_in_the_table_and_nothing_else() {
    let mut expected = HashSet::from([(None, Step::Enrol, S::Enrolled, "CAND_CREATED")]);
    for (froms, steps, code) in ROWS {
        for from in *froms {
            expected.extend(steps.iter().map(|(step, to)| (Some(*from), *step, *to, *code)));
        }
    }
    let written: HashSet<_> = TABLE.iter().map(|line| (line.from, line.step, line.to, line.code)).collect();
    assert_eq!(written, expected);
}

#[test]
fn a_step_has_one_outcome_somebody_and_a_name() {
    let mut seen = HashSet::new();
    for line in TABLE {
        assert!(seen.insert((line.from, line.step)), "{line:?}");
        assert!(!line.by.is_empty() && line.name.starts_with("candidate."), "{line:?}");
        let guards: HashSet<_> = line.guards.iter().collect();
        assert_eq!(guards.len(), line.guards.len(), "{line:?}");
    }
}

#[test]
fn every_state_is_reached_and_left_but_for_ends() {
    let words: HashSet<_> = State::ALL.iter().map(|state| state.word()).collect();
    assert_eq!(words.len(), State::ALL.len());
    for state in State::ALL {
        assert!(TABLE.iter().any(|line| line.to == state), "{state:?}");
        let left = TABLE.iter().any(|line| line.from == Some(state));
        assert_eq!(left, !is_over(state), "{state:?}");
        assert_eq!(is_decided(state), can(state, Step::Notify), "{state:?}");
    }
}

#[test]
fn everything_that_lacks_is_told_at_once() {
    let cancel = next(Some(S::Notified), Step::CancelCertificate).unwrap();
    for (met, expected) in [
        (vec![], vec![G::WasTotal, G::SecondPerson, G::ReasonGiven]),
        (vec![G::ReasonGiven, G::Heard], vec![G::WasTotal, G::SecondPerson]),
        (vec![G::SecondPerson, G::ReasonGiven, G::WasTotal], vec![]),
    ] {
        assert_eq!(lacking(cancel, &met), expected, "{met:?}");
    }
    let resit = |from| lacking(next(Some(from), Step::PlanResit).unwrap(), &[G::ResitAllowed]);
    assert_eq!(resit(S::Notified), [G::WasNotTotal], "whoever has everything does not sit again");
    assert_eq!(resit(S::UnderReview), [G::Annulled], "what the jury corrects is not taken again");
    assert!(resit(S::AbsentExcused).is_empty());
}

#[test]
fn what_the_table_does_not_hold_is_refused() {
    for (from, step) in [
        (None, Step::Admit),
        (Some(S::Enrolled), Step::Enrol),
        (Some(S::Enrolled), Step::StartPath),
        (Some(S::FileIncomplete), Step::Admit),
        (Some(S::Present), Step::Withdraw),
        (Some(S::Notified), Step::ExcludeForFraud),
        (Some(S::Total), Step::PlanResit),
        (Some(S::Absent), Step::PlanResit),
    ] {
        assert_eq!(next(from, step).unwrap_err(), InvalidStep { from, step });
    }
}

#[test]
fn leaving_for_work_is_no_failure() {
    let leavings = [Leaving::Work, Leaving::EndOfContract, Leaving::Health, Leaving::Other];
    assert_eq!(leavings.map(Leaving::is_success), [true, false, false, false]);
}
