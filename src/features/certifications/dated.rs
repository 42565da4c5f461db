//! What is true on a day: open versions, register entry, body in charge. Pure reads over rows, by the rule of dated rights.

use entity::{certification_version, legal_certifier, registration};
use time::Date;

use crate::rules::deadline::add_days;
use crate::rules::right::{DatedRight, Span, valid_on};

/// Something that starts on a day and may end on another, both inside.
pub trait Dated {
    /// First day.
    fn starts_on(&self) -> Date;
    /// Last day, when it is known.
    fn ends_on(&self) -> Option<Date>;

    /// Its days.
    fn span(&self) -> Span {
        Span { from: self.starts_on(), until: self.ends_on() }
    }

    /// Whether it holds on that day.
    fn holds_on(&self, day: Date) -> bool {
        valid_on(&DatedRight::from(self.span()), day)
    }
}

impl Dated for certification_version::Model {
    fn starts_on(&self) -> Date {
        self.valid_from
    }
    fn ends_on(&self) -> Option<Date> {
        self.valid_until
    }
}

impl Dated for registration::Model {
    fn starts_on(&self) -> Date {
        self.starts_on
    }
    fn ends_on(&self) -> Option<Date> {
        self.ends_on
    }
}

impl Dated for legal_certifier::Model {
    fn starts_on(&self) -> Date {
        self.starts_on
    }
    fn ends_on(&self) -> Option<Date> {
        self.ends_on
    }
}

impl Dated for (Date, Option<Date>) {
    fn starts_on(&self) -> Date {
        self.0
    }
    fn ends_on(&self) -> Option<Date> {
        self.1
    }
}

/// Those that hold on that day; of versions, those on which someone may be enrolled.
#[must_use]
pub fn holding<T: Dated>(things: &[T], day: Date) -> Vec<&T> {
    things.iter().filter(|thing| thing.holds_on(day)).collect()
}

/// The one that holds on that day, the latest begun if several do.
#[must_use]
pub fn current<T: Dated>(things: &[T], day: Date) -> Option<&T> {
    holding(things, day).into_iter().max_by_key(|thing| thing.starts_on())
}

/// What a new dated thing does to those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Succession {
    /// It takes a free place.
    Free,
    /// It follows one that had no end, which ends the day before.
    Ends {
        /// Position of the one before.
        position: usize,
        /// Its last day.
        on: Date,
    },
    /// It overlaps one that has its dates.
    Overlaps {
        /// Position of the other.
        position: usize,
    },
}

/// Where a new dated thing fits among others of its kind, which never overlap.
#[must_use]
pub fn succeed<T: Dated>(known: &[T], new: &impl Dated) -> Succession {
    let meets = |position: &usize| known[*position].span().overlaps(new.span());
    let met: Vec<usize> = (0..known.len()).filter(meets).collect();
    match met.as_slice() {
        [] => Succession::Free,
        [position]
            if known[*position].ends_on().is_none() && known[*position].starts_on() < new.starts_on() =>
        {
            Succession::Ends { position: *position, on: add_days(new.starts_on(), -1) }
        }
        [position, ..] => Succession::Overlaps { position: *position },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    type Days = (Date, Option<Date>);

    const OLD: Days = (date!(2013 - 02 - 14), Some(date!(2025 - 06 - 30)));
    const NEW: Days = (date!(2025 - 07 - 01), None);

    #[test]
    fn one_holds_from_its_first_day_to_its_last() {
        for (day, expected) in [
            (date!(2013 - 02 - 13), None),
            (date!(2013 - 02 - 14), Some(OLD)),
            (date!(2025 - 06 - 30), Some(OLD)),
            (date!(2025 - 07 - 01), Some(NEW)),
            (date!(2099 - 01 - 01), Some(NEW)),
        ] {
            assert_eq!(current(&[OLD, NEW], day).copied(), expected, "{day}");
        }
        let overlapping = [(date!(2020 - 01 - 01), None), (date!(2021 - 01 - 01), None)];
        assert_eq!(holding(&overlapping, date!(2022 - 01 - 01)).len(), 2);
        assert_eq!(current(&overlapping, date!(2022 - 01 - 01)), Some(&overlapping[1]));
    }

    #[test]
    fn a_newcomer_ends_the_open_one_and_never_overlaps_the_others() {
        let from = |day| (day, None);
        for (known, new, expected) in [
            (vec![], NEW, Succession::Free),
            (vec![OLD], NEW, Succession::Free),
            (vec![OLD], from(date!(2025 - 06 - 30)), Succession::Overlaps { position: 0 }),
            (
                vec![OLD, NEW],
                from(date!(2026 - 01 - 01)),
                Succession::Ends { position: 1, on: date!(2025 - 12 - 31) },
            ),
            (vec![OLD, NEW], from(date!(2025 - 07 - 01)), Succession::Overlaps { position: 1 }),
            (vec![NEW], (date!(2013 - 01 - 01), Some(date!(2025 - 06 - 30))), Succession::Free),
            (vec![NEW], from(date!(2013 - 01 - 01)), Succession::Overlaps { position: 0 }),
        ] {
            assert_eq!(succeed(&known, &new), expected, "{known:?} {new:?}");
        }
    }
}
