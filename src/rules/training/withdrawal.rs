//! The days during which an individual may withdraw from a contract, when nothing may be paid (labour code, L. 6353-5 and
//! L. 6353-6; consumer code for a contract concluded at a distance).
use serde::{Deserialize, Serialize};
use time::Date;

use crate::rules::calendar::Calendar;
use crate::rules::deadline::add_days;

/// What the certifier may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WithdrawalRules {
    /// Days from the signature.
    pub days: u16,
    /// Days from a signature at a distance or off premises.
    pub remote_days: u16,
    /// Part of the price that may be asked for at the end of those days, in hundredths.
    pub first_payment_percent: u8,
}

impl Default for WithdrawalRules {
    fn default() -> Self {
        Self { days: 10, remote_days: 14, first_payment_percent: 30 }
    }
}

impl WithdrawalRules {
    /// The fields that cannot be, each with its sentence: the law sets a floor to days and a ceiling to the payment.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let checks = [
            ((10..=60).contains(&self.days), ("days", "Indiquez un nombre de jours entre 10 et 60")),
            (
                (14..=60).contains(&self.remote_days),
                ("remote_days", "Indiquez un nombre de jours entre 14 et 60"),
            ),
            (
                self.first_payment_percent <= 30,
                ("first_payment_percent", "Indiquez un pourcentage entre 0 et 30"),
            ),
        ];
        checks.into_iter().filter(|(sound, _)| !sound).map(|(_, fault)| fault).collect()
    }
}

/// The last day on which the person may withdraw: the day of the signature does not count, and a last day on which nobody
/// works gives way to the next working day.
#[must_use]
pub fn until(signed_on: Date, remote: bool, calendar: Calendar, rules: &WithdrawalRules) -> Date {
    let days = if remote { rules.remote_days } else { rules.days };
    calendar.next_working_day(add_days(signed_on, days.into()))
}

/// The first day on which something may be paid.
#[must_use]
pub fn first_payment_on(until: Date) -> Date {
    add_days(until, 1)
}

/// Whether something may be paid on a day; anything, anytime when there is no withdrawal (a convention with an employer).
#[must_use]
pub fn may_pay(on: Date, until: Option<Date>) -> bool {
    until.is_none_or(|until| on > until)
}

/// The most that may be asked for before the training begins, in cents.
#[must_use]
pub fn first_payment(price_cents: i64, rules: &WithdrawalRules) -> i64 {
    price_cents * i64::from(rules.first_payment_percent) / 100
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn ten_days_or_fourteen_at_a_distance_from_the_day_after() {
        let rules = WithdrawalRules::default();
        let cases = [
            // Monday 2 March 2026: Thursday 12; Monday 16
            (date!(2026 - 03 - 02), false, date!(2026 - 03 - 12)),
            (date!(2026 - 03 - 02), true, date!(2026 - 03 - 16)),
            // the tenth day is a Saturday
            (date!(2026 - 03 - 04), false, date!(2026 - 03 - 16)),
            // the tenth day is the first of May, a Friday
            (date!(2026 - 04 - 21), false, date!(2026 - 05 - 04)),
        ];
        for (signed, remote, expected) in cases {
            assert_eq!(until(signed, remote, Calendar::Metropolitan, &rules), expected, "{signed} {remote}");
        }
    }

    #[test]
    fn nothing_is_paid_before_the_end() {
        let last = date!(2026 - 03 - 12);
        for (on, allowed) in [(date!(2026 - 03 - 02), false), (last, false), (date!(2026 - 03 - 13), true)] {
            assert_eq!(may_pay(on, Some(last)), allowed, "{on}");
            assert!(may_pay(on, None));
        }
        assert_eq!(first_payment_on(last), date!(2026 - 03 - 13));
        assert_eq!(first_payment(21_001, &WithdrawalRules::default()), 6_300);
    }

    #[test]
    fn the_law_is_not_settable() {
        assert!(WithdrawalRules::default().faults().is_empty());
        let wrong = WithdrawalRules { days: 9, remote_days: 13, first_payment_percent: 31 };
        assert_eq!(wrong.faults().len(), 3);
    }
}
