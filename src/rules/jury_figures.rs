//! The figures of juries: how a passage counts, and which numbers are too small to be shown.
//!
//! Whoever came is present; an excused absence and a departure for a job are counted apart, and lower no rate: nobody
//! failed. A passage that an appeal annulled is not counted: that in front of the new jury is. A success whose certificate was
//! revoked is none. A rate is a part of two numbers that are shown.
//!
//! A number of people from one to the smallest cell excluded is hidden, with what would give it back. Numbers are hidden
//! by [`Block`], each of which splits a number that stays shown; in the lines where a block is hidden, its columns add up
//! to something that is not small, and there are two such lines at least: no sum, of a line or of a column, gives one
//! back. Where that cannot be, the line of the whole is hidden too. A zero is shown: it is about nobody.

use entity::candidate::JuryDecision;
use entity::jury_passage::Presence;
use serde::{Deserialize, Serialize};

/// What the certifier may change of the figures. A value that holds only what was changed is completed by the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FigureRules {
    /// The smallest number of people that is shown; one shows everything.
    pub smallest_cell: u16,
}

impl Default for FigureRules {
    fn default() -> Self {
        Self { smallest_cell: 5 }
    }
}

impl FigureRules {
    /// The fields that cannot be, each with its sentence.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        if (1..=50).contains(&self.smallest_cell) {
            return Vec::new();
        }
        vec![("smallest_cell", "Indiquez un nombre de personnes entre 1 et 50")]
    }
}

/// What one passage is in the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// The whole certification.
    Total,
    /// Some of its parts.
    Partial,
    /// Nothing, fraud included, and what was told before its certificate was revoked.
    Refused,
    /// Present, and the jury could not decide.
    Adjourned,
    /// Expected, and did not come.
    Absent,
    /// Did not come and had a reason: consumes nothing.
    Excused,
    /// Left for a job before the jury: a success of the path, not a failure.
    LeftForWork,
}

/// What happened beside a passage and changes how it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Apart {
    /// The candidate left for a job.
    LeftForWork,
    /// What was delivered for it was revoked, and nothing took its place: it gives nothing any more (1.10).
    Revoked,
    /// An appeal annulled it: it counts for none, the new jury is the one that counts (1.11).
    Annulled,
}

impl Apart {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::LeftForWork, Self::Revoked, Self::Annulled];
}

/// What a passage is in the figures, by the presence, the decision, and what happened beside; none when it does not count.
#[must_use]
pub const fn outcome(
    presence: Presence,
    decision: Option<JuryDecision>,
    apart: Option<Apart>,
) -> Option<Outcome> {
    if matches!(apart, Some(Apart::Annulled)) {
        return None;
    }
    Some(match (presence, decision, apart) {
        (Presence::Present, Some(JuryDecision::Total | JuryDecision::Partial), Some(Apart::Revoked))
        | (Presence::Present, Some(JuryDecision::Refused | JuryDecision::Fraud), _) => Outcome::Refused,
        (Presence::Present, Some(JuryDecision::Total), _) => Outcome::Total,
        (Presence::Present, Some(JuryDecision::Partial), _) => Outcome::Partial,
        (Presence::Present, _, _) => Outcome::Adjourned,
        (_, _, Some(Apart::LeftForWork)) => Outcome::LeftForWork,
        (Presence::AbsentExcused, _, _) => Outcome::Excused,
        (Presence::Absent | Presence::Expected, _, _) => Outcome::Absent,
    })
}

/// How many people, by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Whole certifications.
    pub total: u32,
    /// Parts of one.
    pub partial: u32,
    /// Refusals.
    pub refused: u32,
    /// Adjourned.
    pub adjourned: u32,
    /// Expected, did not come.
    pub absent: u32,
    /// Excused.
    pub excused: u32,
    /// Left for a job.
    pub left_for_work: u32,
}

impl Tally {
    /// Counts people of an outcome.
    pub const fn add(&mut self, outcome: Outcome, people: u32) {
        let cell = match outcome {
            Outcome::Total => &mut self.total,
            Outcome::Partial => &mut self.partial,
            Outcome::Refused => &mut self.refused,
            Outcome::Adjourned => &mut self.adjourned,
            Outcome::Absent => &mut self.absent,
            Outcome::Excused => &mut self.excused,
            Outcome::LeftForWork => &mut self.left_for_work,
        };
        *cell = cell.saturating_add(people);
    }

    /// The same with those of another.
    #[must_use]
    pub const fn with(mut self, other: &Self) -> Self {
        self.add(Outcome::Total, other.total);
        self.add(Outcome::Partial, other.partial);
        self.add(Outcome::Refused, other.refused);
        self.add(Outcome::Adjourned, other.adjourned);
        self.add(Outcome::Absent, other.absent);
        self.add(Outcome::Excused, other.excused);
        self.add(Outcome::LeftForWork, other.left_for_work);
        self
    }

    /// Present without the whole certification.
    #[must_use]
    pub const fn others(&self) -> u32 {
        self.partial.saturating_add(self.refused).saturating_add(self.adjourned)
    }

    /// Present.
    #[must_use]
    pub const fn present(&self) -> u32 {
        self.total.saturating_add(self.others())
    }

    /// Expected: present, or absent without a reason.
    #[must_use]
    pub const fn expected(&self) -> u32 {
        self.present().saturating_add(self.absent)
    }
}

/// Numbers that are hidden together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    /// Those present, and everything about them.
    Present,
    /// Those expected and those absent, whose difference is present.
    Absence,
    /// Whole certifications and the others, which make those present.
    Success,
    /// Partial, refused and adjourned, which make the others.
    Detail,
    /// Excused.
    Excused,
    /// Left for a job.
    Left,
}

impl Block {
    /// Every block; one that hides others comes before them.
    const ALL: [Self; 6] =
        [Self::Present, Self::Absence, Self::Success, Self::Detail, Self::Excused, Self::Left];

    const fn bit(self) -> u8 {
        1 << self as u8
    }

    /// The bits of a block and of those that are hidden with it.
    const fn hides(self) -> u8 {
        match self {
            Self::Present => {
                Self::Present.bit() | Self::Absence.bit() | Self::Success.bit() | Self::Detail.bit()
            }
            Self::Success => Self::Success.bit() | Self::Detail.bit(),
            Self::Absence | Self::Detail | Self::Excused | Self::Left => self.bit(),
        }
    }

    /// The numbers that are small or not.
    fn cells(self, tally: &Tally) -> Vec<u32> {
        match self {
            Self::Present => vec![tally.present()],
            Self::Absence => vec![tally.absent],
            Self::Success => vec![tally.total, tally.others()],
            Self::Detail => vec![tally.partial, tally.refused, tally.adjourned],
            Self::Excused => vec![tally.excused],
            Self::Left => vec![tally.left_for_work],
        }
    }
}

/// What may be shown of a line; none = hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Expected.
    pub expected: Option<u32>,
    /// Present.
    pub present: Option<u32>,
    /// Absent without a reason.
    pub absent: Option<u32>,
    /// Whole certifications.
    pub total: Option<u32>,
    /// Parts of one.
    pub partial: Option<u32>,
    /// Refusals.
    pub refused: Option<u32>,
    /// Adjourned.
    pub adjourned: Option<u32>,
    /// Excused.
    pub excused: Option<u32>,
    /// Left for a job.
    pub left_for_work: Option<u32>,
}

impl Shown {
    fn of(tally: &Tally, hidden: u8) -> Self {
        let open = |block: Block, number: u32| (hidden & block.bit() == 0).then_some(number);
        Self {
            expected: open(Block::Absence, tally.expected()),
            present: open(Block::Present, tally.present()),
            absent: open(Block::Absence, tally.absent),
            total: open(Block::Success, tally.total),
            partial: open(Block::Detail, tally.partial),
            refused: open(Block::Detail, tally.refused),
            adjourned: open(Block::Detail, tally.adjourned),
            excused: open(Block::Excused, tally.excused),
            left_for_work: open(Block::Left, tally.left_for_work),
        }
    }

    /// Those present among those expected: a part and its whole.
    #[must_use]
    pub fn presentation(&self) -> Option<(u32, u32)> {
        self.present.zip(self.expected).filter(|(_, whole)| *whole > 0)
    }

    /// Those who have the whole certification among those present: a part and its whole.
    #[must_use]
    pub fn success(&self) -> Option<(u32, u32)> {
        self.total.zip(self.present).filter(|(_, whole)| *whole > 0)
    }

    /// Those who have the whole certification or parts of it among those present: a part and its whole.
    #[must_use]
    pub fn any_success(&self) -> Option<(u32, u32)> {
        let gained = self.total.zip(self.partial).map(|(total, partial)| total.saturating_add(partial));
        gained.zip(self.present).filter(|(_, whole)| *whole > 0)
    }

    /// Whether a number is hidden.
    #[must_use]
    pub fn hides(&self) -> bool {
        let all = [self.expected, self.present, self.total, self.partial, self.excused, self.left_for_work];
        all.iter().any(Option::is_none)
    }
}

/// What may be shown of the lines of a table and of their sum.
#[must_use]
pub fn shown(lines: &[Tally], smallest: u16) -> (Vec<Shown>, Shown) {
    let smallest = u32::from(smallest);
    let small = |number: u32| number > 0 && number < smallest;
    let whole = lines.iter().fold(Tally::default(), Tally::with);
    let own = |tally: &Tally| {
        Block::ALL
            .into_iter()
            .filter(|block| block.cells(tally).into_iter().any(small))
            .fold(0, |hidden, block| hidden | block.hides())
    };
    let mut hidden: Vec<u8> = lines.iter().map(own).collect();
    let mut hidden_whole = own(&whole);
    for block in Block::ALL {
        if hidden_whole & block.bit() == 0 && !protect(block, lines, &mut hidden, small) {
            hidden_whole |= block.hides();
        }
    }
    let each = lines.iter().zip(&hidden).map(|(line, hidden)| Shown::of(line, *hidden)).collect();
    (each, Shown::of(&whole, hidden_whole))
}

/// Hides a block in more lines, the smallest first, until the sum of the column gives nothing back; false when there are
/// not enough lines for that.
fn protect(block: Block, lines: &[Tally], hidden: &mut [u8], small: impl Fn(u32) -> bool) -> bool {
    let is_hidden = |hidden: &[u8], rank: usize| hidden[rank] & block.bit() != 0;
    let size = |rank: usize| block.cells(&lines[rank]).into_iter().sum::<u32>();
    let mut sums = vec![0_u32; block.cells(&Tally::default()).len()];
    let mut count = 0_usize;
    let mut hide = |rank: usize| {
        // A line that is empty there may be known to be so: it hides nobody.
        count += usize::from(size(rank) > 0);
        for (sum, number) in sums.iter_mut().zip(block.cells(&lines[rank])) {
            *sum = sum.saturating_add(number);
        }
        (count, sums.iter().copied().any(&small))
    };
    let mut so_far = (0, false);
    for rank in (0..lines.len()).filter(|rank| is_hidden(hidden, *rank)) {
        so_far = hide(rank);
    }
    if so_far.0 == 0 {
        return true;
    }
    let mut others: Vec<usize> =
        (0..lines.len()).filter(|rank| !is_hidden(hidden, *rank) && size(*rank) > 0).collect();
    others.sort_by_key(|rank| (size(*rank), *rank));
    let mut others = others.into_iter();
    while so_far.0 < 2 || so_far.1 {
        let Some(rank) = others.next() else { return false };
        hidden[rank] |= block.hides();
        so_far = hide(rank);
    }
    true
}

/// The middle of a list of delays in days: half take as long at most. None without any.
#[must_use]
pub fn median(mut days: Vec<i64>) -> Option<i64> {
    days.sort_unstable();
    let middle = days.len().checked_sub(1)? / 2;
    days.get(middle).copied()
}

#[cfg(test)]
mod tests;
