//! The acts on a right that a page offers: who may, in which state, and what each form asks for.

use entity::agreement::{self, AgreementState};
use entity::right_act::{self, ActCause, ActKind, ActState};
use entity::{reserve, right_change};
use time::OffsetDateTime;

use crate::authz::{self, Actor, Facts, Permission};
use crate::features::agreements::actions::life::permission;
use crate::features::agreements::state::{RIGHT_TABLE, RightStep};
use crate::rules::life::LifeDelays;
use crate::rules::sanction;

/// One act on a right, named in the address of its form: `/agrements/droits/{number}/{verb}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LifeAct {
    /// Tell the structure what is held against it.
    Notice,
    /// Suspend at once.
    Suspend,
    /// Suspend as announced.
    SuspendAfterNotice,
    /// Suspend for overdue reserves.
    SuspendForReserves,
    /// Give back.
    Reinstate,
    /// Ask for the withdrawal that was announced.
    AskWithdrawal,
    /// Confirm it, as somebody else.
    ConfirmWithdrawal,
    /// Give up the procedure.
    Drop,
    /// Undo the last act.
    Undo,
    /// Record the registered letter of an act.
    Letter,
    /// Answer a notice.
    Answer,
    /// Declare a change.
    Declare,
    /// Review a declared change.
    Review,
    /// Give up the agreement.
    Renounce,
}

/// What a page knows of a right to offer its acts.
pub(super) struct Known<'a> {
    /// The right.
    pub right: &'a agreement::Model,
    /// What the policy looks at.
    pub facts: &'a Facts,
    /// Its acts, the last one first.
    pub acts: &'a [right_act::Model],
    /// Its reserves.
    pub reserves: &'a [reserve::Model],
    /// Its declared changes.
    pub changes: &'a [right_change::Model],
    /// The delays.
    pub delays: &'a LifeDelays,
    /// The day where the structure is.
    pub today: time::Date,
    /// The instant.
    pub now: OffsetDateTime,
}

impl Known<'_> {
    /// The act in course.
    pub(super) fn in_course(&self) -> Option<&right_act::Model> {
        self.acts.iter().find(|act| matches!(act.state, ActState::Notified | ActState::Asked))
    }

    /// The last act that was done and stands.
    pub(super) fn last_done(&self) -> Option<&right_act::Model> {
        self.acts.iter().find(|act| act.state == ActState::Done)
    }
}

impl LifeAct {
    /// Every act, in the order of a page.
    pub const ALL: [Self; 14] = [
        Self::Answer,
        Self::ConfirmWithdrawal,
        Self::SuspendAfterNotice,
        Self::AskWithdrawal,
        Self::Reinstate,
        Self::SuspendForReserves,
        Self::Notice,
        Self::Suspend,
        Self::Drop,
        Self::Undo,
        Self::Letter,
        Self::Declare,
        Self::Review,
        Self::Renounce,
    ];

    /// The last part of the address of its form.
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Notice => "mettre-en-demeure",
            Self::Suspend => "suspendre",
            Self::SuspendAfterNotice => "suspendre-apres-mise-en-demeure",
            Self::SuspendForReserves => "suspendre-pour-reserves",
            Self::Reinstate => "retablir",
            Self::AskWithdrawal => "demander-le-retrait",
            Self::ConfirmWithdrawal => "confirmer-le-retrait",
            Self::Drop => "abandonner",
            Self::Undo => "annuler",
            Self::Letter => "recommande",
            Self::Answer => "observations",
            Self::Declare => "declarer",
            Self::Review => "examiner",
            Self::Renounce => "renoncer",
        }
    }

    /// The act of a verb.
    #[must_use]
    pub fn of(verb: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.verb() == verb)
    }

    /// Whether its form asks for this.
    #[must_use]
    pub fn asks(&self, field: &str) -> bool {
        let fields: &[&str] = match self {
            Self::Notice => &["sanction", "cause", "grounds", "reasons", "plan"],
            Self::Suspend => &["cause", "grounds", "reasons", "urgency"],
            Self::SuspendAfterNotice | Self::ConfirmWithdrawal => &[],
            Self::SuspendForReserves | Self::Reinstate => &["reasons"],
            Self::AskWithdrawal | Self::Renounce => &["plan"],
            Self::Drop | Self::Undo => &["reason"],
            Self::Letter => &["number", "sent_on"],
            Self::Answer => &["text"],
            Self::Declare => &["topic", "happened_on", "change"],
            Self::Review => &["review", "answer"],
        };
        fields.contains(&field)
    }

    /// What it does to the right, whose consequences are told before.
    #[must_use]
    pub const fn kind(self) -> Option<ActKind> {
        match self {
            Self::Suspend | Self::SuspendAfterNotice | Self::SuspendForReserves => Some(ActKind::Suspension),
            Self::Reinstate => Some(ActKind::Reinstatement),
            Self::AskWithdrawal | Self::ConfirmWithdrawal => Some(ActKind::Withdrawal),
            Self::Renounce => Some(ActKind::Renouncement),
            Self::Notice
            | Self::Drop
            | Self::Undo
            | Self::Letter
            | Self::Answer
            | Self::Declare
            | Self::Review => None,
        }
    }

    /// Whether it takes something away from somebody.
    #[must_use]
    pub const fn is_danger(self) -> bool {
        matches!(
            self,
            Self::Suspend
                | Self::SuspendAfterNotice
                | Self::SuspendForReserves
                | Self::AskWithdrawal
                | Self::ConfirmWithdrawal
                | Self::Renounce
        )
    }

    /// The act that its form is about: the one in course or the last one done.
    pub(super) fn about<'a>(self, known: &'a Known<'_>) -> Option<&'a right_act::Model> {
        match self {
            Self::SuspendAfterNotice
            | Self::AskWithdrawal
            | Self::ConfirmWithdrawal
            | Self::Drop
            | Self::Answer => known.in_course(),
            Self::Undo => known.last_done(),
            Self::Letter => known.in_course().or_else(|| known.last_done()),
            Self::Reinstate => known.last_done().filter(|act| act.kind == ActKind::Suspension),
            _ => None,
        }
    }
}

/// What this person may do on this right now.
pub(super) fn offered(actor: &Actor, known: &Known<'_>) -> Vec<LifeAct> {
    LifeAct::ALL
        .into_iter()
        .filter(|act| allowed(*act, actor, known) && is_timely(*act, actor, known))
        .collect()
}

/// What the team may do of a sanction: suspend, withdraw.
pub(super) fn sanctions(actor: &Actor, facts: &Facts) -> (bool, bool) {
    let may = |permission| authz::may(actor, permission, facts);
    (may(Permission::AgreementSuspend), may(Permission::AgreementWithdraw))
}

fn allowed(act: LifeAct, actor: &Actor, known: &Known<'_>) -> bool {
    let may = |permission| authz::may(actor, permission, known.facts);
    match act {
        LifeAct::Notice => may(Permission::AgreementSuspend) || may(Permission::AgreementWithdraw),
        LifeAct::Suspend | LifeAct::SuspendAfterNotice | LifeAct::SuspendForReserves => {
            may(Permission::AgreementSuspend)
        }
        LifeAct::Reinstate => may(Permission::AgreementReinstate),
        LifeAct::AskWithdrawal | LifeAct::ConfirmWithdrawal => may(Permission::AgreementWithdraw),
        LifeAct::Renounce => may(Permission::AgreementRenounce),
        LifeAct::Drop | LifeAct::Undo | LifeAct::Letter => {
            act.about(known).is_some_and(|about| may(permission(about.kind)))
        }
        LifeAct::Answer => may(Permission::AgreementAnswer),
        LifeAct::Declare => may(Permission::AgreementDeclare),
        LifeAct::Review => may(Permission::AgreementReview),
    }
}

fn is_timely(act: LifeAct, actor: &Actor, known: &Known<'_>) -> bool {
    let state = known.right.state;
    let can = |step| RIGHT_TABLE.can(state, step);
    let open = known.in_course();
    let waits =
        |kind: ActKind, state: ActState| open.is_some_and(|one| one.kind == kind && one.state == state);
    match act {
        LifeAct::Notice => open.is_none() && can(RightStep::ServeNotice),
        LifeAct::Suspend => open.is_none() && can(RightStep::Suspend),
        LifeAct::SuspendAfterNotice => {
            can(RightStep::Suspend) && waits(ActKind::Suspension, ActState::Notified)
        }
        LifeAct::SuspendForReserves => {
            let over = |one: &reserve::Model| {
                one.state == reserve::ReserveState::Open
                    && known.delays.reserve_counts_from(one.due_on) <= known.today
            };
            open.is_none() && can(RightStep::SuspendForReserves) && known.reserves.iter().any(over)
        }
        LifeAct::Reinstate => open.is_none() && state == AgreementState::Suspended,
        LifeAct::AskWithdrawal => can(RightStep::Withdraw) && waits(ActKind::Withdrawal, ActState::Notified),
        LifeAct::ConfirmWithdrawal => {
            let other = |one: &right_act::Model| actor.account_id() != Some(one.asked_by);
            waits(ActKind::Withdrawal, ActState::Asked) && open.is_some_and(other)
        }
        LifeAct::Renounce => open.is_none() && can(RightStep::Renounce),
        LifeAct::Drop | LifeAct::Answer => open.is_some(),
        LifeAct::Undo => {
            let in_time = |one: &right_act::Model| one.undo_until.is_some_and(|until| *until >= known.now);
            open.is_none() && known.last_done().is_some_and(in_time)
        }
        LifeAct::Letter => act.about(known).is_some_and(|one| one.kind != ActKind::Renouncement),
        LifeAct::Declare => can(RightStep::DeclareChange),
        LifeAct::Review => known.changes.iter().any(|one| one.state == right_change::ChangeState::Declared),
    }
}

/// The causes that may be chosen; only those that may be urgent, for an act without notice.
pub(super) fn causes(urgent: bool) -> Vec<ActCause> {
    let fits =
        |cause: &ActCause| sanction::is_against(*cause) && (!urgent || sanction::may_be_urgent(*cause));
    ActCause::all().filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_leads_to_its_act() {
        for act in LifeAct::ALL {
            assert_eq!(LifeAct::of(act.verb()), Some(act));
        }
        assert_eq!(LifeAct::of("inconnu"), None);
    }

    #[test]
    fn only_fraud_and_danger_are_urgent() {
        assert_eq!(causes(true), [ActCause::Fraud, ActCause::Danger]);
        assert_eq!(causes(false).len(), 6);
    }
}
