//! The table, row by row, against the domain reference.

use std::collections::HashSet;

use super::Guard as G;
use super::*;

/// A row of the domain reference: the event as it is named there, before, what happens and after, what it asks, code.
type Row = (&'static str, &'static [State], &'static [(Step, State)], &'static [Guard], &'static str);

/// Table 1.5 whole. « enrol » begins a file: it has nothing before.
const ROWS: &[Row] = &[
    ("enrol", &[], &[(Step::Enrol, S::Enrolled)], &[G::AgreementHeld, G::CivilStatusKnown], "CAND_CREATED"),
    (
        "record_positioning",
        &[S::Enrolled],
        &[(Step::RecordPositioning, S::Positioned)],
        &[G::SheetAttached],
        "CAND_POSITIONED",
    ),
    ("start_parcours", &[S::Positioned], &[(Step::StartPath, S::OnPath)], &[G::StartKnown], "CAND_STARTED"),
    (
        "submit_file",
        &[S::OnPath],
        &[(Step::SubmitFile, S::FileSubmitted)],
        &[G::PiecesThere, G::SkillsObserved],
        "CAND_FILE_SUBMITTED",
    ),
    (
        "ask_completion",
        &[S::FileSubmitted],
        &[(Step::AskCompletion, S::FileIncomplete)],
        &[G::LackNamed],
        "CAND_FILE_INCOMPLETE",
    ),
    (
        "submit_file, completed",
        &[S::FileIncomplete],
        &[(Step::SubmitFile, S::FileSubmitted)],
        &[G::PiecesThere, G::SkillsObserved],
        "CAND_FILE_SUBMITTED",
    ),
    ("admit", &[S::FileSubmitted], &[(Step::Admit, S::Admitted)], &[G::PiecesThere], "CAND_ADMITTED"),
    ("convoke", &[S::Admitted], &[(Step::Summon, S::Summoned)], &[G::SessionConfirmed], "CAND_CONVOKED"),
    (
        "mark_present",
        &[S::Summoned],
        &[(Step::MarkPresent, S::Present)],
        &[G::IdentityChecked],
        "CAND_PRESENT",
    ),
    (
        "mark_absent(justified)",
        &[S::Summoned],
        &[(Step::ExcuseAbsence, S::AbsentExcused)],
        &[G::ReasonGiven],
        "CAND_ABSENT_J",
    ),
    ("mark_absent(not justified)", &[S::Summoned], &[(Step::MarkAbsent, S::Absent)], &[], "CAND_ABSENT"),
    ("decide", &[S::Present], RULED, &[G::QuorumReached, G::RulesRespected], "CAND_DECIDED"),
    ("decide, adjourned", &[S::Present], ADJOURNED, &[G::ReasonGiven], "CAND_DECIDED"),
    ("control_ok + validate", DECIDED, &[(Step::Notify, S::Notified)], &[G::MinutesConform], "CAND_NOTIFIED"),
    ("control_ko", DECIDED, &[(Step::SendBack, S::UnderReview)], &[G::ReasonGiven], "CAND_REVIEW"),
    ("re_decide", &[S::UnderReview], RULED, &[G::QuorumReached, G::RulesRespected], "CAND_REDECIDED"),
    ("re_decide, adjourned", &[S::UnderReview], ADJOURNED, &[G::ReasonGiven], "CAND_REDECIDED"),
    (
        "plan_resit",
        &[S::AbsentExcused, S::Adjourned, S::Partial, S::Refused],
        &[(Step::PlanResit, S::Admitted)],
        &[G::ResitAllowed],
        "CAND_RESIT",
    ),
    (
        "lodge_recours",
        &[S::Notified],
        &[(Step::LodgeAppeal, S::Appealed)],
        &[G::WithinDelay, G::ReasonGiven],
        "CAND_APPEAL",
    ),
    (
        "settle",
        &[S::Appealed],
        &[(Step::Uphold, S::Notified), (Step::Reopen, S::UnderReview)],
        &[G::ReasonGiven],
        "CAND_APPEAL_SETTLED",
    ),
    ("withdraw", BEFORE_PRESENT, &[(Step::Withdraw, S::Withdrawn)], &[G::ReasonGiven], "CAND_WITHDRAWN"),
    (
        "exclude_for_fraud, before present",
        BEFORE_PRESENT,
        &[(Step::ExcludeForFraud, S::Excluded)],
        &[G::Heard, G::ReasonGiven],
        "CAND_EXCLUDED",
    ),
    (
        "exclude_for_fraud, since present",
        SINCE_PRESENT,
        &[(Step::ExcludeForFraud, S::Excluded)],
        &[G::Heard, G::ReasonGiven],
        "CAND_EXCLUDED",
    ),
    (
        "cancel_certificate",
        &[S::Notified],
        &[(Step::CancelCertificate, S::Revoked)],
        &[G::WasTotal, G::SecondPerson, G::ReasonGiven],
        "CERT_REVOKED",
    ),
];

/// What the reference does not say in this table: « candidates back to admitted » is in table 1.7, and a part or a refusal
/// that was told leads to another session, as does an absence without a reason, which uses up one attempt of several.
const MORE: &[Row] = &[
    ("release", &[S::Summoned], &[(Step::Release, S::Admitted)], &[G::ReasonGiven], "CAND_RELEASED"),
    (
        "plan_resit, told",
        &[S::Notified],
        &[(Step::PlanResit, S::Admitted)],
        &[G::WasNotTotal, G::ResitAllowed],
        "CAND_RESIT",
    ),
    // A mistake in the room is put right while the session is open.
    (
        "retract_presence",
        &[S::Present, S::AbsentExcused, S::Absent],
        &[(Step::RetractPresence, S::Summoned)],
        &[],
        "CAND_PRESENCE_CORRECTED",
    ),
    // « Unlimited attempts within 5 years », in 1.11: no absence is the end of a file.
    (
        "plan_resit, did not come",
        &[S::Absent],
        &[(Step::PlanResit, S::Admitted)],
        &[G::ResitAllowed],
        "CAND_RESIT",
    ),
    // « Annulment of the passage and new jury », in 1.11.
    (
        "plan_resit, annulled",
        &[S::UnderReview],
        &[(Step::PlanResit, S::Admitted)],
        &[G::Annulled, G::ResitAllowed],
        "CAND_RESIT",
    ),
];
const RULED: &[(Step, State)] =
    &[(Step::DecideTotal, S::Total), (Step::DecidePartial, S::Partial), (Step::DecideRefused, S::Refused)];
const ADJOURNED: &[(Step, State)] = &[(Step::DecideAdjourned, S::Adjourned)];
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
const STEPS: [Step; 25] = [
    Step::Enrol,
    Step::RecordPositioning,
    Step::StartPath,
    Step::SubmitFile,
    Step::AskCompletion,
    Step::Admit,
    Step::Summon,
    Step::Release,
    Step::MarkPresent,
    Step::ExcuseAbsence,
    Step::MarkAbsent,
    Step::RetractPresence,
    Step::DecideTotal,
    Step::DecidePartial,
    Step::DecideRefused,
    Step::DecideAdjourned,
    Step::Notify,
    Step::SendBack,
    Step::PlanResit,
    Step::LodgeAppeal,
    Step::Uphold,
    Step::Reopen,
    Step::Withdraw,
    Step::ExcludeForFraud,
    Step::CancelCertificate,
];

/// Each state, with the beginning, which is none.
fn befores(row: &Row) -> Vec<Option<State>> {
    if row.1.is_empty() { vec![None] } else { row.1.iter().copied().map(Some).collect() }
}

#[test]
fn every_row_of_the_reference_is_a_transition_with_what_it_asks() {
    for row in ROWS.iter().chain(MORE) {
        for from in befores(row) {
            for (step, to) in row.2 {
                let line = TABLE.next(from, *step).unwrap_or_else(|error| panic!("{}: {error}", row.0));
                assert_eq!((line.to, line.code()), (*to, row.4), "{} {from:?}", row.0);
                assert_eq!(asked(line).1, row.3, "{} {from:?}", row.0);
                assert_eq!(lacking(line, &[]), row.3, "{} {from:?}", row.0);
                assert!(lacking(line, row.3).is_empty(), "{} {from:?}", row.0);
            }
        }
    }
}

#[test]
fn every_other_step_of_every_state_is_refused() {
    let mut rows: HashSet<(Option<State>, Step)> = HashSet::new();
    for row in ROWS.iter().chain(MORE) {
        for from in befores(row) {
            rows.extend(row.2.iter().map(|(step, _)| (from, *step)));
        }
    }
    for from in std::iter::once(None).chain(State::ALL.map(Some)) {
        for step in STEPS {
            let found = TABLE.next(from, step).map(|line| line.to);
            assert_eq!(found.is_ok(), rows.contains(&(from, step)), "{step:?} from {from:?}");
            if let Err(error) = found {
                assert_eq!(error, InvalidStep { from, step });
            }
        }
    }
}

#[test]
fn every_row_of_the_reference_is_in_the_table_and_nothing_else() {
    let mut expected = HashSet::new();
    for row in ROWS.iter().chain(MORE) {
        for from in befores(row) {
            expected.extend(row.2.iter().map(|(step, to)| (from, *step, *to, row.4)));
        }
    }
    let written: HashSet<_> = TABLE.iter().map(|line| (line.from, line.step, line.to, line.code())).collect();
    assert_eq!(written, expected);
    let steps: HashSet<_> = TABLE.iter().map(|line| line.step).collect();
    assert_eq!(steps, HashSet::from(STEPS), "each step is looked at from each state");
}

#[test]
fn a_step_has_one_outcome_somebody_and_a_name() {
    let mut seen = HashSet::new();
    for line in TABLE.iter() {
        assert!(seen.insert((line.from, line.step)), "{line:?}");
        assert!(!asked(line).0.is_empty() && line.name().starts_with("candidate."), "{line:?}");
        let guards: HashSet<_> = asked(line).1.iter().collect();
        assert_eq!(guards.len(), asked(line).1.len(), "{line:?}");
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
        assert_eq!(is_decided(state), TABLE.can(state, Step::Notify), "{state:?}");
    }
}

#[test]
fn everything_that_lacks_is_told_at_once() {
    let cancel = TABLE.next(Some(S::Notified), Step::CancelCertificate).unwrap();
    for (met, expected) in [
        (vec![], vec![G::WasTotal, G::SecondPerson, G::ReasonGiven]),
        (vec![G::ReasonGiven, G::Heard], vec![G::WasTotal, G::SecondPerson]),
        (vec![G::SecondPerson, G::ReasonGiven, G::WasTotal], vec![]),
    ] {
        assert_eq!(lacking(cancel, &met), expected, "{met:?}");
    }
    let resit = |from| lacking(TABLE.next(Some(from), Step::PlanResit).unwrap(), &[G::ResitAllowed]);
    assert_eq!(resit(S::Notified), [G::WasNotTotal], "whoever has everything does not sit again");
    assert_eq!(resit(S::UnderReview), [G::Annulled], "what the jury corrects is not taken again");
    assert!(resit(S::AbsentExcused).is_empty());
}

#[test]
fn leaving_for_work_is_no_failure() {
    let leavings = [Leaving::Work, Leaving::EndOfContract, Leaving::Health, Leaving::Other];
    assert_eq!(leavings.map(Leaving::is_success), [true, false, false, false]);
}
