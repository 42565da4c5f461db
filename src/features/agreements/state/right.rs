//! The life of the right (table 2.5 of the domain reference), as data. Pure.
//!
//! What only tells something, a notice or a declared change, leads back to the state it came from. Line A12, the list of partners, is
//! no state: each change of it is due in `partner_update`. Who may, and on which findings, is in [`crate::rules::sanction`].

use entity::agreement::AgreementState;

use crate::rules::transitions::{Refused, Table, line};

/// What may happen to the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RightStep {
    /// Both signed the convention.
    Activate,
    /// The same, with reserves still open.
    ActivateWithReserves,
    /// Every reserve is closed.
    LiftReserves,
    /// A reserve was not closed in time.
    SuspendForReserves,
    /// The structure is told what is held against it, and heard.
    ServeNotice,
    /// The right is set aside.
    Suspend,
    /// The right is given back.
    Reinstate,
    /// The same, with reserves still open.
    ReinstateWithReserves,
    /// The right is taken away, by two people.
    Withdraw,
    /// The structure gives it up.
    Renounce,
    /// The period is over.
    Expire,
    /// The period is over, and the right stays until its renewal is decided.
    Prolong,
    /// Another agreement took its place before the end of the period.
    Replace,
    /// The structure declares a change.
    DeclareChange,
    /// The last act is undone in time: the right is whole again.
    BackToActive,
    /// The same, with reserves still open.
    BackToReserves,
    /// The same, the right having been set aside before.
    BackToSuspended,
}

/// A step that the state of the right does not allow.
pub type InvalidRightStep = Refused<AgreementState, RightStep>;

/// The table of the right.
pub const RIGHT_TABLE: Table<AgreementState, RightStep> = {
    use AgreementState as S;
    Table(&[
        line(S::Pending, RightStep::Activate, S::Active, "agreement.activated", "AGREMENT_ACTIVE"),
        line(
            S::Pending,
            RightStep::ActivateWithReserves,
            S::ActiveWithReserves,
            "agreement.activated_with_reserves",
            "AGREMENT_ACTIVE_RES",
        ),
        line(
            S::ActiveWithReserves,
            RightStep::LiftReserves,
            S::Active,
            "agreement.reserves_lifted",
            "AGREMENT_RES_LIFTED",
        ),
        line(
            S::ActiveWithReserves,
            RightStep::SuspendForReserves,
            S::Suspended,
            "agreement.suspended",
            "AGREMENT_SUSPENDED",
        ),
        line(S::Active, RightStep::ServeNotice, S::Active, "agreement.notice_served", "AGREMENT_NOTICE"),
        line(
            S::ActiveWithReserves,
            RightStep::ServeNotice,
            S::ActiveWithReserves,
            "agreement.notice_served",
            "AGREMENT_NOTICE",
        ),
        line(
            S::Suspended,
            RightStep::ServeNotice,
            S::Suspended,
            "agreement.notice_served",
            "AGREMENT_NOTICE",
        ),
        line(S::Active, RightStep::Suspend, S::Suspended, "agreement.suspended", "AGREMENT_SUSPENDED"),
        line(
            S::ActiveWithReserves,
            RightStep::Suspend,
            S::Suspended,
            "agreement.suspended",
            "AGREMENT_SUSPENDED",
        ),
        line(S::Suspended, RightStep::Reinstate, S::Active, "agreement.reinstated", "AGREMENT_REINSTATED"),
        line(
            S::Suspended,
            RightStep::ReinstateWithReserves,
            S::ActiveWithReserves,
            "agreement.reinstated",
            "AGREMENT_REINSTATED",
        ),
        line(S::Suspended, RightStep::Withdraw, S::Withdrawn, "agreement.withdrawn", "AGREMENT_WITHDRAWN"),
        line(S::Active, RightStep::Withdraw, S::Withdrawn, "agreement.withdrawn", "AGREMENT_WITHDRAWN"),
        line(
            S::ActiveWithReserves,
            RightStep::Withdraw,
            S::Withdrawn,
            "agreement.withdrawn",
            "AGREMENT_WITHDRAWN",
        ),
        line(S::Active, RightStep::Renounce, S::Renounced, "agreement.renounced", "AGREMENT_RENOUNCED"),
        line(
            S::ActiveWithReserves,
            RightStep::Renounce,
            S::Renounced,
            "agreement.renounced",
            "AGREMENT_RENOUNCED",
        ),
        line(S::Active, RightStep::Expire, S::Expired, "agreement.expired", "AGREMENT_EXPIRED"),
        line(S::ActiveWithReserves, RightStep::Expire, S::Expired, "agreement.expired", "AGREMENT_EXPIRED"),
        line(S::Suspended, RightStep::Expire, S::Expired, "agreement.expired", "AGREMENT_EXPIRED"),
        line(S::Pending, RightStep::Expire, S::Expired, "agreement.expired", "AGREMENT_EXPIRED"),
        line(S::Active, RightStep::Prolong, S::Active, "agreement.prolonged", "AGREMENT_RENEWING"),
        line(
            S::ActiveWithReserves,
            RightStep::Prolong,
            S::ActiveWithReserves,
            "agreement.prolonged",
            "AGREMENT_RENEWING",
        ),
        line(S::Suspended, RightStep::Prolong, S::Suspended, "agreement.prolonged", "AGREMENT_RENEWING"),
        line(S::Active, RightStep::Replace, S::Expired, "agreement.replaced", "AGREMENT_REPLACED"),
        line(
            S::ActiveWithReserves,
            RightStep::Replace,
            S::Expired,
            "agreement.replaced",
            "AGREMENT_REPLACED",
        ),
        line(S::Suspended, RightStep::Replace, S::Expired, "agreement.replaced", "AGREMENT_REPLACED"),
        line(S::Active, RightStep::DeclareChange, S::Active, "agreement.change_declared", "AGREMENT_CHANGED"),
        line(
            S::ActiveWithReserves,
            RightStep::DeclareChange,
            S::ActiveWithReserves,
            "agreement.change_declared",
            "AGREMENT_CHANGED",
        ),
        line(
            S::Suspended,
            RightStep::DeclareChange,
            S::Suspended,
            "agreement.change_declared",
            "AGREMENT_CHANGED",
        ),
        line(S::Suspended, RightStep::BackToActive, S::Active, "agreement.act_undone", "AGREMENT_UNDONE"),
        line(
            S::Suspended,
            RightStep::BackToReserves,
            S::ActiveWithReserves,
            "agreement.act_undone",
            "AGREMENT_UNDONE",
        ),
        line(S::Withdrawn, RightStep::BackToActive, S::Active, "agreement.act_undone", "AGREMENT_UNDONE"),
        line(
            S::Withdrawn,
            RightStep::BackToReserves,
            S::ActiveWithReserves,
            "agreement.act_undone",
            "AGREMENT_UNDONE",
        ),
        line(S::Renounced, RightStep::BackToActive, S::Active, "agreement.act_undone", "AGREMENT_UNDONE"),
        line(
            S::Renounced,
            RightStep::BackToReserves,
            S::ActiveWithReserves,
            "agreement.act_undone",
            "AGREMENT_UNDONE",
        ),
        line(
            S::Withdrawn,
            RightStep::BackToSuspended,
            S::Suspended,
            "agreement.act_undone",
            "AGREMENT_UNDONE",
        ),
    ])
};

/// The step that puts back the state that an act changed; none when nothing leads there.
#[must_use]
pub const fn back_to(before: AgreementState) -> Option<RightStep> {
    use AgreementState as S;
    match before {
        S::Active => Some(RightStep::BackToActive),
        S::ActiveWithReserves => Some(RightStep::BackToReserves),
        S::Suspended => Some(RightStep::BackToSuspended),
        S::Pending | S::Withdrawn | S::Renounced | S::Expired => None,
    }
}

/// Whether new candidates may be enrolled under the right, its days apart.
#[must_use]
pub const fn opens_enrolment(state: AgreementState) -> bool {
    matches!(state, AgreementState::Active | AgreementState::ActiveWithReserves)
}

/// Whether the right is over for good: those who were enrolled keep a jury held elsewhere.
#[must_use]
pub const fn is_ended(state: AgreementState) -> bool {
    matches!(state, AgreementState::Withdrawn | AgreementState::Renounced | AgreementState::Expired)
}

/// Whether reserves may be proved and closed: while the right is held under them, and while it is set aside, to get it back.
///
/// # Errors
/// [`InvalidRightStep`] otherwise.
pub fn takes_proofs(state: AgreementState) -> Result<(), InvalidRightStep> {
    if state == AgreementState::Suspended {
        Ok(())
    } else {
        RIGHT_TABLE.next(state, RightStep::LiftReserves).map(|_| ())
    }
}
