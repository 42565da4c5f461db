//! What a sanction stands on: nobody loses a right by mistake.
//!
//! Pure. A case holds what is asked against a right, the findings that are named for it, how the structure was heard and who
//! acts; [`refusals`] tells every reason for which it may not be done, and none means that it may. Nothing else in the program decides
//! that: the pages and the act ask the same function.

use entity::nonconformity::{NonconformityState, Severity};
use entity::right_act::ActCause;
use time::{Date, OffsetDateTime};

use super::life::LifeDelays;

/// What is done against a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sanction {
    /// Set aside, until what was found is put right.
    Suspend,
    /// Taken away.
    Withdraw,
}

/// Something that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A gap found by an inspection.
    Gap {
        /// How grave.
        severity: Severity,
        /// Where it stands.
        state: NonconformityState,
        /// Whether its report was sent to the structure.
        told: bool,
    },
    /// The corrective actions of an inspection, that are late.
    LateActions {
        /// The end of the earliest one that is not done; none when nothing is late any more.
        due_on: Option<Date>,
    },
    /// A reserve.
    Reserve {
        /// Its end.
        due_on: Date,
        /// Whether it was closed.
        closed: bool,
        /// Whether a proof that the structure brought waits to be checked.
        proof_waits: bool,
    },
    /// An inspection that the structure refused.
    RefusedInspection {
        /// Whether it stands as refused.
        stands: bool,
    },
    /// A fraud or a danger, told in words.
    Incident,
}

/// How the structure was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hearing {
    /// Until when it may comment.
    pub until: OffsetDateTime,
    /// Whether it did.
    pub commented: bool,
}

/// What is asked against a right.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// What is asked.
    pub sanction: Sanction,
    /// Why.
    pub cause: ActCause,
    /// The findings that are named.
    pub findings: &'a [Finding],
    /// The reasons, in words.
    pub reasons: &'a str,
    /// Why nobody is heard before, in words; empty when the structure is heard.
    pub urgency: &'a str,
    /// How the structure was heard; none without a notice.
    pub hearing: Option<Hearing>,
    /// What becomes of the candidates, in words.
    pub plan: &'a str,
    /// Whether whoever confirms is who asked; none while nobody confirms.
    pub same_person: Option<bool>,
}

/// Why a sanction may not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No reasons.
    Reasons,
    /// The cause is none of those for which a right is suspended or withdrawn.
    Cause,
    /// No finding of those that are named supports the cause.
    Findings,
    /// The gap was not told to the structure.
    NotTold,
    /// The grace of the reserve, or the delay of the actions, is not over.
    NotDue {
        /// From which day it is.
        from: Date,
    },
    /// A proof that the structure brought waits to be checked.
    ProofWaits,
    /// Urgency, where nothing is urgent.
    NotUrgent,
    /// No notice was served.
    NoNotice,
    /// The structure may still comment.
    NotHeard {
        /// Until when.
        until: OffsetDateTime,
    },
    /// Nobody said what becomes of the candidates.
    Plan,
    /// Who confirms is who asked.
    SamePerson,
}

impl Refusal {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reasons => "sanction-without-reasons",
            Self::Cause => "sanction-cause",
            Self::Findings => "sanction-unsupported",
            Self::NotTold => "sanction-finding-not-told",
            Self::NotDue { .. } => "sanction-not-due",
            Self::ProofWaits => "sanction-proof-waits",
            Self::NotUrgent => "sanction-not-urgent",
            Self::NoNotice => "sanction-without-notice",
            Self::NotHeard { .. } => "sanction-not-heard",
            Self::Plan => "sanction-without-plan",
            Self::SamePerson => "sanction-same-person",
        }
    }

    /// What it says to whoever asked; the instants are said by the feature, which knows the zone of the structure.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Reasons => "Motivez la décision",
            Self::Cause => "Cette cause ne permet ni de suspendre ni de retirer un agrément",
            Self::Findings => {
                "Aucun constat cité ne fonde cette décision\u{202f}: un écart majeur qui subsiste, une réserve ou des actions en retard, un contrôle refusé, ou un fait de fraude ou de danger"
            }
            Self::NotTold => {
                "L’écart cité n’a pas été notifié à la structure\u{202f}: envoyez d’abord le rapport"
            }
            Self::NotDue { .. } => "Le délai laissé à la structure n’est pas échu",
            Self::ProofWaits => "La structure a déposé une preuve\u{202f}: vérifiez-la d’abord",
            Self::NotUrgent => "L’urgence ne se justifie que par une fraude ou un danger",
            Self::NoNotice => {
                "Mettez d’abord la structure en demeure\u{202f}: elle doit pouvoir présenter ses observations, sauf urgence motivée"
            }
            Self::NotHeard { .. } => "La structure peut encore présenter ses observations",
            Self::Plan => "Dites ce que deviennent les candidates et candidats inscrits",
            Self::SamePerson => "Le retrait est confirmé par une autre personne que celle qui l’a demandé",
        }
    }
}

/// Every reason for which a sanction may not be done now.
#[must_use]
pub fn refusals(case: &Case<'_>, delays: &LifeDelays, today: Date, now: OffsetDateTime) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if case.reasons.trim().is_empty() {
        refusals.push(Refusal::Reasons);
    }
    refusals.extend(unsupported(case.cause, case.findings, delays, today));
    refusals.extend(unheard(case, now));
    if case.sanction == Sanction::Withdraw && case.plan.trim().is_empty() {
        refusals.push(Refusal::Plan);
    }
    if case.sanction == Sanction::Withdraw && case.same_person == Some(true) {
        refusals.push(Refusal::SamePerson);
    }
    refusals
}

/// Whether the findings support the cause: none when one of them does, else what comes nearest. Whoever serves a notice is held
/// to that too.
#[must_use]
pub fn unsupported(
    cause: ActCause,
    findings: &[Finding],
    delays: &LifeDelays,
    today: Date,
) -> Option<Refusal> {
    if !is_against(cause) {
        return Some(Refusal::Cause);
    }
    let weighed = || findings.iter().filter_map(|finding| weigh(cause, *finding, delays, today));
    if weighed().any(|one| one.is_ok()) {
        return None;
    }
    Some(weighed().find_map(Result::err).unwrap_or(Refusal::Findings))
}

/// Whether a right is suspended or withdrawn for this cause.
#[must_use]
pub const fn is_against(cause: ActCause) -> bool {
    use ActCause as C;
    match cause {
        C::Breach | C::OverdueReserves | C::OverdueActions | C::RefusedInspection | C::Fraud | C::Danger => {
            true
        }
        C::ActionsVerified | C::ReservesLifted | C::OwnWish => false,
    }
}

/// Whether a cause may be urgent.
#[must_use]
pub const fn may_be_urgent(cause: ActCause) -> bool {
    matches!(cause, ActCause::Fraud | ActCause::Danger)
}

/// Whether a finding supports a cause, or why not yet; none when it is about something else or over.
fn weigh(cause: ActCause, finding: Finding, delays: &LifeDelays, today: Date) -> Option<Result<(), Refusal>> {
    match (cause, finding) {
        (ActCause::Breach, Finding::Gap { severity: Severity::Major, state, told }) => {
            let over = matches!(state, NonconformityState::Closed | NonconformityState::Dropped);
            let waits = state == NonconformityState::Answered;
            match (over, told, waits) {
                (true, ..) => None,
                (_, false, _) => Some(Err(Refusal::NotTold)),
                (_, _, true) => Some(Err(Refusal::ProofWaits)),
                _ => Some(Ok(())),
            }
        }
        (ActCause::OverdueActions, Finding::LateActions { due_on }) => {
            let from = delays.escalates_on(due_on?);
            Some(if today < from { Err(Refusal::NotDue { from }) } else { Ok(()) })
        }
        (ActCause::OverdueReserves, Finding::Reserve { due_on, closed: false, proof_waits }) => {
            let from = delays.reserve_counts_from(due_on);
            Some(match (proof_waits, today < from) {
                (true, _) => Err(Refusal::ProofWaits),
                (_, true) => Err(Refusal::NotDue { from }),
                _ => Ok(()),
            })
        }
        (ActCause::RefusedInspection, Finding::RefusedInspection { stands: true })
        | (ActCause::Fraud | ActCause::Danger, Finding::Incident) => Some(Ok(())),
        _ => None,
    }
}

/// Why the structure was not heard as it must be. Overdue reserves were reminded to it from the beginning: their suspension needs no
/// other notice, their withdrawal does.
fn unheard(case: &Case<'_>, now: OffsetDateTime) -> Option<Refusal> {
    let urgent = !case.urgency.trim().is_empty();
    if urgent && !(case.sanction == Sanction::Suspend && may_be_urgent(case.cause)) {
        return Some(Refusal::NotUrgent);
    }
    let told_before = case.sanction == Sanction::Suspend && case.cause == ActCause::OverdueReserves;
    if urgent || told_before {
        return None;
    }
    match case.hearing {
        None => Some(Refusal::NoNotice),
        Some(hearing) if !hearing.commented && now <= hearing.until => {
            Some(Refusal::NotHeard { until: hearing.until })
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests;
