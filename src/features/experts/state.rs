//! The life of an habilitation (table 3.3 of the domain reference), as data.
//!
//! Pure. The diagram of `docs/states/habilitation.md` is drawn from this table by a test.

use entity::habilitation::HabilitationState;

/// What may happen to an habilitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Someone asks for it.
    Apply,
    /// The application is not retained.
    Reject,
    /// The training begins.
    Admit,
    /// A step of the path is done.
    LogStep,
    /// The file goes to the jury.
    Present,
    /// The jury sits on another day.
    MoveJury,
    /// The jury is called off.
    CancelJury,
    /// The jury grants.
    Grant,
    /// The jury wants something done again.
    Defer,
    /// The jury refuses.
    Refuse,
    /// Set aside.
    Suspend,
    /// Given back.
    Reinstate,
    /// Taken away, by two people.
    Withdraw,
    /// Given up.
    Resign,
    /// At its end without renewal.
    Expire,
    /// A new period.
    Renew,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// State before; none for what begins.
    pub from: Option<HabilitationState>,
    /// What happens.
    pub step: Step,
    /// State after.
    pub to: HabilitationState,
    /// Name of the event in the journal.
    pub name: &'static str,
    /// Code of the event in the domain reference.
    pub code: &'static str,
}

/// A step that the state does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} is not possible from {from:?}")]
pub struct InvalidStep {
    /// The state.
    pub from: Option<HabilitationState>,
    /// What was asked.
    pub step: Step,
}

const fn line(
    from: Option<HabilitationState>,
    step: Step,
    to: HabilitationState,
    name: &'static str,
    code: &'static str,
) -> Transition {
    Transition { from, step, to, name, code }
}

/// The table, in the order of the domain reference.
pub const TABLE: &[Transition] = {
    use HabilitationState as S;
    &[
        line(None, Step::Apply, S::Applied, "habilitation.applied", "HAB_APPLIED"),
        line(Some(S::Applied), Step::Reject, S::Refused, "habilitation.rejected", "HAB_REJECTED"),
        line(Some(S::Applied), Step::Admit, S::InTraining, "habilitation.admitted", "HAB_ADMITTED"),
        line(Some(S::InTraining), Step::LogStep, S::InTraining, "habilitation.step_logged", "HAB_STEP"),
        // Reference 3.4: the practice of whoever is habilitated is observed once a period.
        line(Some(S::Active), Step::LogStep, S::Active, "habilitation.step_logged", "HAB_STEP"),
        line(Some(S::InTraining), Step::Present, S::Presented, "habilitation.presented", "HAB_PRESENTED"),
        // A date that was fixed may have to change, as that of every jury (reference 1.7, S8 and S9).
        line(Some(S::Presented), Step::MoveJury, S::Presented, "habilitation.jury_moved", "HAB_JURY_MOVED"),
        line(
            Some(S::Presented),
            Step::CancelJury,
            S::InTraining,
            "habilitation.jury_cancelled",
            "HAB_JURY_CANCELLED",
        ),
        line(Some(S::Presented), Step::Grant, S::Active, "habilitation.granted", "HAB_GRANTED"),
        line(Some(S::Presented), Step::Defer, S::InTraining, "habilitation.deferred", "HAB_DEFERRED"),
        line(Some(S::Presented), Step::Refuse, S::Refused, "habilitation.refused", "HAB_REFUSED"),
        line(Some(S::Active), Step::Suspend, S::Suspended, "habilitation.suspended", "HAB_SUSPENDED"),
        line(Some(S::Suspended), Step::Reinstate, S::Active, "habilitation.reinstated", "HAB_REINSTATED"),
        line(Some(S::Active), Step::Withdraw, S::Withdrawn, "habilitation.withdrawn", "HAB_WITHDRAWN"),
        line(Some(S::Suspended), Step::Withdraw, S::Withdrawn, "habilitation.withdrawn", "HAB_WITHDRAWN"),
        line(Some(S::Active), Step::Resign, S::Resigned, "habilitation.resigned", "HAB_RESIGNED"),
        line(Some(S::Active), Step::Expire, S::Expired, "habilitation.expired", "HAB_EXPIRED"),
        line(Some(S::Active), Step::Renew, S::Active, "habilitation.renewed", "HAB_RENEWED"),
    ]
};

/// The line of the table for a step from a state.
///
/// # Errors
/// [`InvalidStep`] when the table has none.
pub fn next(from: Option<HabilitationState>, step: Step) -> Result<&'static Transition, InvalidStep> {
    TABLE.iter().find(|line| line.from == from && line.step == step).ok_or(InvalidStep { from, step })
}

/// Whether a step is possible from a state.
#[must_use]
pub fn can(from: HabilitationState, step: Step) -> bool {
    next(Some(from), step).is_ok()
}

/// Whether somebody may accompany a file in this state: from the training to the end.
#[must_use]
pub const fn has_senior(state: HabilitationState) -> bool {
    takes_charter(state)
}

/// Whether a file in this state may receive the signature of the charter: from the training to the end.
#[must_use]
pub const fn takes_charter(state: HabilitationState) -> bool {
    use HabilitationState as S;
    matches!(state, S::InTraining | S::Presented | S::Active | S::Suspended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_step_has_one_outcome_and_every_state_is_reached() {
        let mut seen = HashSet::new();
        assert!(TABLE.iter().all(|line| seen.insert((line.from, line.step))));
        for state in HabilitationState::all() {
            assert!(TABLE.iter().any(|line| line.to == state), "{state}");
        }
    }

    #[test]
    fn nothing_follows_an_end() {
        use HabilitationState as S;
        for state in [S::Refused, S::Withdrawn, S::Resigned, S::Expired] {
            assert!(TABLE.iter().all(|line| line.from != Some(state)), "{state}");
        }
    }
}
