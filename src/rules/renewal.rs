//! What an habilitation asks for to be renewed (domain reference, 3.4): proposals that a setting may change.
use serde::{Deserialize, Serialize};

/// The best score that a mission may be given, from 1.
pub const BEST_SCORE: u16 = 5;

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
    /// Days within which the report of a mission is due.
    pub report_days: u16,
    /// Reports that must come in time, for a hundred due in a period.
    pub reports_in_time: u16,
    /// Mean of the scores given to the missions of a period, in tenths of a point on five.
    pub satisfaction_tenths: u16,
    /// Days that a person has to answer before their habilitation is taken away.
    pub answer_days: u16,
}

impl Default for RenewalRules {
    fn default() -> Self {
        Self {
            years: 3,
            missions_per_year: 2,
            meetings_per_year: 2,
            observations_per_period: 1,
            report_days: 15,
            reports_in_time: 80,
            satisfaction_tenths: 30,
            answer_days: 15,
        }
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
            ("report_days", self.report_days),
            ("answer_days", self.answer_days),
        ] {
            if number > 366 {
                faults.push((field, "Indiquez un nombre inférieur à 366"));
            }
        }
        if self.reports_in_time > 100 {
            faults.push(("reports_in_time", "Indiquez une part sur cent"));
        }
        if self.satisfaction_tenths > 10 * BEST_SCORE {
            faults.push(("satisfaction_tenths", "Indiquez une moyenne sur cinq, en dixièmes"));
        }
        faults
    }

    /// The mean of some scores, in tenths of a point, rounded to the nearest; none without a score.
    #[must_use]
    pub fn mean_tenths(scores: &[u16]) -> Option<usize> {
        let sum: usize = scores.iter().map(|score| usize::from(*score)).sum();
        (!scores.is_empty()).then(|| (10 * sum + scores.len() / 2) / scores.len())
    }

    /// How many of the reports due must have come in time.
    #[must_use]
    pub fn reports_wanted(&self, due: usize) -> usize {
        (due * usize::from(self.reports_in_time)).div_ceil(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_of_the_reports_wanted_is_rounded_up() {
        let rules = RenewalRules::default();
        for (due, wanted) in [(0, 0), (1, 1), (4, 4), (5, 4), (10, 8), (11, 9)] {
            assert_eq!(rules.reports_wanted(due), wanted, "{due}");
        }
    }

    #[test]
    fn the_mean_of_the_scores_is_told_in_tenths() {
        for (scores, mean) in [
            (vec![], None),
            (vec![4], Some(40)),
            (vec![4, 5], Some(45)),
            (vec![1, 1, 2], Some(13)),
            (vec![4, 4, 5, 5, 5, 4], Some(45)),
            (vec![5, 5, 4], Some(47)),
        ] {
            assert_eq!(RenewalRules::mean_tenths(&scores), mean, "{scores:?}");
        }
    }

    #[test]
    fn impossible_rules_are_named() {
        assert!(RenewalRules::default().faults().is_empty());
        let wrong = RenewalRules {
            years: 0,
            meetings_per_year: 999,
            satisfaction_tenths: 51,
            ..RenewalRules::default()
        };
        let fields: Vec<_> = wrong.faults().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["years", "meetings_per_year", "satisfaction_tenths"]);
    }
}
