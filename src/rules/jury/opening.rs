//! From when a jury may be opened.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

/// What the certifier may change of the opening of juries. A value that holds only what was changed is completed by the
/// defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OpeningRules {
    /// How many hours before its start a jury may be opened at the earliest, on its day.
    pub opens_before_hours: u16,
}

impl Default for OpeningRules {
    fn default() -> Self {
        Self { opens_before_hours: 2 }
    }
}

impl OpeningRules {
    /// The fields that cannot be, each with its sentence.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        if self.opens_before_hours <= 24 {
            return Vec::new();
        }
        vec![("opens_before_hours", "Indiquez un nombre d’heures entre 0 et 24")]
    }

    /// From when a jury may be opened: some hours before its start, and never before the first instant of its day.
    #[must_use]
    pub fn opens_at(&self, starts_at: OffsetDateTime, day_begins: OffsetDateTime) -> OffsetDateTime {
        (starts_at - Duration::hours(self.opens_before_hours.into())).max(day_begins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_jury_opens_some_hours_before_and_on_its_day() {
        let midnight = datetime!(2026-03-10 23:00 UTC);
        for (hours, starts_at, expected) in [
            (2, datetime!(2026-03-11 08:00 UTC), datetime!(2026-03-11 06:00 UTC)),
            (0, datetime!(2026-03-11 08:00 UTC), datetime!(2026-03-11 08:00 UTC)),
            (2, datetime!(2026-03-11 00:00 UTC), midnight),
            (24, datetime!(2026-03-11 08:00 UTC), midnight),
        ] {
            let rules = OpeningRules { opens_before_hours: hours };
            assert_eq!(rules.opens_at(starts_at, midnight), expected, "{hours} before {starts_at}");
        }
    }

    #[test]
    fn a_day_has_no_more_hours() {
        for (hours, wrong) in [(0, false), (24, false), (25, true)] {
            assert_eq!(!OpeningRules { opens_before_hours: hours }.faults().is_empty(), wrong, "{hours}");
        }
    }
}
