//! The checks as tables, and what always holds.

use proptest::prelude::*;
use time::macros::date;
use uuid::Uuid;

use super::*;
use crate::rules::deadline::add_months;

const ON: Date = date!(2026 - 03 - 10);

fn tie(tie: Tie, until: Option<Date>) -> DatedTie {
    DatedTie {
        tie,
        since: Some(date!(2015 - 01 - 01)),
        until,
        closed_on: None,
        source: "test".to_owned(),
        detail: String::new(),
    }
}

fn candidate(rank: u128) -> CandidateId {
    CandidateId(Uuid::from_u128(rank))
}

fn with(rank: u128, kind: CandidateTieKind) -> CandidateTie {
    CandidateTie { candidate: candidate(rank), kind, since: date!(2020 - 01 - 01) }
}

fn known(seat: Seat) -> Known<'static> {
    Known {
        seat,
        ties: &[],
        candidates: &[],
        competitors: &[],
        habilitated: None,
        declared: None,
        signed: None,
    }
}

fn told(found: &[Finding]) -> Vec<(Check, Severity)> {
    found.iter().map(|one| (one.check, one.severity)).collect()
}

#[test]
fn ties_with_the_structure_count_for_their_window() {
    use Severity::{Blocking, Warning};
    for (kind, until, expected) in [
        (Tie::EmployeeBoardOrProvider, None, Some((Check::J1, Blocking))),
        (Tie::EmployeeBoardOrProvider, Some(date!(2024 - 03 - 10)), Some((Check::J1, Blocking))),
        (Tie::EmployeeBoardOrProvider, Some(date!(2024 - 03 - 09)), None),
        (Tie::Board, Some(date!(2025 - 06 - 30)), Some((Check::J1, Blocking))),
        (Tie::SupportExpert, Some(date!(2024 - 03 - 10)), Some((Check::J4, Warning))),
        (Tie::SupportExpert, Some(date!(2024 - 03 - 09)), None),
        (Tie::ControllerThisPeriod, Some(date!(2023 - 01 - 01)), Some((Check::J5, Warning))),
        (Tie::SameGroup, None, Some((Check::J8, Warning))),
        (Tie::JuryPresident, Some(date!(2026 - 01 - 01)), None),
    ] {
        let ties = [tie(kind, until)];
        let found = assess(&Matrix::default(), &Known { ties: &ties, ..known(Seat::President) }, ON);
        assert_eq!(told(&found), expected.into_iter().collect::<Vec<_>>(), "{kind:?} {until:?}");
    }
}

#[test]
fn whoever_presided_three_times_running_is_warned_and_only_to_preside() {
    let juries = vec![tie(Tie::JuryPresident, Some(date!(2026 - 01 - 01))); 3];
    for (seat, count, limit, warned) in [
        (Seat::President, 3, 3, true),
        (Seat::President, 2, 3, false),
        (Seat::President, 2, 2, true),
        (Seat::President, 3, 0, false),
        (Seat::Employers, 3, 3, false),
    ] {
        let matrix = matrix(Matrix::default(), limit);
        let found = assess(&matrix, &Known { ties: &juries[..count], ..known(seat) }, ON);
        let expected = if warned { vec![(Check::J6, Severity::Warning)] } else { Vec::new() };
        assert_eq!(told(&found), expected, "{seat} {count} {limit}");
    }
}

#[test]
fn ties_with_a_candidate_are_told_once_and_weigh_on_that_candidate() {
    use CandidateTieKind as K;
    for kind in K::all() {
        let ties = [with(1, kind), with(1, kind)];
        let found = assess(&Matrix::default(), &Known { candidates: &ties, ..known(Seat::Employees) }, ON);
        let own = matches!(kind, K::Family | K::Business | K::Dispute);
        let check = if own { Check::J3 } else { Check::J2 };
        assert_eq!(told(&found), [(check, Severity::Candidate)], "{kind}");
        assert_eq!(apart(&found), BTreeSet::from([candidate(1)]));
    }
    let later = [CandidateTie { since: date!(2026 - 03 - 11), ..with(1, K::Family) }];
    assert!(assess(&Matrix::default(), &Known { candidates: &later, ..known(Seat::Other) }, ON).is_empty());
}

#[test]
fn the_rest_is_told_too() {
    let near = ["Les Alizés".to_owned()];
    let all = Known {
        competitors: &near,
        habilitated: Some(false),
        declared: Some(false),
        signed: Some(false),
        ..known(Seat::President)
    };
    let expected = [
        (Check::J7, Severity::Blocking),
        (Check::J7, Severity::Blocking),
        (Check::J8, Severity::Warning),
        (Check::J9, Severity::Opening),
    ];
    assert_eq!(told(&assess(&Matrix::default(), &all, ON)), expected);
    let observer = Known { seat: Seat::Observer, ..all };
    assert_eq!(told(&assess(&Matrix::default(), &observer, ON)), [(Check::J9, Severity::Opening)]);
}

#[test]
fn findings_make_a_verdict() {
    use CandidateTieKind::Trained;
    use Severity::{Blocking, Candidate, Opening, Warning};
    let of = |severities: &[Severity]| -> Vec<Finding> {
        let one = |(rank, severity): (u128, &Severity)| Finding {
            candidate: (*severity == Severity::Candidate).then(|| candidate(rank)),
            ..finding(Check::J2, *severity, Reason::Candidate(Trained))
        };
        (0..).zip(severities).map(one).collect()
    };
    for (severities, seat, candidates, expected) in [
        (&[][..], Seat::President, 4, Verdict::Free),
        (&[Opening], Seat::President, 4, Verdict::Free),
        (&[Warning, Opening], Seat::President, 4, Verdict::Reasoned),
        (&[Candidate], Seat::President, 4, Verdict::Refused),
        (&[Candidate], Seat::Employers, 4, Verdict::Reasoned),
        (&[Candidate, Candidate], Seat::Employers, 2, Verdict::Refused),
        (&[Candidate], Seat::Employers, 2, Verdict::Reasoned),
        (&[Warning, Blocking], Seat::Other, 4, Verdict::Refused),
    ] {
        assert_eq!(verdict(&of(severities), seat, candidates), expected, "{severities:?} {seat}");
    }
}

fn any_tie() -> impl Strategy<Value = DatedTie> {
    (0..Tie::ALL.len(), proptest::option::of(0_i32..60))
        .prop_map(|(kind, months)| tie(Tie::ALL[kind], months.map(|months| add_months(ON, -months))))
}

proptest! {
    #[test]
    fn one_more_tie_never_frees_anybody(
        ties in proptest::collection::vec(any_tie(), 0..6),
        more in any_tie(),
        presides in any::<bool>(),
    ) {
        let seat = if presides { Seat::President } else { Seat::Employers };
        let of = |ties: &[DatedTie]| {
            let found = assess(&Matrix::default(), &Known { ties, ..known(seat) }, ON);
            verdict(&found, seat, 6)
        };
        let all: Vec<_> = ties.iter().cloned().chain([more]).collect();
        prop_assert!(of(&ties) <= of(&all));
    }

    #[test]
    fn the_heaviest_comes_first_and_an_observer_is_never_refused(
        ties in proptest::collection::vec(any_tie(), 0..6),
    ) {
        let own = Known { ties: &ties, declared: Some(false), ..known(Seat::Other) };
        let found = assess(&Matrix::default(), &own, ON);
        let sorted = found.is_sorted_by(|one, next| one.severity >= next.severity);
        prop_assert!(sorted);
        let watching = Known { seat: Seat::Observer, ..own };
        let found = assess(&Matrix::default(), &watching, ON);
        prop_assert_eq!(verdict(&found, Seat::Observer, 6), Verdict::Free);
    }
}
