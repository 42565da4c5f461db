//! Numbers of invoices: one series a kind and a year, chronological and without a hole (domain reference, 4.6).
//!
//! The number itself is taken by `db::next_number` with [`series`], in the transaction that issues.
use std::collections::BTreeMap;

use entity::invoice::InvoiceKind;
use time::Date;

/// What the numbers of a kind begin with.
#[must_use]
pub const fn series(kind: InvoiceKind) -> &'static str {
    match kind {
        InvoiceKind::Invoice => "FAC",
        InvoiceKind::CreditNote => "AVO",
    }
}

/// A number as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number {
    /// Whether it is that of a credit note.
    pub credit_note: bool,
    /// Its year.
    pub year: i32,
    /// Its place in the year, from 1.
    pub place: u32,
}

/// Reads `FAC-2026-0001`.
#[must_use]
pub fn parse(text: &str) -> Option<Number> {
    let mut parts = text.split('-');
    let (kind, year, place) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |text: &str, least: usize| text.len() >= least && text.bytes().all(|c| c.is_ascii_digit());
    if parts.next().is_some() || !digits(year, 4) || year.len() > 4 || !digits(place, 4) {
        return None;
    }
    let credit_note = match kind {
        "FAC" => false,
        "AVO" => true,
        _ => return None,
    };
    let place = place.parse().ok().filter(|place| *place > 0)?;
    Some(Number { credit_note, year: year.parse().ok()?, place })
}

/// Whether an invoice may bear a date: not before the last one of its series, not of another year, not to come.
#[must_use]
pub fn may_bear(on: Date, last: Option<Date>, today: Date) -> bool {
    on <= today && on.year() == today.year() && last.is_none_or(|last| last <= on)
}

/// The numbers that lack in what was issued: none, ever; a control reads it.
#[must_use]
pub fn holes(numbers: &[Number]) -> Vec<Number> {
    let mut found: BTreeMap<(bool, i32), Vec<u32>> = BTreeMap::new();
    for number in numbers {
        found.entry((number.credit_note, number.year)).or_default().push(number.place);
    }
    let mut holes = Vec::new();
    for ((credit_note, year), mut places) in found {
        places.sort_unstable();
        let mut next = 1;
        for place in places {
            holes.extend((next..place).map(|place| Number { credit_note, year, place }));
            next = place + 1;
        }
    }
    holes
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const fn number(credit_note: bool, year: i32, place: u32) -> Number {
        Number { credit_note, year, place }
    }

    #[test]
    fn numbers_are_read_back() {
        for (text, expected) in [
            ("FAC-2026-0001", Some(number(false, 2026, 1))),
            ("AVO-2026-12345", Some(number(true, 2026, 12_345))),
            ("FAC-2026-0000", None),
            ("FAC-2026-1", None),
            ("FAC-26-0001", None),
            ("DEV-2026-0001", None),
            ("FAC-2026-0001-2", None),
            ("", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
        assert_eq!(series(InvoiceKind::Invoice), "FAC");
        assert_eq!(series(InvoiceKind::CreditNote), "AVO");
    }

    #[test]
    fn dates_follow_numbers() {
        let today = date!(2026 - 03 - 10);
        for (on, last, may) in [
            (today, None, true),
            (today, Some(today), true),
            (date!(2026 - 03 - 09), Some(today), false),
            (date!(2026 - 03 - 11), None, false),
            (date!(2025 - 12 - 31), None, false),
        ] {
            assert_eq!(may_bear(on, last, today), may, "{on}");
        }
    }

    #[test]
    fn holes_are_found() {
        let issued =
            [number(false, 2026, 4), number(false, 2026, 1), number(true, 2026, 1), number(false, 2025, 2)];
        let lacking = [number(false, 2025, 1), number(false, 2026, 2), number(false, 2026, 3)];
        assert_eq!(holes(&issued), lacking);
        assert!(holes(&[]).is_empty());
    }
}
