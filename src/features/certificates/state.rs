//! The life of a certificate, as data. What was delivered never changes: only whether it counts does. Then that of the files
//! of a session, which are made after the delivery.

use entity::certificate::CertificateState;
use entity::certificate_batch::BatchState;

use crate::rules::transitions::{Refused, Row, Table};

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

/// The table. The events are those of the acts.
pub const TABLE: Table<CertificateState, Step, CertificateState, ()> = Table(&[
    Row::new(S::Valid, E::Suspend, S::Suspended, ()),
    Row::new(S::Suspended, E::Reinstate, S::Valid, ()),
    Row::new(S::Valid, E::Revoke, S::Revoked, ()),
    Row::new(S::Suspended, E::Revoke, S::Revoked, ()),
    Row::new(S::Valid, E::Supersede, S::Superseded, ()),
]);

/// The step is not for a certificate in that state.
pub type InvalidStep = Refused<CertificateState, Step>;

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

/// The table of files. Work that failed is tried again by itself too, so that files advance and are
/// finished from there.
pub const FILES: Table<BatchState, FileStep, BatchState, ()> = Table(&[
    Row::new(BatchState::Waiting, FileStep::Advance, BatchState::Running, ()),
    Row::new(BatchState::Running, FileStep::Advance, BatchState::Running, ()),
    Row::new(BatchState::Failed, FileStep::Advance, BatchState::Running, ()),
    Row::new(BatchState::Waiting, FileStep::Finish, BatchState::Done, ()),
    Row::new(BatchState::Running, FileStep::Finish, BatchState::Done, ()),
    Row::new(BatchState::Failed, FileStep::Finish, BatchState::Done, ()),
    Row::new(BatchState::Waiting, FileStep::Fail, BatchState::Failed, ()),
    Row::new(BatchState::Running, FileStep::Fail, BatchState::Failed, ()),
    Row::new(BatchState::Failed, FileStep::Fail, BatchState::Failed, ()),
    Row::new(BatchState::Failed, FileStep::Retry, BatchState::Waiting, ()),
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_revoked_or_superseded_stays_so() {
        for step in [E::Suspend, E::Reinstate, E::Revoke, E::Supersede] {
            for state in [S::Revoked, S::Superseded] {
                assert!(!TABLE.can(state, step), "{step:?} {state}");
            }
        }
    }

    #[test]
    fn files_that_are_all_made_stay_so_and_only_a_failure_is_tried_again() {
        for step in [FileStep::Advance, FileStep::Finish, FileStep::Fail, FileStep::Retry] {
            assert!(!FILES.can(BatchState::Done, step), "{step:?}");
        }
        for (from, expected) in
            [(BatchState::Waiting, false), (BatchState::Running, false), (BatchState::Failed, true)]
        {
            assert_eq!(FILES.can(from, FileStep::Retry), expected, "{from:?}");
        }
    }

    #[test]
    fn one_line_for_each_state_and_step() {
        assert!(TABLE.has_one_outcome() && FILES.has_one_outcome());
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
                let found = TABLE.next(from, step).map(|row| row.to);
                assert_eq!(found, to.ok_or(InvalidStep { from, step }), "{step:?} {from}");
            }
        }
    }
}
