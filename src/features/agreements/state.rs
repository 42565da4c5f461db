//! The life of a request (table 2.4 of the domain reference) and of the right it gives (table 2.5), as data.
//!
//! Pure. The diagrams of `docs/states/` are drawn from these tables by a test. The right is in [`right`], an act on it in
//! [`act`].

pub mod act;
pub mod right;

use entity::agreement_request::RequestState;

use crate::rules::transitions::{Refused, Row, Table, line};

pub use self::right::{InvalidRightStep, RIGHT_TABLE, RightStep};

/// What may happen to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// The structure submits, the first time or again.
    Submit,
    /// A draft was left idle too long.
    ExpireDraft,
    /// The officer asks for pieces.
    Return,
    /// The structure did not answer in time.
    CloseIdle,
    /// Every piece is valid.
    DeclareComplete,
    /// A contrôleur is given the visit.
    AssignController,
    /// The contrôleur cannot.
    Decline,
    /// The contrôleur in charge does not make the visit after all: they drop out, it is taken back, or they lost the
    /// right to make it.
    Release,
    /// The date is fixed.
    Schedule,
    /// The date is moved.
    Postpone,
    /// The visit took place.
    RecordVisit,
    /// The structure gets the provisional report.
    SendReport,
    /// The structure comments it.
    Comment,
    /// The contrôleur gives an opinion.
    Finalise,
    /// No visit is needed.
    WaiveVisit,
    /// A committee will look at it.
    PutOnAgenda,
    /// Its committee is cancelled: it waits for another one.
    TakeOffAgenda,
    /// Granted.
    Grant,
    /// Granted, with things still to do.
    GrantWithReserves,
    /// Put off until something arrives.
    Adjourn,
    /// What was missing arrived: to a committee.
    ResumeToCommittee,
    /// What was missing arrived: another visit is needed.
    ResumeToVisit,
    /// Refused.
    Refuse,
    /// The structure gives up.
    Withdraw,
    /// The structure contests the refusal.
    LodgeAppeal,
    /// The refusal stands.
    Uphold,
    /// The refusal falls: back to a committee.
    Overturn,
}

/// One line of the table.
pub type Transition = Row<RequestState, Step>;

/// A step that the state does not allow.
pub type InvalidStep = Refused<RequestState, Step>;

/// How a request begins (row 1): its first state, the name and the code of the event. Nothing comes before it, so that it
/// is no line of the table.
pub const BEGINS: (RequestState, &str, &str) =
    (RequestState::Draft, "agreement_request.drafted", "AGR_DRAFTED");

/// The table, in the order of the domain reference, after its first row.
pub const TABLE: Table<RequestState, Step> = {
    use RequestState as S;
    Table(&[
        line(S::Draft, Step::Submit, S::Submitted, "agreement_request.submitted", "AGR_SUBMITTED"),
        line(
            S::Draft,
            Step::ExpireDraft,
            S::Abandoned,
            "agreement_request.draft_expired",
            "AGR_DRAFT_EXPIRED",
        ),
        line(S::Submitted, Step::Return, S::Incomplete, "agreement_request.returned", "AGR_INCOMPLETE"),
        line(S::Incomplete, Step::Submit, S::Submitted, "agreement_request.resubmitted", "AGR_RESUBMITTED"),
        line(
            S::Incomplete,
            Step::CloseIdle,
            S::ClosedIdle,
            "agreement_request.closed_idle",
            "AGR_CLOSED_IDLE",
        ),
        line(S::Submitted, Step::DeclareComplete, S::Complete, "agreement_request.completed", "AGR_COMPLETE"),
        line(
            S::Complete,
            Step::AssignController,
            S::VisitToSchedule,
            "agreement_request.controller_assigned",
            "AGR_CTR_ASSIGNED",
        ),
        line(
            S::VisitToSchedule,
            Step::Decline,
            S::Complete,
            "agreement_request.controller_declined",
            "AGR_CTR_DECLINED",
        ),
        line(
            S::VisitToSchedule,
            Step::Release,
            S::Complete,
            "agreement_request.controller_released",
            "AGR_CTR_RELEASED",
        ),
        line(
            S::VisitScheduled,
            Step::Release,
            S::Complete,
            "agreement_request.controller_released",
            "AGR_CTR_RELEASED",
        ),
        line(
            S::VisitToSchedule,
            Step::Schedule,
            S::VisitScheduled,
            "agreement_request.visit_scheduled",
            "AGR_VISIT_SCHEDULED",
        ),
        line(
            S::VisitScheduled,
            Step::Postpone,
            S::VisitScheduled,
            "agreement_request.visit_moved",
            "AGR_VISIT_MOVED",
        ),
        line(
            S::VisitScheduled,
            Step::RecordVisit,
            S::VisitDone,
            "agreement_request.visit_recorded",
            "AGR_VISIT_DONE",
        ),
        line(
            S::VisitDone,
            Step::SendReport,
            S::Adversarial,
            "agreement_request.report_sent",
            "AGR_REPORT_PROV",
        ),
        line(S::Adversarial, Step::Comment, S::Adversarial, "agreement_request.commented", "AGR_COMMENTED"),
        line(
            S::Adversarial,
            Step::Finalise,
            S::OpinionGiven,
            "agreement_request.opinion_given",
            "AGR_OPINION",
        ),
        line(
            S::Complete,
            Step::WaiveVisit,
            S::OpinionGiven,
            "agreement_request.visit_waived",
            "AGR_VISIT_WAIVED",
        ),
        line(
            S::OpinionGiven,
            Step::PutOnAgenda,
            S::InCommittee,
            "agreement_request.put_on_agenda",
            "AGR_ON_AGENDA",
        ),
        line(
            S::InCommittee,
            Step::TakeOffAgenda,
            S::OpinionGiven,
            "agreement_request.taken_off_agenda",
            "AGR_OFF_AGENDA",
        ),
        line(S::InCommittee, Step::Grant, S::Granted, "agreement_request.granted", "AGR_GRANTED"),
        line(
            S::InCommittee,
            Step::GrantWithReserves,
            S::GrantedWithReserves,
            "agreement_request.granted_with_reserves",
            "AGR_GRANTED_RES",
        ),
        line(S::InCommittee, Step::Adjourn, S::Adjourned, "agreement_request.adjourned", "AGR_ADJOURNED"),
        line(
            S::Adjourned,
            Step::ResumeToCommittee,
            S::InCommittee,
            "agreement_request.resumed",
            "AGR_RESUMED",
        ),
        line(
            S::Adjourned,
            Step::ResumeToVisit,
            S::VisitToSchedule,
            "agreement_request.resumed",
            "AGR_RESUMED",
        ),
        line(S::InCommittee, Step::Refuse, S::Refused, "agreement_request.refused", "AGR_REFUSED"),
        line(S::Draft, Step::Withdraw, S::Withdrawn, "agreement_request.withdrawn", "AGR_WITHDRAWN"),
        line(S::Submitted, Step::Withdraw, S::Withdrawn, "agreement_request.withdrawn", "AGR_WITHDRAWN"),
        line(S::Incomplete, Step::Withdraw, S::Withdrawn, "agreement_request.withdrawn", "AGR_WITHDRAWN"),
        line(S::Complete, Step::Withdraw, S::Withdrawn, "agreement_request.withdrawn", "AGR_WITHDRAWN"),
        line(
            S::VisitToSchedule,
            Step::Withdraw,
            S::Withdrawn,
            "agreement_request.withdrawn",
            "AGR_WITHDRAWN",
        ),
        line(S::VisitScheduled, Step::Withdraw, S::Withdrawn, "agreement_request.withdrawn", "AGR_WITHDRAWN"),
        line(S::VisitDone, Step::Withdraw, S::Withdrawn, "agreement_request.withdrawn", "AGR_WITHDRAWN"),
        line(S::Adversarial, Step::Withdraw, S::Withdrawn, "agreement_request.withdrawn", "AGR_WITHDRAWN"),
        line(S::OpinionGiven, Step::Withdraw, S::Withdrawn, "agreement_request.withdrawn", "AGR_WITHDRAWN"),
        line(S::InCommittee, Step::Withdraw, S::Withdrawn, "agreement_request.withdrawn", "AGR_WITHDRAWN"),
        line(S::Adjourned, Step::Withdraw, S::Withdrawn, "agreement_request.withdrawn", "AGR_WITHDRAWN"),
        line(S::Refused, Step::LodgeAppeal, S::Appeal, "agreement_request.appealed", "AGR_APPEAL"),
        line(
            S::Appeal,
            Step::Uphold,
            S::RefusedFinal,
            "agreement_request.appeal_settled",
            "AGR_APPEAL_SETTLED",
        ),
        line(
            S::Appeal,
            Step::Overturn,
            S::InCommittee,
            "agreement_request.appeal_settled",
            "AGR_APPEAL_SETTLED",
        ),
    ])
};

/// Whether nothing can happen to the request any more, an appeal apart.
#[must_use]
pub fn is_over(state: RequestState) -> bool {
    use RequestState as S;
    matches!(
        state,
        S::Granted
            | S::GrantedWithReserves
            | S::Refused
            | S::RefusedFinal
            | S::Withdrawn
            | S::Abandoned
            | S::ClosedIdle
    )
}

/// Whether a request is being examined: submitted, and not over.
#[must_use]
pub fn is_live(state: RequestState) -> bool {
    state != RequestState::Draft && !is_over(state)
}

/// Whether the day announced for the decision means nothing any more: it is given, or the request is over.
#[must_use]
pub fn is_decided(state: RequestState) -> bool {
    is_over(state) || matches!(state, RequestState::Adjourned | RequestState::Appeal)
}

/// Whether pieces may be added: while the file is in the hands of the structure, or when a committee waits for
/// something.
///
/// # Errors
/// [`InvalidStep`] otherwise.
pub fn takes_pieces(state: RequestState) -> Result<(), InvalidStep> {
    if state == RequestState::Adjourned { Ok(()) } else { TABLE.next(state, Step::Submit).map(|_| ()) }
}

/// Whether pieces may be examined: once submitted, and when a committee waited for them.
///
/// # Errors
/// [`InvalidStep`] otherwise.
pub fn examines_pieces(state: RequestState) -> Result<(), InvalidStep> {
    if state == RequestState::Adjourned {
        Ok(())
    } else {
        TABLE.next(state, Step::DeclareComplete).map(|_| ())
    }
}

#[cfg(test)]
mod tests;
