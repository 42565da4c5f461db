//! The life of a gap found by an inspection, as data. Pure; `docs/states/nonconformity.md` is drawn from it.
//!
//! A gap moves inside an act of its inspection, whose event tells it and names it.

use entity::nonconformity::NonconformityState;

use super::{Step, told_by};
use crate::rules::transitions::{Refused, Row, Table, Told};

/// What may happen to a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GapStep {
    /// The grid has it.
    Find,
    /// The comments of the structure remove it.
    Drop,
    /// It is to be put right by a day.
    Request,
    /// The structure says what it did.
    Answer,
    /// It is not enough.
    FindInsufficient,
    /// Its day is behind.
    FallOverdue,
    /// It was put right.
    Close,
    /// It was closed by mistake.
    Reopen,
}

/// A step that the state does not allow.
pub type InvalidGapStep = Refused<Option<NonconformityState>, GapStep>;

const fn line(
    from: Option<NonconformityState>,
    step: GapStep,
    to: NonconformityState,
) -> Row<Option<NonconformityState>, GapStep, NonconformityState, Option<Told>> {
    let event = match step {
        GapStep::Find => told_by(Step::Perform),
        GapStep::Drop => Some(("inspection.gap_dropped", "CTL_GAP_DROPPED")),
        GapStep::Request => told_by(Step::RequestActions),
        GapStep::Answer => told_by(Step::SubmitActions),
        GapStep::FindInsufficient => told_by(Step::FindInsufficient),
        GapStep::FallOverdue => told_by(Step::FallOverdue),
        GapStep::Close => Some(("inspection.gap_closed", "CTL_GAP_CLOSED")),
        GapStep::Reopen => told_by(Step::Reopen),
    };
    Row::new(from, step, to, event)
}

/// The table.
pub const TABLE: Table<Option<NonconformityState>, GapStep, NonconformityState, Option<Told>> = {
    use NonconformityState as S;
    Table(&[
        line(None, GapStep::Find, S::Found),
        line(Some(S::Found), GapStep::Drop, S::Dropped),
        line(Some(S::Found), GapStep::Request, S::ActionsRequested),
        line(Some(S::ActionsRequested), GapStep::Answer, S::Answered),
        line(Some(S::Insufficient), GapStep::Answer, S::Answered),
        line(Some(S::Overdue), GapStep::Answer, S::Answered),
        line(Some(S::Answered), GapStep::FindInsufficient, S::Insufficient),
        line(Some(S::ActionsRequested), GapStep::FallOverdue, S::Overdue),
        line(Some(S::Insufficient), GapStep::FallOverdue, S::Overdue),
        line(Some(S::Answered), GapStep::Close, S::Closed),
        line(Some(S::Closed), GapStep::Reopen, S::Answered),
        line(Some(S::Dropped), GapStep::Reopen, S::Found),
    ])
};

/// Whether nothing is expected about it any more.
#[must_use]
pub const fn is_settled(state: NonconformityState) -> bool {
    matches!(state, NonconformityState::Closed | NonconformityState::Dropped)
}

/// Whether the structure has to answer it.
#[must_use]
pub const fn waits_for_structure(state: NonconformityState) -> bool {
    use NonconformityState as S;
    matches!(state, S::ActionsRequested | S::Insufficient | S::Overdue)
}
