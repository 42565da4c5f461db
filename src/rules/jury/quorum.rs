//! When enough people sit, and how they decide. The quorum is counted for the session, then again for each candidate
//! without those who stay apart from that candidate.

use entity::ids::JuryMemberId;
use entity::jury_member::Seat;
use entity::jury_rules::{Majority, President};
use entity::jury_vote::Vote;

use crate::rules::referential::JuryRules;

/// A member in the room, or by video.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Present {
    /// Who.
    pub member: JuryMemberId,
    /// In which seat.
    pub seat: Seat,
    /// By video.
    pub remote: bool,
}

/// What a quorum lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lack {
    /// Nobody presides.
    President,
    /// Too few members of the employers' college.
    Employers {
        /// How many there are.
        present: usize,
        /// How many are wanted.
        wanted: usize,
    },
    /// Too few members of the employees' college.
    Employees {
        /// How many there are.
        present: usize,
        /// How many are wanted.
        wanted: usize,
    },
    /// Too few voting members.
    Total {
        /// How many there are.
        present: usize,
        /// How many are wanted.
        wanted: usize,
    },
}

/// Whether a seat votes.
#[must_use]
pub const fn votes(seat: Seat) -> bool {
    !matches!(seat, Seat::Observer)
}

/// What the quorum of the session lacks; nothing when it is reached.
#[must_use]
pub fn of_session(rules: &JuryRules, present: &[Present]) -> Vec<Lack> {
    of_candidate(rules, present, &[])
}

/// What the quorum lacks for one candidate, those who stay apart from them not being counted.
#[must_use]
pub fn of_candidate(rules: &JuryRules, present: &[Present], apart: &[JuryMemberId]) -> Vec<Lack> {
    let counted: Vec<Seat> = present
        .iter()
        .filter(|one| votes(one.seat) && (rules.remote_in_quorum || !one.remote))
        .filter(|one| !apart.contains(&one.member))
        .map(|one| one.seat)
        .collect();
    let of = |seat: Seat| counted.iter().filter(|one| **one == seat).count();
    let wanted = |count: i32| usize::try_from(count).unwrap_or_default();
    let (employers, employees) = (wanted(rules.quorum_employers), wanted(rules.quorum_employees));
    // A president who comes from a college is one of its members: which one is not told by the seat, so either may be.
    let spare = usize::from(rules.president == President::CollegesInTurn) * of(Seat::President);
    let short =
        (employers.saturating_sub(of(Seat::Employers)), employees.saturating_sub(of(Seat::Employees)));
    let covered = short.0 + short.1 <= spare;
    let mut lacks = Vec::new();
    if of(Seat::President) == 0 {
        lacks.push(Lack::President);
    }
    if short.0 > 0 && !covered {
        lacks.push(Lack::Employers { present: of(Seat::Employers), wanted: employers });
    }
    if short.1 > 0 && !covered {
        lacks.push(Lack::Employees { present: of(Seat::Employees), wanted: employees });
    }
    let total = wanted(rules.quorum_total);
    if counted.len() < total {
        lacks.push(Lack::Total { present: counted.len(), wanted: total });
    }
    lacks
}

/// How one member voted; a member who votes nothing abstains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// In which seat.
    pub seat: Seat,
    /// The vote; none for whoever stays apart or says nothing.
    pub vote: Option<Vote>,
}

/// What votes make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The majority says yes.
    Carried,
    /// It does not.
    Lost,
    /// As many on both sides, and nobody decides between them.
    Tied,
}

/// What the members present decide: a proposal is carried by the majority of the rules.
#[must_use]
pub fn outcome(rules: &JuryRules, ballots: &[Ballot]) -> Outcome {
    let voting: Vec<&Ballot> = ballots.iter().filter(|one| votes(one.seat)).collect();
    let count = |wanted: Vote| voting.iter().filter(|one| one.vote == Some(wanted)).count();
    let (yes, no) = (count(Vote::Yes), count(Vote::No));
    let base = if rules.abstention_counts { voting.len() } else { yes + no };
    let carried = match rules.majority {
        Majority::Absolute => yes * 2 > base,
        Majority::TwoThirds => yes > 0 && yes * 3 >= base * 2,
        Majority::Unanimity => yes > 0 && yes == base,
    };
    if carried {
        return Outcome::Carried;
    }
    if rules.majority != Majority::Absolute || yes != no || yes == 0 {
        return Outcome::Lost;
    }
    let presides = voting.iter().find(|one| one.seat == Seat::President).and_then(|one| one.vote);
    match presides.filter(|_| rules.casting_vote) {
        Some(Vote::Yes) => Outcome::Carried,
        Some(Vote::No) => Outcome::Lost,
        Some(Vote::Blank) | None => Outcome::Tied,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const SEATS: [Seat; 5] = [Seat::President, Seat::Employers, Seat::Employees, Seat::Other, Seat::Observer];

    fn member(rank: usize) -> JuryMemberId {
        JuryMemberId(Uuid::from_u128(u128::try_from(rank).unwrap()))
    }

    fn room(seats: &[Seat]) -> Vec<Present> {
        let one = |(rank, seat): (usize, &Seat)| Present { member: member(rank), seat: *seat, remote: false };
        seats.iter().enumerate().map(one).collect()
    }

    #[test]
    fn a_president_and_one_member_of_each_college_are_enough() {
        use Seat::{Employees, Employers, Observer, Other, President};
        let rules = JuryRules::default();
        let total = |present| Lack::Total { present, wanted: 3 };
        for (seats, expected) in [
            (vec![President, Employers, Employees], vec![]),
            (vec![President, Employers, Employees, Other, Observer], vec![]),
            (vec![President, Employers, Other], vec![Lack::Employees { present: 0, wanted: 1 }]),
            (vec![President, Employees, Observer], vec![Lack::Employers { present: 0, wanted: 1 }, total(2)]),
            (vec![Employers, Employees, Other], vec![Lack::President]),
            (
                vec![],
                vec![
                    Lack::President,
                    Lack::Employers { present: 0, wanted: 1 },
                    Lack::Employees { present: 0, wanted: 1 },
                    total(0),
                ],
            ),
        ] {
            assert_eq!(of_session(&rules, &room(&seats)), expected, "{seats:?}");
        }
    }

    #[test]
    fn who_stays_apart_is_not_counted_for_that_candidate() {
        use Seat::{Employees, Employers, President};
        let rules = JuryRules::default();
        let three = room(&[President, Employers, Employees]);
        let four = room(&[President, Employers, Employees, Employees]);
        assert!(
            of_candidate(&rules, &four, &[member(2)]).is_empty(),
            "another member of the college is there"
        );
        let lacks = of_candidate(&rules, &three, &[member(2)]);
        assert_eq!(lacks[0], Lack::Employees { present: 0, wanted: 1 });
        assert_eq!(of_candidate(&rules, &four, &[member(0)]), [Lack::President]);
    }

    #[test]
    fn a_member_by_video_counts_when_the_rules_say_so() {
        let mut present = room(&[Seat::President, Seat::Employers, Seat::Employees]);
        present[1].remote = true;
        assert!(of_session(&JuryRules::default(), &present).is_empty());
        let rules = JuryRules { remote_in_quorum: false, ..JuryRules::default() };
        assert_eq!(of_session(&rules, &present)[0], Lack::Employers { present: 0, wanted: 1 });
    }

    #[test]
    fn a_president_of_a_college_is_one_of_its_members() {
        use Seat::{Employees, Employers, President};
        let rules = JuryRules {
            president: entity::jury_rules::President::CollegesInTurn,
            quorum_total: 2,
            ..JuryRules::default()
        };
        assert!(of_session(&rules, &room(&[President, Employees])).is_empty());
        assert!(of_session(&rules, &room(&[President, Employers])).is_empty());
        assert_eq!(of_session(&rules, &room(&[President])).len(), 3);
    }

    #[test]
    fn votes_decide_by_the_majority_of_the_rules() {
        use Outcome::{Carried, Lost, Tied};
        let ballots = |president: Option<Vote>, others: &[Option<Vote>]| -> Vec<Ballot> {
            let first = Ballot { seat: Seat::President, vote: president };
            let rest = others.iter().map(|vote| Ballot { seat: Seat::Employers, vote: *vote });
            std::iter::once(first).chain(rest).collect()
        };
        let (yes, no, blank) = (Some(Vote::Yes), Some(Vote::No), Some(Vote::Blank));
        let rules = JuryRules::default();
        let without = JuryRules { casting_vote: false, ..rules.clone() };
        let present = JuryRules { abstention_counts: false, ..rules.clone() };
        let thirds = JuryRules { majority: Majority::TwoThirds, ..rules.clone() };
        let all = JuryRules { majority: Majority::Unanimity, ..rules.clone() };
        for (rules, president, others, expected) in [
            (&rules, yes, vec![yes, no], Carried),
            (&rules, no, vec![yes, no], Lost),
            (&rules, yes, vec![no, yes, no], Carried),
            (&rules, no, vec![yes, yes, no], Lost),
            (&rules, blank, vec![yes, no], Tied),
            (&rules, yes, vec![yes, blank, no], Lost),
            (&rules, None, vec![None, None], Lost),
            (&without, yes, vec![no, yes, no], Tied),
            (&present, yes, vec![yes, blank, no], Carried),
            (&thirds, yes, vec![yes, no], Carried),
            (&thirds, yes, vec![yes, no, no], Lost),
            (&all, yes, vec![yes, yes], Carried),
            (&all, yes, vec![yes, blank], Lost),
        ] {
            assert_eq!(outcome(rules, &ballots(president, &others)), expected, "{president:?} {others:?}");
        }
    }

    proptest! {
        #[test]
        fn one_more_member_never_breaks_a_quorum(
            seats in proptest::collection::vec(0..SEATS.len(), 0..8),
            more in 0..SEATS.len(),
        ) {
            let rules = JuryRules::default();
            let seats: Vec<Seat> = seats.into_iter().map(|rank| SEATS[rank]).collect();
            let all: Vec<Seat> = seats.iter().copied().chain([SEATS[more]]).collect();
            prop_assert!(of_session(&rules, &room(&all)).len() <= of_session(&rules, &room(&seats)).len());
        }

        #[test]
        fn a_quorum_for_a_candidate_is_never_easier_than_that_of_the_session(
            seats in proptest::collection::vec(0..SEATS.len(), 0..8),
            apart in proptest::collection::vec(0_usize..8, 0..4),
        ) {
            let rules = JuryRules::default();
            let present = room(&seats.into_iter().map(|rank| SEATS[rank]).collect::<Vec<_>>());
            let apart: Vec<JuryMemberId> = apart.into_iter().map(member).collect();
            let own = of_candidate(&rules, &present, &apart).len();
            prop_assert!(of_session(&rules, &present).len() <= own);
        }
    }
}
