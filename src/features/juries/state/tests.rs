//! The table, row by row, against the domain reference.

use super::*;
use std::collections::HashSet;

/// A row of the domain reference: its name there, before, what happens and after, what it asks, code.
type Row = (&'static str, &'static [State], &'static [(Event, State)], &'static [Guard], &'static str);

/// Table 1.7 whole. S1 begins a session: it has nothing before.
const ROWS: &[Row] = &[
    (
        "S1",
        &[],
        &[(Event::Request, S::Requested)],
        &[G::AgreementHeld, G::CandidatesExpected],
        "JUR_REQUESTED",
    ),
    ("S2", &[S::Requested], &[(Event::Reject, S::Rejected)], &[G::ReasonGiven], "JUR_REJECTED"),
    ("S3", &[S::Requested, S::Postponed], &[(Event::Plan, S::Planned)], &[G::DateKnown], "JUR_PLANNED"),
    ("S4", &[S::Planned], &[(Event::AssignPresident, S::Planned)], &[G::Impartial], "JUR_PRESIDENT"),
    (
        "S5",
        &[S::Planned],
        &[(Event::AddMember, S::Planned), (Event::RemoveMember, S::Planned)],
        &[G::Impartial],
        "JUR_MEMBER",
    ),
    (
        "S6",
        &[S::Planned],
        &[(Event::Confirm, S::Confirmed)],
        &[G::PresidentAccepted, G::QuorumReachable, G::CandidateChosen],
        "JUR_CONFIRMED",
    ),
    ("S7", &[S::Confirmed], &[(Event::Convoke, S::Summoned)], &[G::FilesComplete], "JUR_CONVOKED"),
    (
        "S8",
        PLANNED_TO_SUMMONED,
        &[(Event::Postpone, S::Postponed)],
        &[G::ReasonGiven, G::DateKnown],
        "JUR_MOVED",
    ),
    ("S9", PLANNED_TO_SUMMONED, &[(Event::Cancel, S::Cancelled)], &[G::ReasonGiven], "JUR_CANCELLED"),
    (
        "S10",
        &[S::Summoned],
        &[(Event::Open, S::Open)],
        &[G::QuorumPresent, G::ImpartialityDeclared, G::MembersIdentified],
        "JUR_OPENED",
    ),
    ("S11", &[S::Summoned], &[(Event::NoQuorum, S::NoQuorum)], &[G::MembersMissing], "JUR_NO_QUORUM"),
    ("S12", &[S::Open], &[(Event::Abstain, S::Open)], &[G::ReasonGiven], "JUR_ABSTAIN"),
    ("S13", &[S::Open], &[(Event::RecordIncident, S::Open)], &[], "JUR_INCIDENT"),
    ("S14", &[S::Open], &[(Event::Deliberate, S::Deliberating)], &[G::AllHeard], "JUR_DELIBERATING"),
    ("S15", &[S::Deliberating], &[(Event::CloseDeliberation, S::ToSign)], &[G::AllDecided], "JUR_PV_READY"),
    ("S16", &[S::ToSign], &[(Event::Sign, S::Signed)], &[G::AllSigned], "JUR_PV_SIGNED"),
    (
        "S17",
        &[S::Signed],
        &[(Event::ControlOk, S::Checked)],
        &[G::NotOfTheJury, G::ChecklistDone],
        "JUR_PV_OK",
    ),
    (
        "S18",
        &[S::Signed],
        &[(Event::ControlKo, S::ToRectify)],
        &[G::NotOfTheJury, G::FindingsWritten],
        "JUR_PV_KO",
    ),
    ("S19", &[S::ToRectify], &[(Event::Rectify, S::ToSign)], &[G::OriginalKept], "JUR_PV_RECT"),
    ("S20", &[S::Checked], &[(Event::Validate, S::Validated)], &[G::DeliverySet], "JUR_VALIDATED"),
    ("S21", &[S::Validated], &[(Event::Notify, S::Closed)], &[G::PapersProduced], "JUR_CLOSED"),
];

/// What the table does not say: a structure takes back what has no date yet, a session that waits for another date may be cancelled, a validation is taken back before
/// anybody is told, and a material error found by an appeal is corrected by the same jury (1.11).
const MORE: &[Row] = &[
    (
        "S2, by the structure",
        &[S::Requested],
        &[(Event::Withdraw, S::Cancelled)],
        &[G::ReasonGiven],
        "JUR_WITHDRAWN",
    ),
    ("S9, again", &[S::Postponed], &[(Event::Cancel, S::Cancelled)], &[G::ReasonGiven], "JUR_CANCELLED"),
    (
        "S20, taken back",
        &[S::Validated],
        &[(Event::TakeBack, S::Checked)],
        &[G::ReasonGiven],
        "JUR_VALIDATION_TAKEN_BACK",
    ),
    ("1.11", &[S::Closed], &[(Event::Reopen, S::ToRectify)], &[G::ReasonGiven], "JUR_REOPENED"),
];
const PLANNED_TO_SUMMONED: &[State] = &[S::Planned, S::Confirmed, S::Summoned];

/// Each state, with the beginning, which is none.
fn befores(row: &Row) -> Vec<Option<State>> {
    if row.1.is_empty() { vec![None] } else { row.1.iter().copied().map(Some).collect() }
}

#[test]
fn every_row_from_s1_to_s21_is_a_transition_with_what_it_asks() {
    let names: Vec<_> = ROWS.iter().map(|row| row.0.to_owned()).collect();
    let expected: Vec<_> = (1..=21).map(|rank| format!("S{rank}")).collect();
    assert_eq!(names, expected, "a row of the reference is missing");
    for row in ROWS.iter().chain(MORE) {
        for from in befores(row) {
            for (event, to) in row.2 {
                let line = TABLE.next(from, *event).unwrap_or_else(|error| panic!("{}: {error}", row.0));
                assert_eq!((line.to, line.code()), (*to, row.4), "{}", row.0);
                assert_eq!(asked(line.step).1, row.3, "{}", row.0);
                assert_eq!(lacking(line, &[]), row.3, "{}", row.0);
                assert!(lacking(line, row.3).is_empty(), "{}", row.0);
            }
        }
    }
}

#[test]
fn every_other_event_of_every_state_is_refused() {
    let mut rows: HashSet<(Option<State>, Event)> = HashSet::new();
    for row in ROWS.iter().chain(MORE) {
        for from in befores(row) {
            rows.extend(row.2.iter().map(|(event, _)| (from, *event)));
        }
    }
    let mut refused = 0;
    for from in std::iter::once(None).chain(State::all().map(Some)) {
        for event in Event::ALL {
            let found = TABLE.next(from, event).map(|line| line.to);
            assert_eq!(found.is_ok(), rows.contains(&(from, event)), "{event:?} from {from:?}");
            if let Err(error) = found {
                assert_eq!(error, InvalidStep { from, step: event });
                refused += 1;
            }
        }
    }
    assert_eq!(refused + TABLE.iter().len(), (State::all().count() + 1) * Event::ALL.len());
}

#[test]
fn every_row_of_the_reference_is_in_the_table_and_nothing_else() {
    let mut expected = HashSet::new();
    for row in ROWS.iter().chain(MORE) {
        for from in befores(row) {
            expected.extend(row.2.iter().map(|(event, to)| (from, *event, *to, row.4)));
        }
    }
    let written: HashSet<_> = TABLE.iter().map(|line| (line.from, line.step, line.to, line.code())).collect();
    assert_eq!(written, expected);
}

#[test]
fn an_event_has_one_outcome_somebody_and_a_name() {
    let mut seen = HashSet::new();
    for line in TABLE.iter() {
        assert!(seen.insert((line.from, line.step)), "{line:?}");
        assert!(!asked(line.step).0.is_empty() && line.name().starts_with("jury."), "{line:?}");
        let guards: HashSet<_> = asked(line.step).1.iter().collect();
        assert_eq!(guards.len(), asked(line.step).1.len(), "{line:?}");
    }
    for event in Event::ALL {
        assert!(TABLE.iter().any(|line| line.step == event), "{event:?}");
    }
}

#[test]
fn every_state_is_reached_and_left_but_for_ends() {
    for state in State::all() {
        assert!(TABLE.iter().any(|line| line.to == state), "{state}");
        assert_eq!(TABLE.iter().any(|line| line.from == Some(state)), !is_over(state), "{state}");
        assert!(!takes_candidates(state) || is_ahead(state), "{state}");
    }
}

#[test]
fn what_takes_place_is_neither_moved_nor_cancelled() {
    for state in State::all().filter(|state| !is_ahead(*state)) {
        assert!(!TABLE.can(state, Event::Postpone) && !TABLE.can(state, Event::Cancel), "{state}");
    }
    assert!(!TABLE.can(S::Requested, Event::Cancel), "what is only asked for is rejected, or withdrawn");
    for state in State::all() {
        assert_eq!(TABLE.can(state, Event::Withdraw), state == S::Requested, "{state}");
    }
}

#[test]
fn everything_that_lacks_is_told_at_once() {
    let confirm = TABLE.next(Some(S::Planned), Event::Confirm).unwrap();
    for (met, expected) in [
        (vec![], vec![G::PresidentAccepted, G::QuorumReachable, G::CandidateChosen]),
        (vec![G::QuorumReachable, G::AllHeard], vec![G::PresidentAccepted, G::CandidateChosen]),
        (vec![G::CandidateChosen, G::PresidentAccepted, G::QuorumReachable], vec![]),
    ] {
        assert_eq!(lacking(confirm, &met), expected, "{met:?}");
    }
}
