//! Whether those who may sit make a quorum (domain reference, 1.7). Pure.
//!
//! A jury that presides from a mandataire counts that person apart from the colleges; where the colleges preside in turn,
//! the president is one of them and counts for the total alone.

use entity::jury_member::Seat;

use crate::rules::referential::JuryRules;

/// Somebody who may sit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voter {
    /// On which seat.
    pub seat: Seat,
    /// At a distance.
    pub remote: bool,
}

/// Who lacks, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Nobody presides.
    President,
    /// Members of the college of employers.
    Employers(i32),
    /// Members of the college of employees.
    Employees(i32),
    /// Voting members of any seat.
    Total(i32),
}

/// Everything that lacks for a quorum of these people; empty when there is one. Observers have no vote; whoever is at a
/// distance counts when the rules say so.
#[must_use]
pub fn lacks(rules: &JuryRules, people: &[Voter]) -> Vec<Lack> {
    let counts = |voter: &&Voter| !voter.remote || rules.remote_in_quorum;
    let count = |wanted: &dyn Fn(Seat) -> bool| {
        let found = people.iter().filter(counts).filter(|voter| wanted(voter.seat)).count();
        i32::try_from(found).unwrap_or(i32::MAX)
    };
    let employers = rules.quorum_employers - count(&|seat| seat == Seat::Employers);
    let employees = rules.quorum_employees - count(&|seat| seat == Seat::Employees);
    let total = rules.quorum_total - count(&|seat| seat != Seat::Observer);
    let mut found = Vec::new();
    if count(&|seat| seat == Seat::President) == 0 {
        found.push(Lack::President);
    }
    if employers > 0 {
        found.push(Lack::Employers(employers));
    }
    if employees > 0 {
        found.push(Lack::Employees(employees));
    }
    // Whoever the colleges and the presidency lack is told above; only what lacks besides is told here.
    let told = i32::from(found.contains(&Lack::President)) + employers.max(0) + employees.max(0);
    if total > told {
        found.push(Lack::Total(total - told));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(seat: Seat) -> Voter {
        Voter { seat, remote: false }
    }

    #[test]
    fn everything_that_lacks_is_told_once() {
        use Seat::{Employees, Employers, Observer, Other, President};
        let rules = JuryRules::default();
        let large = JuryRules { quorum_total: 4, ..rules.clone() };
        for (rules, seats, expected) in [
            (&rules, vec![President, Employers, Employees], vec![]),
            (&rules, vec![], vec![Lack::President, Lack::Employers(1), Lack::Employees(1)]),
            (&rules, vec![President, Employers, Observer], vec![Lack::Employees(1)]),
            (&rules, vec![Employers, Employees, Other], vec![Lack::President]),
            (&large, vec![President, Employers, Employees, Observer], vec![Lack::Total(1)]),
            (&large, vec![President, Employers, Employees, Other], vec![]),
        ] {
            let people: Vec<_> = seats.iter().map(|seat| here(*seat)).collect();
            assert_eq!(lacks(rules, &people), expected, "{seats:?}");
        }
    }

    #[test]
    fn whoever_is_at_a_distance_counts_when_the_rules_say_so() {
        let people =
            [here(Seat::President), here(Seat::Employers), Voter { seat: Seat::Employees, remote: true }];
        let rules = JuryRules::default();
        assert!(lacks(&rules, &people).is_empty());
        let rules = JuryRules { remote_in_quorum: false, ..rules };
        assert_eq!(lacks(&rules, &people), [Lack::Employees(1)]);
    }
}
