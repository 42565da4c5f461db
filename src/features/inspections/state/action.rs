//! The life of one answer to a gap, as data. Pure; `docs/states/corrective-action.md` is drawn from it.
//!
//! An answer that was not enough stays as it was; the next one is another row.

use entity::corrective_action::ActionState;

use super::{Step, told_by};
use crate::rules::transitions::{Refused, Row, Table, Told};

/// What may happen to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActionStep {
    /// The structure begins to write.
    Write,
    /// The structure submits it, with the others.
    Submit,
    /// It is not enough.
    FindInsufficient,
    /// It puts the gap right.
    Close,
    /// It was checked by mistake.
    Reopen,
}

/// A step that the state does not allow.
pub type InvalidActionStep = Refused<Option<ActionState>, ActionStep>;

const fn line(
    from: Option<ActionState>,
    step: ActionStep,
    to: ActionState,
) -> Row<Option<ActionState>, ActionStep, ActionState, Option<Told>> {
    let event = match step {
        ActionStep::Write => Some(("inspection.action_written", "CTL_ACTION_WRITTEN")),
        ActionStep::Submit => told_by(Step::SubmitActions),
        ActionStep::FindInsufficient => told_by(Step::FindInsufficient),
        ActionStep::Close => Some(("inspection.gap_closed", "CTL_GAP_CLOSED")),
        ActionStep::Reopen => told_by(Step::Reopen),
    };
    Row::new(from, step, to, event)
}

/// The table.
pub const TABLE: Table<Option<ActionState>, ActionStep, ActionState, Option<Told>> = {
    use ActionState as S;
    Table(&[
        line(None, ActionStep::Write, S::Draft),
        line(Some(S::Draft), ActionStep::Submit, S::Submitted),
        line(Some(S::Submitted), ActionStep::FindInsufficient, S::Insufficient),
        line(Some(S::Submitted), ActionStep::Close, S::Closed),
        line(Some(S::Closed), ActionStep::Reopen, S::Submitted),
    ])
};
