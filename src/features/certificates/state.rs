//! The life of a certificate, as data. What was delivered never changes: only whether it counts does. Then that of the files
//! of a session, which are made after the delivery.

use entity::certificate::CertificateState;
use entity::certificate_batch::BatchState;

use CertificateState as S;
use Step as E;

/// What may happen to a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// It does not count while something is looked into.
    Suspend,
    /// It counts again.
    Reinstate,
    /// It never counts again: asked by one person, confirmed by another.
    Revoke,
    /// Another one takes its place.
    Supersede,
}

/// The table: from, what happens, to.
pub const TABLE: &[(CertificateState, Step, CertificateState)] = &[
    (S::Valid, E::Suspend, S::Suspended),
    (S::Suspended, E::Reinstate, S::Valid),
    (S::Valid, E::Revoke, S::Revoked),
    (S::Suspended, E::Revoke, S::Revoked),
    (S::Valid, E::Supersede, S::Superseded),
];

/// The step is not for a certificate in that state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} in {from:?}")]
pub struct InvalidStep {
    /// Where it stands.
    pub from: CertificateState,
    /// What was asked.
    pub step: Step,
}

/// The state after a step.
///
/// # Errors
/// [`InvalidStep`].
pub fn next(from: CertificateState, step: Step) -> Result<CertificateState, InvalidStep> {
    let found = TABLE.iter().find(|(state, event, _)| (*state, *event) == (from, step));
    found.map(|(_, _, to)| *to).ok_or(InvalidStep { from, step })
}

/// What may happen to the files of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileStep {
    /// Some more are made.
    Advance,
    /// All are, and gathered.
    Finish,
    /// Some could not be made.
    Fail,
    /// Somebody has them made again.
    Retry,
}

/// The table of files: from, what happens, to. Work that failed is tried again by itself too, so that files advance and are
/// finished from there.
pub const FILES: &[(BatchState, FileStep, BatchState)] = &[
    (BatchState::Waiting, FileStep::Advance, BatchState::Running),
    (BatchState::Running, FileStep::Advance, BatchState::Running),
    (BatchState::Failed, FileStep::Advance, BatchState::Running),
    (BatchState::Waiting, FileStep::Finish, BatchState::Done),
    (BatchState::Running, FileStep::Finish, BatchState::Done),
    (BatchState::Failed, FileStep::Finish, BatchState::Done),
    (BatchState::Waiting, FileStep::Fail, BatchState::Failed),
    (BatchState::Running, FileStep::Fail, BatchState::Failed),
    (BatchState::Failed, FileStep::Fail, BatchState::Failed),
    (BatchState::Failed, FileStep::Retry, BatchState::Waiting),
];

/// Where the files of a session stand after a step; none when it is not for files in that state.
#[must_use]
pub fn next_files(from: BatchState, step: FileStep) -> Option<BatchState> {
    FILES.iter().find(|(state, event, _)| (*state, *event) == (from, step)).map(|(_, _, to)| *to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_revoked_or_superseded_stays_so() {
        for step in [E::Suspend, E::Reinstate, E::Revoke, E::Supersede] {
            for state in [S::Revoked, S::Superseded] {
                assert_eq!(next(state, step), Err(InvalidStep { from: state, step }));
            }
        }
    }

    #[test]
    fn files_that_are_all_made_stay_so_and_only_a_failure_is_tried_again() {
        for step in [FileStep::Advance, FileStep::Finish, FileStep::Fail, FileStep::Retry] {
            assert_eq!(next_files(BatchState::Done, step), None, "{step:?}");
        }
        for (from, expected) in [
            (BatchState::Waiting, None),
            (BatchState::Running, None),
            (BatchState::Failed, Some(BatchState::Waiting)),
        ] {
            assert_eq!(next_files(from, FileStep::Retry), expected, "{from:?}");
        }
        for (place, line) in FILES.iter().enumerate() {
            assert!(!FILES[..place].iter().any(|other| (other.0, other.1) == (line.0, line.1)), "{line:?}");
        }
    }

    #[test]
    fn one_line_for_each_state_and_step() {
        for (place, line) in TABLE.iter().enumerate() {
            assert!(!TABLE[..place].iter().any(|other| (other.0, other.1) == (line.0, line.1)), "{line:?}");
        }
    }

    #[test]
    fn a_step_from_a_state_leads_where_the_table_says_or_nowhere() {
        let states = [S::Valid, S::Suspended, S::Revoked, S::Superseded];
        for (step, expected) in [
            (E::Suspend, [Some(S::Suspended), None, None, None]),
            (E::Reinstate, [None, Some(S::Valid), None, None]),
            (E::Revoke, [Some(S::Revoked), Some(S::Revoked), None, None]),
            (E::Supersede, [Some(S::Superseded), None, None, None]),
        ] {
            for (from, to) in states.into_iter().zip(expected) {
                assert_eq!(next(from, step), to.ok_or(InvalidStep { from, step }), "{step:?} {from}");
            }
        }
    }
}
