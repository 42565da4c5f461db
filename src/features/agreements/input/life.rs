//! What people type of an act on a right: the cause, the findings on which it stands, the reasons, what becomes of the candidates. Pure.

use entity::ids::{InspectionId, NonconformityId, ReserveId};
use entity::right_act::{ActCause, ActKind};
use entity::right_change::{ChangeReview, ChangeTopic};
use entity::sanction_ground::GroundKind;
use time::Date;

use super::{required, too_long};
use crate::error::Fault;
use crate::rules::sanction::Sanction;

const LONGEST_TEXT: usize = 10_000;

/// A finding that is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ground {
    /// A gap found by an inspection.
    Nonconformity(NonconformityId),
    /// The late actions of an inspection.
    OverdueActions(InspectionId),
    /// A reserve.
    Reserve(ReserveId),
    /// An inspection that the structure refused.
    RefusedInspection(InspectionId),
    /// What happened, in words.
    Incident(String),
}

impl Ground {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> GroundKind {
        match self {
            Self::Nonconformity(_) => GroundKind::Nonconformity,
            Self::OverdueActions(_) => GroundKind::OverdueActions,
            Self::Reserve(_) => GroundKind::Reserve,
            Self::RefusedInspection(_) => GroundKind::RefusedInspection,
            Self::Incident(_) => GroundKind::Incident,
        }
    }
}

/// What is held against a right, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// What is done against it.
    pub sanction: Sanction,
    /// Why.
    pub cause: ActCause,
    /// On what it stands.
    pub grounds: Vec<Ground>,
    /// The reasons, as the structure reads them.
    pub reasons: String,
    /// Why nobody is heard before; empty when the structure is.
    pub urgency: String,
    /// What becomes of the candidates.
    pub plan: String,
}

impl Charge {
    /// The kind of the act.
    #[must_use]
    pub const fn kind(&self) -> ActKind {
        match self.sanction {
            Sanction::Suspend => ActKind::Suspension,
            Sanction::Withdraw => ActKind::Withdrawal,
        }
    }

    /// Every fault of what was typed; whether it may be done is another question.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if let Err(fault) = required("/reasons", &self.reasons, "Motivez la décision") {
            faults.push(fault);
        }
        if self.grounds.is_empty() {
            faults.push(Fault::new("/grounds", "grounds-missing", "Citez au moins un constat"));
        }
        for (at, ground) in self.grounds.iter().enumerate() {
            if let Ground::Incident(words) = ground
                && let Err(fault) = required(&format!("/grounds/{at}/words"), words, "Décrivez le fait")
            {
                faults.push(fault);
            }
        }
        faults.extend(too_long("/urgency", &self.urgency, LONGEST_TEXT));
        faults.extend(too_long("/plan", &self.plan, LONGEST_TEXT));
        faults
    }
}

/// A change that a structure declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeInput {
    /// What changed.
    pub topic: ChangeTopic,
    /// When.
    pub happened_on: Date,
    /// In words.
    pub text: String,
}

impl ChangeInput {
    /// Every fault of what was typed, on a day.
    #[must_use]
    pub fn faults(&self, today: Date) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.happened_on > today {
            let message = "Déclarez un changement une fois qu’il a eu lieu";
            faults.push(Fault::new("/happened_on", "change-to-come", message));
        }
        if let Err(fault) = required("/text", &self.text, "Décrivez le changement") {
            faults.push(fault);
        }
        faults
    }
}

/// What comes of a declared change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewInput {
    /// What follows.
    pub review: ChangeReview,
    /// What the structure is answered.
    pub answer: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn every_fault_of_a_charge_is_told_at_once() {
        let charge = |reasons: &str, grounds| Charge {
            sanction: Sanction::Suspend,
            cause: ActCause::Fraud,
            grounds,
            reasons: reasons.to_owned(),
            urgency: String::new(),
            plan: String::new(),
        };
        for (charge, expected) in [
            (charge("Faux livrets", vec![Ground::Incident("Livrets antidatés".to_owned())]), vec![]),
            (charge(" ", vec![]), vec!["/reasons", "/grounds"]),
            (charge("Faux", vec![Ground::Incident(String::new())]), vec!["/grounds/0/words"]),
        ] {
            let found: Vec<_> = charge.faults().into_iter().map(|fault| fault.pointer).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_change_is_declared_once_it_happened() {
        let change = |happened_on, text: &str| ChangeInput {
            topic: ChangeTopic::Site,
            happened_on,
            text: text.to_owned(),
        };
        let today = date!(2026 - 03 - 10);
        for (change, expected) in [
            (change(today, "Nouvel atelier"), vec![]),
            (change(date!(2026 - 03 - 11), ""), vec!["/happened_on", "/text"]),
        ] {
            let found: Vec<_> = change.faults(today).into_iter().map(|fault| fault.pointer).collect();
            assert_eq!(found, expected);
        }
    }
}
