//! The results of a programme over twelve months, as the public is told (domain reference, 4.2; Qualiopi, indicators 2 and
//! 3). A rate of success is related to those who were presented; what too few people answered is not told.

use time::Date;

use crate::rules::deadline::{add_days, add_months};

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Sessions that ended.
    pub sessions: u32,
    /// People who came.
    pub participants: u32,
    /// Those who went to the end.
    pub completed: u32,
    /// Those who gave up on the way.
    pub dropped_out: u32,
    /// People asked what they think.
    pub invited: u32,
    /// Answers.
    pub answered: u32,
    /// Answers that hold a general satisfaction.
    pub scored: u32,
    /// Sum of those satisfactions, each over 100.
    pub score: u64,
    /// People presented to the certification.
    pub presented: u32,
    /// Those who obtained the whole of it.
    pub passed: u32,
}

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Results {
    /// First day counted.
    pub from: Date,
    /// Last day counted.
    pub until: Date,
    /// What was counted.
    pub counted: Counted,
    /// Fewest answers that are shown.
    pub smallest: u32,
}

/// The twelve months that end on the eve of a day: first and last day.
#[must_use]
pub fn period(today: Date) -> (Date, Date) {
    (add_months(today, -12), add_days(today, -1))
}

/// A part of a whole, in hundredths; none when the whole is nothing.
fn hundredths(part: u32, whole: u32) -> Option<u32> {
    let (part, whole) = (u64::from(part), u64::from(whole));
    let rounded = (part * 100 + whole / 2).checked_div(whole)?;
    u32::try_from(rounded).ok()
}

impl Results {
    /// Whether something may be told.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.counted.participants == 0 && self.counted.presented == 0
    }

    /// Of those who came, who went to the end.
    #[must_use]
    pub fn completion(&self) -> Option<u32> {
        hundredths(self.counted.completed, self.counted.participants)
    }

    /// Of those who were asked, who answered.
    #[must_use]
    pub fn response(&self) -> Option<u32> {
        hundredths(self.counted.answered, self.counted.invited)
    }

    /// The mean satisfaction, over 100; none when too few answered.
    #[must_use]
    pub fn satisfaction(&self) -> Option<u32> {
        let Counted { scored, score, .. } = self.counted;
        if scored == 0 || scored < self.smallest {
            return None;
        }
        let scored = u64::from(scored);
        u32::try_from((score + scored / 2) / scored).ok()
    }

    /// Of those who were presented, who obtained the certification; none when too few were.
    #[must_use]
    pub fn success(&self) -> Option<u32> {
        if self.counted.presented < self.smallest {
            return None;
        }
        hundredths(self.counted.passed, self.counted.presented)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn results(counted: Counted) -> Results {
        Results { from: date!(2025 - 03 - 01), until: date!(2026 - 02 - 28), counted, smallest: 5 }
    }

    #[test]
    fn the_period_is_the_twelve_months_before() {
        assert_eq!(period(date!(2026 - 03 - 01)), (date!(2025 - 03 - 01), date!(2026 - 02 - 28)));
        assert_eq!(period(date!(2024 - 02 - 29)), (date!(2023 - 02 - 28), date!(2024 - 02 - 28)));
    }

    #[test]
    fn nothing_counted_tells_nothing() {
        let none = results(Counted::default());
        assert!(none.is_empty());
        assert_eq!((none.completion(), none.response()), (None, None));
        assert_eq!((none.satisfaction(), none.success()), (None, None));
    }

    #[test]
    fn rates_are_rounded_and_small_numbers_hidden() {
        let counted = Counted {
            sessions: 2,
            participants: 12,
            completed: 11,
            dropped_out: 1,
            invited: 12,
            answered: 6,
            scored: 6,
            score: 545,
            presented: 8,
            passed: 7,
        };
        let known = results(counted);
        assert_eq!((known.completion(), known.response()), (Some(92), Some(50)));
        assert_eq!((known.satisfaction(), known.success()), (Some(91), Some(88)));
        let few = results(Counted { scored: 4, score: 400, presented: 4, passed: 4, ..counted });
        assert_eq!((few.satisfaction(), few.success()), (None, None));
    }
}
