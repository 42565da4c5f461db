//! What a cancellation costs, by whom and how long before (domain reference, 4.9).
use serde::{Deserialize, Serialize};
use time::Date;

use crate::rules::deadline::{add_days, days_left};

/// The rules in force. A value that holds only what was changed is completed by the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CancellationRules {
    /// From this many days before, a client cancels for nothing.
    pub free_days: u16,
    /// From this many days before, for a part of the price.
    pub reduced_days: u16,
    /// That part, in hundredths.
    pub reduced_percent: u8,
    /// The part due later, or by somebody who does not come, in hundredths.
    pub late_percent: u8,
    /// Days before the beginning until which a participant is replaced for nothing.
    pub replacement_days: u16,
    /// Days before the beginning until which the certifier cancels, but for force majeure.
    pub provider_days: u16,
}

impl Default for CancellationRules {
    fn default() -> Self {
        Self {
            free_days: 15,
            reduced_days: 8,
            reduced_percent: 50,
            late_percent: 100,
            replacement_days: 1,
            provider_days: 7,
        }
    }
}

impl CancellationRules {
    /// The fields that cannot be, each with its sentence.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let checks = [
            (self.free_days <= 120, ("free_days", "Indiquez un nombre de jours entre 0 et 120")),
            (
                self.reduced_days <= self.free_days,
                ("reduced_days", "Ce délai est plus court que celui de l’annulation gratuite"),
            ),
            (
                self.reduced_percent <= self.late_percent,
                ("reduced_percent", "Cette part ne dépasse pas celle d’une annulation tardive"),
            ),
            (self.late_percent <= 100, ("late_percent", "Indiquez un pourcentage entre 0 et 100")),
            (self.replacement_days <= 30, ("replacement_days", "Indiquez un nombre de jours entre 0 et 30")),
            (self.provider_days <= 60, ("provider_days", "Indiquez un nombre de jours entre 0 et 60")),
        ];
        checks.into_iter().filter(|(sound, _)| !sound).map(|(_, fault)| fault).collect()
    }
}

/// What a client who cancels owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fee {
    /// Part of the price, in hundredths.
    pub percent: u8,
    /// In cents. A forfeit: no training, outside the exemption of VAT and outside the funds of training.
    pub cents: i64,
}

/// What a client owes who cancels on a day a session that begins on another.
#[must_use]
pub fn client_fee(price_cents: i64, on: Date, starts_on: Date, rules: &CancellationRules) -> Fee {
    let left = days_left(starts_on, on);
    let percent = if left >= i64::from(rules.free_days) {
        0
    } else if left >= i64::from(rules.reduced_days) {
        rules.reduced_percent
    } else {
        rules.late_percent
    };
    fee(price_cents, percent)
}

/// What is owed for somebody who did not come.
#[must_use]
pub fn absence_fee(price_cents: i64, rules: &CancellationRules) -> Fee {
    fee(price_cents, rules.late_percent)
}

fn fee(price_cents: i64, percent: u8) -> Fee {
    Fee { percent, cents: (price_cents * i64::from(percent) + 50) / 100 }
}

/// Last day on which a participant is replaced.
#[must_use]
pub fn replacement_until(starts_on: Date, rules: &CancellationRules) -> Date {
    add_days(starts_on, -i32::from(rules.replacement_days))
}

/// Whether the certifier may still cancel or move a session.
#[must_use]
pub fn provider_may_cancel(
    on: Date,
    starts_on: Date,
    force_majeure: bool,
    rules: &CancellationRules,
) -> bool {
    force_majeure || days_left(starts_on, on) >= i64::from(rules.provider_days)
}

/// What is due of a price when only a part was delivered, in cents.
#[must_use]
pub fn pro_rata(price_cents: i64, done_minutes: u32, planned_minutes: u32) -> i64 {
    if planned_minutes == 0 {
        return 0;
    }
    let (done, planned) = (i64::from(done_minutes.min(planned_minutes)), i64::from(planned_minutes));
    (price_cents * done * 2 + planned) / (planned * 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn the_later_the_dearer() {
        let (rules, starts) = (CancellationRules::default(), date!(2026 - 03 - 31));
        for (left, percent, cents) in [
            (60, 0, 0),
            (15, 0, 0),
            (14, 50, 10_501),
            (8, 50, 10_501),
            (7, 100, 21_001),
            (0, 100, 21_001),
            (-1, 100, 21_001),
        ] {
            let on = add_days(starts, -left);
            assert_eq!(client_fee(21_001, on, starts, &rules), Fee { percent, cents }, "{left}");
        }
        assert_eq!(absence_fee(21_001, &rules).cents, 21_001);
    }

    #[test]
    fn the_eve_is_the_last_day_to_replace_somebody() {
        let rules = CancellationRules::default();
        assert_eq!(replacement_until(date!(2026 - 03 - 01), &rules), date!(2026 - 02 - 28));
    }

    #[test]
    fn the_certifier_gives_a_week_but_for_force_majeure() {
        let (rules, starts) = (CancellationRules::default(), date!(2026 - 03 - 31));
        for (left, force, may) in [(7, false, true), (6, false, false), (0, true, true)] {
            assert_eq!(provider_may_cancel(add_days(starts, -left), starts, force, &rules), may, "{left}");
        }
    }

    #[test]
    fn only_what_was_delivered_is_due() {
        for (done, planned, cents) in
            [(0, 420, 0), (210, 420, 10_501), (420, 420, 21_001), (500, 420, 21_001), (10, 0, 0)]
        {
            assert_eq!(pro_rata(21_001, done, planned), cents, "{done}/{planned}");
        }
    }

    #[test]
    fn rules_that_contradict_one_another_are_told() {
        assert!(CancellationRules::default().faults().is_empty());
        let wrong = CancellationRules {
            reduced_days: 20,
            reduced_percent: 120,
            late_percent: 110,
            ..Default::default()
        };
        let fields: Vec<_> = wrong.faults().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["reduced_days", "reduced_percent", "late_percent"]);
    }
}
