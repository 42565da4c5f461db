//! The life of an habilitation (table 3.3 of the domain reference), as data.
//!
//! Pure. The diagram of `docs/states/habilitation.md` is drawn from this table by a test.

use entity::habilitation::HabilitationState;

use crate::rules::transitions::{Refused, Row, Table, line};

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
pub type Transition = Row<Option<HabilitationState>, Step, HabilitationState>;

/// A step that the state does not allow.
pub type InvalidStep = Refused<Option<HabilitationState>, Step>;

/// The table, in the order of the domain reference.
pub const TABLE: Table<Option<HabilitationState>, Step, HabilitationState> = {
    use HabilitationState as S;
    Table(&[
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
    ])
};

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

    #[test]
    fn a_step_has_one_outcome_and_every_state_is_reached() {
        assert!(TABLE.has_one_outcome());
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
