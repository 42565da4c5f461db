//! The life of a programme, as data. Pure; `docs/states/programme.md` is drawn from it.
//!
//! A programme that is published again stays published. One that is retired is no longer in the catalogue; it comes back as
//! a draft, whose sheet is to be published anew.

use entity::programme::ProgrammeState;

use crate::rules::transitions::{Refused, Row, Table, line};

/// What may happen to a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// It is recorded, with the draft of its first sheet.
    Create,
    /// A sheet is published.
    Publish,
    /// It is no longer offered.
    Retire,
    /// It is prepared again.
    Restore,
}

/// One row of the table; nothing comes before the beginning.
pub type Transition = Row<Option<ProgrammeState>, Step, ProgrammeState>;

/// A step that the state does not allow.
pub type InvalidStep = Refused<Option<ProgrammeState>, Step>;

/// The table.
pub const TABLE: Table<Option<ProgrammeState>, Step, ProgrammeState> = {
    use ProgrammeState as P;
    Table(&[
        line(None, Step::Create, P::Draft, "programme.created", "PRG_CREATED"),
        line(Some(P::Draft), Step::Publish, P::Published, "programme.published", "PRG_PUBLISHED"),
        line(Some(P::Published), Step::Publish, P::Published, "programme.published", "PRG_PUBLISHED"),
        line(Some(P::Draft), Step::Retire, P::Retired, "programme.retired", "PRG_RETIRED"),
        line(Some(P::Published), Step::Retire, P::Retired, "programme.retired", "PRG_RETIRED"),
        line(Some(P::Retired), Step::Restore, P::Draft, "programme.restored", "PRG_RESTORED"),
    ])
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_one_outcome_and_every_state_a_way_on() {
        assert!(TABLE.has_one_outcome());
        for state in ProgrammeState::all() {
            assert!(TABLE.iter().any(|line| line.to == state), "{state}");
            assert!(TABLE.steps(state).next().is_some(), "{state}");
        }
    }

    #[test]
    fn what_is_retired_is_prepared_before_it_is_published() {
        assert!(!TABLE.can(ProgrammeState::Retired, Step::Publish));
        assert!(TABLE.can(ProgrammeState::Published, Step::Publish));
        assert!(TABLE.next(None, Step::Publish).is_err());
    }
}
