//! What is looked at before a deliberation is closed: what is there, and what lacks.

use entity::candidate::JuryDecision;

use super::{Day, labels};
use crate::features::juries::labels as words;
use crate::features::juries::load::Passing;
use crate::features::juries::state::Guard;
use crate::features::juries::wording;

impl Day {
    /// Each thing that is looked at, in words, and whether it is there: the quorum of each candidate, one decision for each,
    /// an observation for each unit that is not acquired, what is decided of each suspected fraud. What lacks is what [`Day::missing_to_close`] tells.
    #[must_use]
    pub fn closing(&self) -> Vec<(bool, String)> {
        let lost = |one: &&Passing| {
            let decided = one.row.decision.is_some_and(|decision| decision != JuryDecision::Adjourned);
            decided && !self.lacks_for(one.row.id).is_empty()
        };
        let name = |one: &Passing| wording::name(&one.candidate);
        let lost = self.whole.came().filter(lost).map(|one| labels::lacks::quorum_lost(&name(one)));
        let undecided = self.whole.came().filter(|one| one.row.decision.is_none());
        let undecided = undecided.map(|one| labels::lacks::undecided(&name(one)));
        let suspected = self.whole.came().filter(|one| one.row.decision.is_some() && self.is_suspected(one));
        let suspected = suspected.map(|one| labels::lacks::fraud_unsettled(&name(one)));
        let mut looked_at: Vec<(Vec<String>, &str)> = vec![
            (lost.collect(), labels::lacks::QUORUM_KEPT),
            (undecided.collect(), words::lacks::guard(Guard::AllDecided)),
            (self.unobserved(), labels::lacks::all_observed(self.has_blocs())),
        ];
        if self.suspicions().next().is_some() {
            looked_at.push((suspected.collect(), labels::lacks::FRAUD_SETTLED));
        }
        let mut told = Vec::new();
        for (lacking, there) in looked_at {
            if lacking.is_empty() {
                told.push((true, there.to_owned()));
            }
            told.extend(lacking.into_iter().map(|what| (false, what)));
        }
        told
    }
}
