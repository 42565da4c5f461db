//! Quiet signals: what the figures of a structure say that somebody might want to look at.
//!
//! A signal is a count with its denominator, compared with that of the whole network. It is never a score: there is no sum, no
//! rank, and what is shown is the two numbers. Below the smallest number nothing is said, in any direction, neither of the structure
//! nor of a network that is too small to compare with. Signals give the stratum of a draw and a sentence beside a proposal; nobody is
//! sanctioned for one (see [`super::sanction`], which does not know them).

use serde::{Deserialize, Serialize};

/// What the certifier may change of signals. A value that holds only what was changed is completed by the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignalRules {
    /// The smallest denominator of which something is said.
    pub smallest: u16,
    /// Months looked at, up to today.
    pub months: u16,
    /// Points between the pass rate of a structure and that of the network, either way.
    pub pass_points: u16,
    /// Points above the network for absences.
    pub absence_points: u16,
    /// Points above the network for results that arrive late.
    pub late_points: u16,
    /// Points above the network for complaints, of which there is one for some candidates.
    pub complaint_points: u16,
    /// Points above the network for pieces that are rejected.
    pub piece_points: u16,
}

impl Default for SignalRules {
    fn default() -> Self {
        Self {
            smallest: 10,
            months: 24,
            pass_points: 20,
            absence_points: 15,
            late_points: 20,
            complaint_points: 5,
            piece_points: 20,
        }
    }
}

impl SignalRules {
    /// The fields that cannot be, each with its sentence.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let points = [
            ("pass_points", self.pass_points),
            ("absence_points", self.absence_points),
            ("late_points", self.late_points),
            ("complaint_points", self.complaint_points),
            ("piece_points", self.piece_points),
        ];
        let points = points.into_iter().filter(|(_, value)| !(1..=100).contains(value));
        let mut faults: Vec<_> =
            points.map(|(field, _)| (field, "Indiquez un nombre de points entre 1 et 100")).collect();
        if !(5..=200).contains(&self.smallest) {
            faults.push(("smallest", "Indiquez un effectif entre 5 et 200"));
        }
        if !(6..=60).contains(&self.months) {
            faults.push(("months", "Indiquez un nombre de mois entre 6 et 60"));
        }
        faults
    }
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// Candidates who obtained the whole certification, of those who were present.
    Pass,
    /// Candidates who were absent without a reason, of those who were called.
    Absence,
    /// Juries whose results came late, of those that were held.
    Late,
    /// Complaints, for the candidates who were enrolled.
    Complaint,
    /// Pieces that were rejected, of those that were examined.
    Piece,
}

impl SignalKind {
    /// Every kind, in the order shown.
    pub const ALL: [Self; 5] = [Self::Pass, Self::Absence, Self::Late, Self::Complaint, Self::Piece];

    /// The stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Absence => "absence",
            Self::Late => "late",
            Self::Complaint => "complaint",
            Self::Piece => "piece",
        }
    }

    const fn points(self, rules: &SignalRules) -> u16 {
        match self {
            Self::Pass => rules.pass_points,
            Self::Absence => rules.absence_points,
            Self::Late => rules.late_points,
            Self::Complaint => rules.complaint_points,
            Self::Piece => rules.piece_points,
        }
    }

    /// Whether less than the network says something too.
    const fn both_ways(self) -> bool {
        matches!(self, Self::Pass)
    }
}

/// A part of a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// How many.
    pub part: u32,
    /// Of how many.
    pub whole: u32,
}

impl Part {
    /// In hundredths of a point, rounded down; none of nothing.
    #[must_use]
    pub fn rate(self) -> Option<u64> {
        (u64::from(self.part) * 10_000).checked_div(u64::from(self.whole))
    }
}

/// One signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal {
    /// What it is about.
    pub kind: SignalKind,
    /// Of the structure.
    pub own: Part,
    /// Of the network.
    pub network: Part,
    /// Whether it is above the network; else it is below.
    pub above: bool,
}

/// What the figures of a structure say; nothing for what is like the network or too small.
#[must_use]
pub fn signals(rules: &SignalRules, figures: &[(SignalKind, Part, Part)]) -> Vec<Signal> {
    figures.iter().filter_map(|(kind, own, network)| signal(rules, *kind, *own, *network)).collect()
}

fn signal(rules: &SignalRules, kind: SignalKind, own: Part, network: Part) -> Option<Signal> {
    let smallest = u32::from(rules.smallest);
    if own.whole < smallest || network.whole < smallest {
        return None;
    }
    let (mine, theirs) = (own.rate()?, network.rate()?);
    let points = u64::from(kind.points(rules)) * 100;
    let above = mine >= theirs + points;
    let below = kind.both_ways() && mine + points <= theirs;
    (above || below).then_some(Signal { kind, own, network, above })
}

/// How closely a structure is looked at: the stratum that its signals give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Watch {
    /// No signal, or numbers too small to say anything.
    None,
    /// One signal.
    One,
    /// Several signals.
    Several,
}

impl Watch {
    /// The stratum of what was found.
    #[must_use]
    pub const fn of(signals: &[Signal]) -> Self {
        match signals.len() {
            0 => Self::None,
            1 => Self::One,
            _ => Self::Several,
        }
    }

    /// The stable word, which names the stratum.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "signals-none",
            Self::One => "signals-one",
            Self::Several => "signals-several",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NETWORK: Part = Part { part: 700, whole: 1000 };

    const fn part(part: u32, whole: u32) -> Part {
        Part { part, whole }
    }

    #[test]
    fn a_signal_is_far_from_the_network_and_large_enough() {
        use SignalKind::{Absence, Pass};
        let rules = SignalRules::default();
        let few = part(50, 1000);
        for (kind, own, network, expected) in [
            (Pass, part(7, 10), NETWORK, None),
            (Pass, part(5, 10), NETWORK, Some(false)),
            (Pass, part(51, 100), NETWORK, None),
            (Pass, part(9, 10), NETWORK, Some(true)),
            (Pass, part(0, 9), NETWORK, None),
            (Pass, part(0, 10), part(7, 9), None),
            (Pass, part(0, 0), NETWORK, None),
            (Absence, part(2, 10), few, Some(true)),
            (Absence, part(19, 100), few, None),
            (Absence, part(0, 100), part(500, 1000), None),
        ] {
            let found = signals(&rules, &[(kind, own, network)]);
            assert_eq!(found.first().map(|one| one.above), expected, "{kind:?} {own:?}");
        }
    }

    #[test]
    fn signals_give_a_stratum_and_no_score() {
        let rules = SignalRules::default();
        let (low, absent) = (part(0, 20), part(20, 20));
        let pass = (SignalKind::Pass, low, NETWORK);
        let absence = (SignalKind::Absence, absent, part(50, 1000));
        for (figures, expected) in
            [(vec![], Watch::None), (vec![pass], Watch::One), (vec![pass, absence], Watch::Several)]
        {
            assert_eq!(Watch::of(&signals(&rules, &figures)), expected);
        }
    }

    #[test]
    fn rules_that_cannot_be_are_told() {
        assert!(SignalRules::default().faults().is_empty());
        let wrong = SignalRules { smallest: 4, months: 61, late_points: 0, ..SignalRules::default() };
        let fields: Vec<_> = wrong.faults().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["late_points", "smallest", "months"]);
    }

    proptest! {
        #[test]
        fn nothing_is_said_of_small_numbers(whole in 0u32..10, part_of in 0u32..10, other in 0u32..2000) {
            let network = part(other.min(1000), 1000);
            for kind in SignalKind::ALL {
                let own = part(part_of.min(whole), whole);
                prop_assert!(signals(&SignalRules::default(), &[(kind, own, network)]).is_empty());
                let turned = signals(&SignalRules::default(), &[(kind, network, own)]);
                prop_assert!(turned.is_empty());
            }
        }
    }
}
