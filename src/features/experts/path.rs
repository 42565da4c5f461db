//! The path to an habilitation (table 3.2 of the domain reference): what is still missing in a file. Pure; what is wanted
//! for each duty is a setting ([`PathRules`]).

use entity::habilitation::{self, Duty, HabilitationState};
use entity::habilitation_step::{self, StepKind};

use crate::rules::habilitation_path::PathRules;

/// A step done: what, and whether it was after the last deferral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// The step.
    pub kind: StepKind,
    /// It was done after the jury asked to do something again.
    pub since_deferral: bool,
}

/// Where a step stands in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The step.
    pub kind: StepKind,
    /// How many times it is wanted.
    pub wanted: usize,
    /// How many times it was done.
    pub done: usize,
    /// The jury wants it once more, and it was not done since.
    pub to_redo: bool,
}

impl Progress {
    /// Whether nothing is left to do.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.done >= self.wanted && !self.to_redo
    }
}

/// Where each step stands; `redo` is what the jury wants done again.
#[must_use]
pub fn progress(rules: &PathRules, duty: Duty, done: &[Done], redo: &[StepKind]) -> Vec<Progress> {
    let of = |(kind, wanted): (StepKind, usize)| {
        let own = done.iter().filter(|one| one.kind == kind);
        Progress {
            kind,
            wanted,
            done: own.clone().count(),
            to_redo: redo.contains(&kind) && !own.clone().any(|one| one.since_deferral),
        }
    };
    rules.steps(duty).into_iter().map(of).collect()
}

/// Whether a step is an observation of the practice of someone already habilitated, and no step of their path.
#[must_use]
pub fn is_practice(file: &habilitation::Model, step: &habilitation_step::Model) -> bool {
    use HabilitationState as S;
    let granted = !matches!(file.state, S::Applied | S::InTraining | S::Presented | S::Refused);
    let since = file.decided_at.is_none_or(|decided| *step.logged_at > *decided);
    granted && since && step.kind == StepKind::Observation
}

/// The stored form of a list of steps.
#[must_use]
pub fn joined(kinds: &[StepKind]) -> String {
    kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(",")
}

/// The steps of a stored list.
#[must_use]
pub fn split(stored: &str) -> Vec<StepKind> {
    stored.split(',').filter_map(StepKind::from_word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(kind: StepKind) -> Done {
        Done { kind, since_deferral: false }
    }

    #[test]
    fn a_path_is_complete_when_each_step_was_done_often_enough() {
        use StepKind as K;
        let all = [K::Interview, K::Theory, K::Observation, K::Observation, K::Supervised, K::Accompaniment];
        for duty in [Duty::Mandataire, Duty::Controleur] {
            let rows = progress(&PathRules::default(), duty, &all.map(done), &[]);
            assert!(rows.iter().all(Progress::is_complete), "{duty}");
        }
        let rows = progress(&PathRules::default(), Duty::Epsp, &all.map(done), &[]);
        let missing: Vec<_> = rows.iter().filter(|row| !row.is_complete()).map(|row| row.kind).collect();
        assert_eq!(missing, [K::CoAnimation, K::Accompaniment]);
    }

    #[test]
    fn what_the_jury_wants_again_is_done_again() {
        use StepKind as K;
        let before =
            [K::Interview, K::Theory, K::Observation, K::Observation, K::Supervised, K::Accompaniment];
        let mut all: Vec<_> = before.map(done).to_vec();
        let redo = split(&joined(&[K::Supervised]));
        let rules = PathRules::default();
        let complete =
            |all: &[Done]| progress(&rules, Duty::Mandataire, all, &redo).iter().all(Progress::is_complete);
        assert!(!complete(&all));
        all.push(Done { kind: K::Supervised, since_deferral: true });
        assert!(complete(&all));
    }
}
