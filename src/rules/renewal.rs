//! What an habilitation asks for to be renewed (domain reference, 3.4): proposals that a setting may change.
use serde::{Deserialize, Serialize};

/// The conditions in force. A value that holds only what was changed is completed by the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RenewalRules {
    /// Years that a period lasts.
    pub years: u16,
    /// Missions a year: juries, controls or sessions.
    pub missions_per_year: u16,
    /// Quarterly meetings attended a year.
    pub meetings_per_year: u16,
    /// Observations of practice in a period.
    pub observations_per_period: u16,
}

impl Default for RenewalRules {
    fn default() -> Self {
        Self { years: 3, missions_per_year: 2, meetings_per_year: 2, observations_per_period: 1 }
    }
}

impl RenewalRules {
    /// The fields that cannot be, each with its sentence.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let mut faults = Vec::new();
        if !(1..=10).contains(&self.years) {
            faults.push(("years", "Une habilitation dure de un à dix ans"));
        }
        for (field, number) in [
            ("missions_per_year", self.missions_per_year),
            ("meetings_per_year", self.meetings_per_year),
            ("observations_per_period", self.observations_per_period),
        ] {
            if number > 366 {
                faults.push((field, "Indiquez un nombre inférieur à 366"));
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_rules_are_named() {
        assert!(RenewalRules::default().faults().is_empty());
        let wrong = RenewalRules { years: 0, meetings_per_year: 999, ..RenewalRules::default() };
        let fields: Vec<_> = wrong.faults().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["years", "meetings_per_year"]);
    }
}
