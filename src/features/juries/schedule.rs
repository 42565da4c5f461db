//! How long a session lasts, how many candidates it takes and at which hour each is heard. Pure.

use time::{Duration, OffsetDateTime};

use crate::rules::referential::JuryRules;

/// The length of a session of as many candidates: each one's time, and as much again to deliberate.
#[must_use]
pub fn length(rules: &JuryRules, candidates: usize) -> Duration {
    let turns = i64::try_from(candidates).unwrap_or(i64::MAX).saturating_add(1);
    Duration::minutes(turns.saturating_mul(rules.minutes_per_candidate.into()).min(24 * 60))
}

/// The instant at which each of these candidates is heard.
#[must_use]
pub fn slots(rules: &JuryRules, starts_at: OffsetDateTime, candidates: usize) -> Vec<OffsetDateTime> {
    let each = i64::from(rules.minutes_per_candidate);
    (0..candidates)
        .map(|rank| {
            let rank = i64::try_from(rank).unwrap_or(i64::MAX);
            starts_at + Duration::minutes(rank.saturating_mul(each).min(24 * 60))
        })
        .collect()
}

/// How many candidates as many half-days take.
#[must_use]
pub fn most(rules: &JuryRules, half_days: usize) -> usize {
    usize::try_from(rules.max_per_half_day).unwrap_or_default().saturating_mul(half_days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_session_holds_its_candidates_and_its_deliberation() {
        let rules = JuryRules::default();
        for (candidates, minutes) in [(0, 30), (1, 60), (6, 210)] {
            assert_eq!(length(&rules, candidates), Duration::minutes(minutes), "{candidates}");
        }
        assert_eq!((most(&rules, 1), most(&rules, 2)), (6, 12));
    }

    #[test]
    fn candidates_are_heard_one_after_the_other() {
        let rules = JuryRules { minutes_per_candidate: 45, ..JuryRules::default() };
        let found = slots(&rules, datetime!(2026-03-03 08:00 UTC), 3);
        let expected = [
            datetime!(2026-03-03 08:00 UTC),
            datetime!(2026-03-03 08:45 UTC),
            datetime!(2026-03-03 09:30 UTC),
        ];
        assert_eq!(found, expected);
    }
}
