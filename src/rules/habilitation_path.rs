//! How many times each step of the path to an habilitation is done (domain reference, 3.2): proposals that a setting may
//! change.

use std::collections::BTreeMap;

use entity::habilitation::Duty;
use entity::habilitation_step::StepKind;
use serde::{Deserialize, Serialize};

/// Most times that a step may be asked for.
const MOST: u16 = 20;

/// Times by duty, then by step.
type Counts = BTreeMap<Duty, BTreeMap<StepKind, u16>>;

/// The steps of each duty and how many times each is done, at least; a step done no times is not asked for.
///
/// As a setting: `{"mandataire": {"observation": 3}}`; what it leaves out is as proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Counts", into = "Counts")]
pub struct PathRules {
    counts: Counts,
}

impl Default for PathRules {
    fn default() -> Self {
        use StepKind as K;
        let trainer = BTreeMap::from([
            (K::Interview, 1),
            (K::Theory, 1),
            (K::Observation, 1),
            (K::CoAnimation, 1),
            (K::Supervised, 1),
            (K::Accompaniment, 3),
        ]);
        let other = BTreeMap::from([
            (K::Interview, 1),
            (K::Theory, 1),
            (K::Observation, 2),
            (K::Supervised, 1),
            (K::Accompaniment, 1),
        ]);
        let counts = BTreeMap::from([
            (Duty::Mandataire, other.clone()),
            (Duty::Controleur, other),
            (Duty::Epsp, trainer),
        ]);
        Self { counts }
    }
}

impl From<Counts> for PathRules {
    fn from(changed: Counts) -> Self {
        let mut rules = Self::default();
        for (duty, steps) in changed {
            rules.counts.entry(duty).or_default().extend(steps);
        }
        rules
    }
}

impl From<PathRules> for Counts {
    fn from(rules: PathRules) -> Self {
        rules.counts
    }
}

impl PathRules {
    /// The steps of a duty, in their order, and how many times each is done.
    #[must_use]
    pub fn steps(&self, duty: Duty) -> Vec<(StepKind, usize)> {
        let own = self.counts.get(&duty).into_iter().flatten();
        own.filter(|(_, times)| **times > 0).map(|(kind, times)| (*kind, usize::from(*times))).collect()
    }

    /// The fields that cannot be, each with its sentence.
    #[must_use]
    pub fn faults(&self) -> Vec<(String, &'static str)> {
        let all = self.counts.iter().flat_map(|(duty, steps)| steps.iter().map(move |step| (duty, step)));
        all.filter(|(_, (_, times))| **times > MOST)
            .map(|(duty, (kind, _))| {
                let field = format!("{}/{}", duty.word(), kind.word());
                (field, "Une étape se fait vingt fois au plus")
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use StepKind as K;

    #[test]
    fn the_steps_proposed_are_those_of_the_reference() {
        let other = [(K::Interview, 1), (K::Theory, 1), (K::Observation, 2), (K::Supervised, 1)];
        let rules = PathRules::default();
        for duty in [Duty::Mandataire, Duty::Controleur] {
            assert_eq!(rules.steps(duty), [&other[..], &[(K::Accompaniment, 1)]].concat(), "{duty}");
        }
        let trainer = rules.steps(Duty::Epsp);
        assert_eq!(trainer.iter().map(|(_, times)| *times).collect::<Vec<_>>(), [1, 1, 1, 1, 1, 3]);
    }

    #[test]
    fn a_setting_changes_a_step_and_leaves_the_others() {
        let text = r#"{"mandataire":{"observation":3,"accompaniment":0,"co_animation":1}}"#;
        let rules: PathRules = serde_json::from_str(text).unwrap();
        let expected =
            [(K::Interview, 1), (K::Theory, 1), (K::Observation, 3), (K::CoAnimation, 1), (K::Supervised, 1)];
        assert_eq!(rules.steps(Duty::Mandataire), expected);
        assert_eq!(rules.steps(Duty::Epsp), PathRules::default().steps(Duty::Epsp));
        let written = serde_json::to_string(&rules).unwrap();
        assert_eq!(serde_json::from_str::<PathRules>(&written).unwrap(), rules);
        let wrong: PathRules = serde_json::from_str(r#"{"epsp":{"supervised":21}}"#).unwrap();
        let fields: Vec<_> = wrong.faults().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["epsp/supervised"]);
        assert!(rules.faults().is_empty());
    }
}
