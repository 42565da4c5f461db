//! The table, row by row, against the domain reference.

use super::*;
use std::collections::HashSet;

/// A row of the domain reference: before, what happens and after, code.
type Row = (&'static [State], &'static [(Event, State)], &'static str);

const ROWS: &[Row] = &[
    (&[S::Requested], &[(Event::Reject, S::Rejected)], "JUR_REJECTED"),
    (&[S::Requested, S::Postponed], &[(Event::Plan, S::Planned)], "JUR_PLANNED"),
    (&[S::Planned], &[(Event::AssignPresident, S::Planned)], "JUR_PRESIDENT"),
    (&[S::Planned], &[(Event::AddMember, S::Planned), (Event::RemoveMember, S::Planned)], "JUR_MEMBER"),
    (&[S::Planned], &[(Event::Confirm, S::Confirmed)], "JUR_CONFIRMED"),
    (&[S::Confirmed], &[(Event::Convoke, S::Summoned)], "JUR_CONVOKED"),
    (PLANNED_TO_SUMMONED, &[(Event::Postpone, S::Postponed)], "JUR_MOVED"),
    (PLANNED_TO_SUMMONED, &[(Event::Cancel, S::Cancelled)], "JUR_CANCELLED"),
    (&[S::Postponed], &[(Event::Cancel, S::Cancelled)], "JUR_CANCELLED"),
    (&[S::Summoned], &[(Event::Open, S::Open)], "JUR_OPENED"),
    (&[S::Summoned], &[(Event::NoQuorum, S::NoQuorum)], "JUR_NO_QUORUM"),
    (&[S::Open], &[(Event::Abstain, S::Open)], "JUR_ABSTAIN"),
    (&[S::Open], &[(Event::RecordIncident, S::Open)], "JUR_INCIDENT"),
    (&[S::Open], &[(Event::Deliberate, S::Deliberating)], "JUR_DELIBERATING"),
    (&[S::Deliberating], &[(Event::CloseDeliberation, S::ToSign)], "JUR_PV_READY"),
    (&[S::ToSign], &[(Event::Sign, S::Signed)], "JUR_PV_SIGNED"),
    (&[S::Signed], &[(Event::ControlOk, S::Checked)], "JUR_PV_OK"),
    (&[S::Signed], &[(Event::ControlKo, S::ToRectify)], "JUR_PV_KO"),
    (&[S::ToRectify], &[(Event::Rectify, S::ToSign)], "JUR_PV_RECT"),
    (&[S::Checked], &[(Event::Validate, S::Validated)], "JUR_VALIDATED"),
    // Not in the reference: a validation is taken back before anybody is told.
    (&[S::Validated], &[(Event::TakeBack, S::Checked)], "JUR_VALIDATION_TAKEN_BACK"),
    (&[S::Validated], &[(Event::Notify, S::Closed)], "JUR_CLOSED"),
    // Not in the table: « correction of material error », in 1.11.
    (&[S::Closed], &[(Event::Reopen, S::ToRectify)], "JUR_REOPENED"),
];
const PLANNED_TO_SUMMONED: &[State] = &[S::Planned, S::Confirmed, S::Summoned];

#[test]
fn every_row_of_the_reference_is_in_the_table_and_nothing_else() {
    let mut expected = HashSet::from([(None, Event::Request, S::Requested, "JUR_REQUESTED")]);
    for (froms, events, code) in ROWS {
        for from in *froms {
            expected.extend(events.iter().map(|(event, to)| (Some(*from), *event, *to, *code)));
        }
    }
    let written: HashSet<_> = TABLE.iter().map(|line| (line.from, line.event, line.to, line.code)).collect();
    assert_eq!(written, expected);
}

#[test]
fn an_event_has_one_outcome_somebody_and_a_name() {
    let mut seen = HashSet::new();
    for line in TABLE {
        assert!(seen.insert((line.from, line.event)), "{line:?}");
        assert!(!line.by.is_empty() && line.name.starts_with("jury."), "{line:?}");
        let guards: HashSet<_> = line.guards.iter().collect();
        assert_eq!(guards.len(), line.guards.len(), "{line:?}");
    }
    for event in Event::ALL {
        assert!(TABLE.iter().any(|line| line.event == event), "{event:?}");
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
        assert!(!can(state, Event::Postpone) && !can(state, Event::Cancel), "{state}");
    }
    assert!(!can(S::Requested, Event::Cancel), "what is only asked for is rejected");
}

#[test]
fn everything_that_lacks_is_told_at_once() {
    let confirm = next(Some(S::Planned), Event::Confirm).unwrap();
    for (met, expected) in [
        (vec![], vec![G::PresidentAccepted, G::QuorumReachable, G::CandidateChosen]),
        (vec![G::QuorumReachable, G::AllHeard], vec![G::PresidentAccepted, G::CandidateChosen]),
        (vec![G::CandidateChosen, G::PresidentAccepted, G::QuorumReachable], vec![]),
    ] {
        assert_eq!(lacking(confirm, &met), expected, "{met:?}");
    }
}

#[test]
fn what_the_table_does_not_hold_is_refused() {
    for (from, event) in [
        (None, Event::Plan),
        (Some(S::Requested), Event::Confirm),
        (Some(S::Planned), Event::Convoke),
        (Some(S::Confirmed), Event::Open),
        (Some(S::Postponed), Event::Confirm),
        (Some(S::NoQuorum), Event::Open),
        (Some(S::Signed), Event::Rectify),
        (Some(S::Closed), Event::Rectify),
        (Some(S::Validated), Event::Reopen),
    ] {
        assert_eq!(next(from, event).unwrap_err(), InvalidStep { from, event });
    }
}
