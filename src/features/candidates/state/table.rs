//! The table of the life of a file, in the order of the domain reference.

use super::Guard as G;
use super::Party as P;
use super::State as S;
use super::{Guard, Party, State, Step, Transition};
use crate::rules::transitions::{Row, Table, Told};

const fn line(from: State, step: Step, to: State) -> Transition {
    Row::new(Some(from), step, to, told(from, step))
}

/// Who does a step, and what it asks.
#[must_use]
pub const fn asked(line: &Transition) -> (&'static [Party], &'static [Guard]) {
    match line.step {
        Step::Enrol => (&[P::Structure, P::Certifier], &[G::AgreementHeld, G::CivilStatusKnown]),
        Step::RecordPositioning => (&[P::Supervisor, P::Certifier], &[G::SheetAttached]),
        Step::StartPath => (&[P::Structure], &[G::StartKnown]),
        Step::SubmitFile => (&[P::Structure], &[G::PiecesThere, G::SkillsObserved]),
        Step::AskCompletion => (&[P::Certifier], &[G::LackNamed]),
        Step::Admit => (&[P::Certifier], &[G::PiecesThere]),
        Step::Summon => (&[P::Certifier], &[G::SessionConfirmed]),
        Step::Release => (&[P::Certifier], &[G::ReasonGiven]),
        Step::MarkPresent => (&[P::President], &[G::IdentityChecked]),
        Step::ExcuseAbsence => (&[P::President], &[G::ReasonGiven]),
        Step::MarkAbsent | Step::RetractPresence => (&[P::President], &[]),
        Step::DecideTotal | Step::DecidePartial | Step::DecideRefused => {
            (&[P::Jury], &[G::QuorumReached, G::RulesRespected])
        }
        // A quorum that is lost for one candidate is itself a reason to adjourn (1.7, S12).
        Step::DecideAdjourned => (&[P::Jury], &[G::ReasonGiven]),
        Step::Notify => (&[P::Manager], &[G::MinutesConform]),
        Step::SendBack => (&[P::Manager], &[G::ReasonGiven]),
        // A part or a refusal is told before the candidate sits again.
        Step::PlanResit if matches!(line.from, Some(S::Notified)) => {
            (&[P::Certifier], &[G::WasNotTotal, G::ResitAllowed])
        }
        // A passage that an appeal annulled counts for none: another jury looks at the candidate (1.11).
        Step::PlanResit if matches!(line.from, Some(S::UnderReview)) => {
            (&[P::Certifier], &[G::Annulled, G::ResitAllowed])
        }
        Step::PlanResit => (&[P::Certifier], &[G::ResitAllowed]),
        Step::LodgeAppeal => (&[P::Candidate], &[G::WithinDelay, G::ReasonGiven]),
        Step::Uphold | Step::Reopen => (&[P::Manager], &[G::ReasonGiven]),
        Step::Withdraw => (&[P::Candidate, P::Structure], &[G::ReasonGiven]),
        Step::ExcludeForFraud => (&[P::Manager], &[G::Heard, G::ReasonGiven]),
        Step::CancelCertificate => (&[P::Manager], &[G::WasTotal, G::SecondPerson, G::ReasonGiven]),
    }
}

/// The name and the code of the event; a decision that is taken again has its own.
const fn told(from: State, step: Step) -> Told {
    let again = matches!(from, S::UnderReview);
    match step {
        Step::Enrol => ("candidate.enrolled", "CAND_CREATED"),
        Step::RecordPositioning => ("candidate.positioned", "CAND_POSITIONED"),
        Step::StartPath => ("candidate.path_started", "CAND_STARTED"),
        Step::SubmitFile => ("candidate.file_submitted", "CAND_FILE_SUBMITTED"),
        Step::AskCompletion => ("candidate.file_incomplete", "CAND_FILE_INCOMPLETE"),
        Step::Admit => ("candidate.admitted", "CAND_ADMITTED"),
        Step::Summon => ("candidate.summoned", "CAND_CONVOKED"),
        Step::Release => ("candidate.released", "CAND_RELEASED"),
        Step::MarkPresent => ("candidate.present", "CAND_PRESENT"),
        Step::ExcuseAbsence => ("candidate.absence_excused", "CAND_ABSENT_J"),
        Step::MarkAbsent => ("candidate.absent", "CAND_ABSENT"),
        Step::RetractPresence => ("candidate.presence_retracted", "CAND_PRESENCE_CORRECTED"),
        Step::DecideTotal | Step::DecidePartial | Step::DecideRefused | Step::DecideAdjourned if again => {
            ("candidate.decided_again", "CAND_REDECIDED")
        }
        Step::DecideTotal | Step::DecidePartial | Step::DecideRefused | Step::DecideAdjourned => {
            ("candidate.decided", "CAND_DECIDED")
        }
        Step::Notify => ("candidate.notified", "CAND_NOTIFIED"),
        Step::SendBack => ("candidate.sent_back", "CAND_REVIEW"),
        Step::PlanResit => ("candidate.resit_planned", "CAND_RESIT"),
        Step::LodgeAppeal => ("candidate.appealed", "CAND_APPEAL"),
        Step::Uphold | Step::Reopen => ("candidate.appeal_settled", "CAND_APPEAL_SETTLED"),
        Step::Withdraw => ("candidate.withdrawn", "CAND_WITHDRAWN"),
        Step::ExcludeForFraud => ("candidate.excluded", "CAND_EXCLUDED"),
        Step::CancelCertificate => ("candidate.certificate_cancelled", "CERT_REVOKED"),
    }
}

/// The table, in the order of the domain reference; « any before » is written state by state. The reference forgets who
/// was called to a session that is cancelled: they wait for another one; and who did not come without a reason: the attempt is
/// used up (1.8), and others are allowed within the years and after the gap (1.11).
pub const TABLE: Table<Option<State>, Step, State> = Table(&[
    Row::new(None, Step::Enrol, S::Enrolled, told(S::Enrolled, Step::Enrol)),
    line(S::Enrolled, Step::RecordPositioning, S::Positioned),
    line(S::Positioned, Step::StartPath, S::OnPath),
    line(S::OnPath, Step::SubmitFile, S::FileSubmitted),
    line(S::FileSubmitted, Step::AskCompletion, S::FileIncomplete),
    line(S::FileIncomplete, Step::SubmitFile, S::FileSubmitted),
    line(S::FileSubmitted, Step::Admit, S::Admitted),
    line(S::Admitted, Step::Summon, S::Summoned),
    line(S::Summoned, Step::Release, S::Admitted),
    line(S::Summoned, Step::MarkPresent, S::Present),
    line(S::Summoned, Step::ExcuseAbsence, S::AbsentExcused),
    line(S::Summoned, Step::MarkAbsent, S::Absent),
    line(S::Present, Step::RetractPresence, S::Summoned),
    line(S::AbsentExcused, Step::RetractPresence, S::Summoned),
    line(S::Absent, Step::RetractPresence, S::Summoned),
    line(S::Present, Step::DecideTotal, S::Total),
    line(S::Present, Step::DecidePartial, S::Partial),
    line(S::Present, Step::DecideRefused, S::Refused),
    line(S::Present, Step::DecideAdjourned, S::Adjourned),
    line(S::Total, Step::Notify, S::Notified),
    line(S::Partial, Step::Notify, S::Notified),
    line(S::Refused, Step::Notify, S::Notified),
    line(S::Adjourned, Step::Notify, S::Notified),
    line(S::Total, Step::SendBack, S::UnderReview),
    line(S::Partial, Step::SendBack, S::UnderReview),
    line(S::Refused, Step::SendBack, S::UnderReview),
    line(S::Adjourned, Step::SendBack, S::UnderReview),
    line(S::UnderReview, Step::DecideTotal, S::Total),
    line(S::UnderReview, Step::DecidePartial, S::Partial),
    line(S::UnderReview, Step::DecideRefused, S::Refused),
    line(S::UnderReview, Step::DecideAdjourned, S::Adjourned),
    line(S::AbsentExcused, Step::PlanResit, S::Admitted),
    line(S::Absent, Step::PlanResit, S::Admitted),
    line(S::Adjourned, Step::PlanResit, S::Admitted),
    line(S::Partial, Step::PlanResit, S::Admitted),
    line(S::Refused, Step::PlanResit, S::Admitted),
    line(S::Notified, Step::PlanResit, S::Admitted),
    line(S::UnderReview, Step::PlanResit, S::Admitted),
    line(S::Notified, Step::LodgeAppeal, S::Appealed),
    line(S::Appealed, Step::Uphold, S::Notified),
    line(S::Appealed, Step::Reopen, S::UnderReview),
    line(S::Enrolled, Step::Withdraw, S::Withdrawn),
    line(S::Positioned, Step::Withdraw, S::Withdrawn),
    line(S::OnPath, Step::Withdraw, S::Withdrawn),
    line(S::FileSubmitted, Step::Withdraw, S::Withdrawn),
    line(S::FileIncomplete, Step::Withdraw, S::Withdrawn),
    line(S::Admitted, Step::Withdraw, S::Withdrawn),
    line(S::Summoned, Step::Withdraw, S::Withdrawn),
    line(S::Enrolled, Step::ExcludeForFraud, S::Excluded),
    line(S::Positioned, Step::ExcludeForFraud, S::Excluded),
    line(S::OnPath, Step::ExcludeForFraud, S::Excluded),
    line(S::FileSubmitted, Step::ExcludeForFraud, S::Excluded),
    line(S::FileIncomplete, Step::ExcludeForFraud, S::Excluded),
    line(S::Admitted, Step::ExcludeForFraud, S::Excluded),
    line(S::Summoned, Step::ExcludeForFraud, S::Excluded),
    line(S::Present, Step::ExcludeForFraud, S::Excluded),
    line(S::AbsentExcused, Step::ExcludeForFraud, S::Excluded),
    line(S::Absent, Step::ExcludeForFraud, S::Excluded),
    line(S::Total, Step::ExcludeForFraud, S::Excluded),
    line(S::Partial, Step::ExcludeForFraud, S::Excluded),
    line(S::Refused, Step::ExcludeForFraud, S::Excluded),
    line(S::Adjourned, Step::ExcludeForFraud, S::Excluded),
    line(S::UnderReview, Step::ExcludeForFraud, S::Excluded),
    line(S::Notified, Step::CancelCertificate, S::Revoked),
]);
