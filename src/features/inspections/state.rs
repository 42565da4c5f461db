//! The life of an inspection (table 2.6 of the domain reference), as data. Pure; `docs/states/inspection.md` is drawn from it.
//!
//! What leads back to the state that it came from is told too: an assignment, a comment, an escalation. The gaps that it finds are in
//! [`gap`], what is done about them in [`action`], draws in [`draw`]. An inspection belongs to its mission: who declines or drops out
//! of the mission moves it.

pub mod action;
pub mod draw;
pub mod gap;

use entity::inspection::{InspectionState, Trigger};

use crate::rules::transitions::{Refused, Row, Table, Told, line};

/// What may happen to an inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Its mission is proposed to a contrôleur (C2).
    Assign,
    /// The contrôleur declines, or does not answer (C3).
    Decline,
    /// The contrôleur in charge does not make it after all.
    Release,
    /// The structure is told of the date (C4).
    Notify,
    /// The date is moved (C5).
    Postpone,
    /// It took place, every criterion being scored (C6).
    Perform,
    /// The structure refused it (C7).
    StateRefusal,
    /// The structure accepts it after all, within the notice.
    Resume,
    /// The structure gets the provisional report (C8).
    SendReport,
    /// The structure comments it (C9).
    Comment,
    /// It ends without a gap (C10).
    CloseConforming,
    /// The structure has to put gaps right (C11).
    RequestActions,
    /// The structure says what it did of each gap (C12).
    SubmitActions,
    /// It is not enough (C13).
    FindInsufficient,
    /// Every gap is closed (C14).
    Verify,
    /// The end of an action is behind (C15).
    FallOverdue,
    /// The plan is brought to the right itself (C16).
    Escalate,
    /// It does not take place (C17).
    Cancel,
    /// It was cancelled or closed by mistake.
    Reopen,
}

/// One line of the table.
pub type Transition = Row<InspectionState, Step>;

/// A step that the state does not allow.
pub type InvalidStep = Refused<InspectionState, Step>;

/// How an inspection begins (C1): its first state, the name and the code of the event.
pub const BEGINS: (InspectionState, &str, &str) =
    (InspectionState::Planned, "inspection.planned", "CTL_PLANNED");

/// The table, in the order of the domain reference, after its first row.
pub const TABLE: Table<InspectionState, Step> = {
    use InspectionState as S;
    Table(&[
        line(S::Planned, Step::Assign, S::Planned, "inspection.assigned", "CTL_ASSIGNED"),
        line(S::Planned, Step::Decline, S::Planned, "inspection.declined", "CTL_DECLINED"),
        line(S::Planned, Step::Release, S::Planned, "inspection.released", "CTL_RELEASED"),
        line(S::Notified, Step::Release, S::Planned, "inspection.released", "CTL_RELEASED"),
        line(S::Planned, Step::Notify, S::Notified, "inspection.notified", "CTL_NOTIFIED"),
        line(S::Notified, Step::Postpone, S::Notified, "inspection.moved", "CTL_MOVED"),
        line(S::Notified, Step::Perform, S::Performed, "inspection.performed", "CTL_DONE"),
        line(S::Planned, Step::Perform, S::Performed, "inspection.performed", "CTL_DONE"),
        line(
            S::Notified,
            Step::StateRefusal,
            S::RefusedByStructure,
            "inspection.refused_by_structure",
            "CTL_REFUSED",
        ),
        line(
            S::Planned,
            Step::StateRefusal,
            S::RefusedByStructure,
            "inspection.refused_by_structure",
            "CTL_REFUSED",
        ),
        line(S::RefusedByStructure, Step::Resume, S::Planned, "inspection.resumed", "CTL_RESUMED"),
        line(S::Performed, Step::SendReport, S::Adversarial, "inspection.report_sent", "CTL_REPORT_PROV"),
        line(S::Adversarial, Step::Comment, S::Adversarial, "inspection.commented", "CTL_COMMENTED"),
        line(
            S::Adversarial,
            Step::CloseConforming,
            S::ClosedConforming,
            "inspection.closed_conforming",
            "CTL_CLOSED_OK",
        ),
        line(
            S::Adversarial,
            Step::RequestActions,
            S::ActionsRequested,
            "inspection.actions_requested",
            "CTL_ACTIONS_ASKED",
        ),
        line(
            S::ActionsRequested,
            Step::SubmitActions,
            S::ActionsSubmitted,
            "inspection.actions_submitted",
            "CTL_ACTIONS_SENT",
        ),
        line(
            S::Overdue,
            Step::SubmitActions,
            S::ActionsSubmitted,
            "inspection.actions_submitted",
            "CTL_ACTIONS_SENT",
        ),
        line(
            S::ActionsSubmitted,
            Step::FindInsufficient,
            S::ActionsRequested,
            "inspection.actions_insufficient",
            "CTL_ACTIONS_KO",
        ),
        line(S::ActionsSubmitted, Step::Verify, S::Closed, "inspection.closed", "CTL_CLOSED"),
        line(S::ActionsRequested, Step::FallOverdue, S::Overdue, "inspection.overdue", "CTL_OVERDUE"),
        line(S::Overdue, Step::Escalate, S::Overdue, "inspection.escalated", "CTL_ESCALATED"),
        line(
            S::RefusedByStructure,
            Step::Escalate,
            S::RefusedByStructure,
            "inspection.escalated",
            "CTL_ESCALATED",
        ),
        line(S::Planned, Step::Cancel, S::Cancelled, "inspection.cancelled", "CTL_CANCELLED"),
        line(S::Notified, Step::Cancel, S::Cancelled, "inspection.cancelled", "CTL_CANCELLED"),
        line(S::Cancelled, Step::Reopen, S::Planned, "inspection.reopened", "CTL_REOPENED"),
        line(S::ClosedConforming, Step::Reopen, S::Adversarial, "inspection.reopened", "CTL_REOPENED"),
        line(S::Closed, Step::Reopen, S::ActionsSubmitted, "inspection.reopened", "CTL_REOPENED"),
    ])
};

/// The event of a step, for what moves inside it.
const fn told_by(step: Step) -> Option<Told> {
    match step {
        Step::Perform => Some(("inspection.performed", "CTL_DONE")),
        Step::RequestActions => Some(("inspection.actions_requested", "CTL_ACTIONS_ASKED")),
        Step::SubmitActions => Some(("inspection.actions_submitted", "CTL_ACTIONS_SENT")),
        Step::FindInsufficient => Some(("inspection.actions_insufficient", "CTL_ACTIONS_KO")),
        Step::FallOverdue => Some(("inspection.overdue", "CTL_OVERDUE")),
        Step::Reopen => Some(("inspection.reopened", "CTL_REOPENED")),
        _ => None,
    }
}

/// Whether nothing is expected of anybody any more.
#[must_use]
pub const fn is_over(state: InspectionState) -> bool {
    use InspectionState as S;
    matches!(state, S::ClosedConforming | S::Closed | S::Cancelled)
}

/// Whether it is still ahead: answers of its grid are taken.
#[must_use]
pub const fn takes_answers(state: InspectionState) -> bool {
    matches!(state, InspectionState::Planned | InspectionState::Notified)
}

/// Whether its report left, so that its gaps are told to the structure.
#[must_use]
pub const fn is_told(state: InspectionState) -> bool {
    use InspectionState as S;
    matches!(
        state,
        S::Adversarial
            | S::ActionsRequested
            | S::ActionsSubmitted
            | S::Overdue
            | S::ClosedConforming
            | S::Closed
    )
}

/// Whether it counts among the inspections that were carried out.
#[must_use]
pub const fn is_performed(state: InspectionState) -> bool {
    is_told(state) || matches!(state, InspectionState::Performed)
}

/// Whether it takes place without a notice.
#[must_use]
pub const fn is_unannounced(origin: Trigger) -> bool {
    matches!(origin, Trigger::Unannounced)
}

/// Whether an inspection with this trigger may take place or be refused from this state: only an unannounced one does without a
/// notice.
#[must_use]
pub const fn may_take_place(state: InspectionState, origin: Trigger) -> bool {
    match state {
        InspectionState::Notified => true,
        InspectionState::Planned => is_unannounced(origin),
        _ => false,
    }
}

/// Whether the structure sees it: once it was told of it, or it took place. `authz::visible` says the same of lists.
#[must_use]
pub const fn is_shown(state: InspectionState, notified: bool) -> bool {
    use InspectionState as S;
    match state {
        S::Planned => false,
        S::Cancelled => notified,
        _ => true,
    }
}

#[cfg(test)]
mod tests;
