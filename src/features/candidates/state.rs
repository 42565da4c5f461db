//! The life of the file of a candidate (table 1.5 of the domain reference), as data.
//!
//! Pure. The diagram of `docs/states/candidate.md` is drawn from this table by a test.
//!
//! What a line asks ([`Guard`]) is looked at by whoever acts and given to [`lacking`], which tells everything that lacks
//! at once. Who may act is in the policy; [`Party`] says who the reference names.

use Guard as G;
use Party as P;
use State as S;

use crate::rules::transitions::{Refused, Row, Table, Told};

/// Where a file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Enrolled at the certifier.
    Enrolled,
    /// Positioned: what is acquired and what is to work on is known.
    Positioned,
    /// On the path.
    OnPath,
    /// The file is with the certifier.
    FileSubmitted,
    /// Pieces lack.
    FileIncomplete,
    /// May sit before a jury.
    Admitted,
    /// Called to a session.
    Summoned,
    /// There on the day.
    Present,
    /// Did not come, and said why.
    AbsentExcused,
    /// Did not come.
    Absent,
    /// Everything was acquired.
    Total,
    /// A part was.
    Partial,
    /// Nothing was, or a part may not be.
    Refused,
    /// The jury could not decide.
    Adjourned,
    /// The certifier sent the decision back to the jury.
    UnderReview,
    /// The decision was controlled and told.
    Notified,
    /// The candidate contests it.
    Appealed,
    /// Gave up before the jury.
    Withdrawn,
    /// Put out for fraud.
    Excluded,
    /// The certificate was cancelled.
    Revoked,
}

impl State {
    /// Every state, in the order of the life of a file.
    pub const ALL: [Self; 20] = [
        S::Enrolled,
        S::Positioned,
        S::OnPath,
        S::FileSubmitted,
        S::FileIncomplete,
        S::Admitted,
        S::Summoned,
        S::Present,
        S::AbsentExcused,
        S::Absent,
        S::Total,
        S::Partial,
        S::Refused,
        S::Adjourned,
        S::UnderReview,
        S::Notified,
        S::Appealed,
        S::Withdrawn,
        S::Excluded,
        S::Revoked,
    ];

    /// The word that is stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Enrolled => "enrolled",
            Self::Positioned => "positioned",
            Self::OnPath => "on_path",
            Self::FileSubmitted => "file_submitted",
            Self::FileIncomplete => "file_incomplete",
            Self::Admitted => "admitted",
            Self::Summoned => "summoned",
            Self::Present => "present",
            Self::AbsentExcused => "absent_excused",
            Self::Absent => "absent",
            Self::Total => "total",
            Self::Partial => "partial",
            Self::Refused => "refused",
            Self::Adjourned => "adjourned",
            Self::UnderReview => "under_review",
            Self::Notified => "notified",
            Self::Appealed => "appealed",
            Self::Withdrawn => "withdrawn",
            Self::Excluded => "excluded",
            Self::Revoked => "revoked",
        }
    }
}

/// What may happen to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Enrolled for a version.
    Enrol,
    /// The positioning is recorded.
    RecordPositioning,
    /// The path begins.
    StartPath,
    /// The structure hands the file in.
    SubmitFile,
    /// The certifier asks for what lacks.
    AskCompletion,
    /// The certifier says that the candidate may sit.
    Admit,
    /// Called to a session.
    Summon,
    /// The session is moved or cancelled: the candidate may be called to another (1.7, S8 and S9).
    Release,
    /// The candidate is there.
    MarkPresent,
    /// The candidate is not there, with a reason.
    ExcuseAbsence,
    /// The candidate is not there.
    MarkAbsent,
    /// What was said of the presence was a mistake: it is said again.
    RetractPresence,
    /// The jury says that everything is acquired.
    DecideTotal,
    /// The jury says that a part is.
    DecidePartial,
    /// The jury refuses.
    DecideRefused,
    /// The jury cannot decide.
    DecideAdjourned,
    /// The certifier controlled the decision, and tells it.
    Notify,
    /// The certifier sends the decision back.
    SendBack,
    /// A new session will be found.
    PlanResit,
    /// The candidate contests.
    LodgeAppeal,
    /// What was told stands.
    Uphold,
    /// The jury will look at it again.
    Reopen,
    /// The candidate gives up before the jury.
    Withdraw,
    /// Put out for fraud.
    ExcludeForFraud,
    /// The certificate is cancelled.
    CancelCertificate,
}

/// Who does a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Party {
    /// The referent of the structure.
    Structure,
    /// The technical supervisor.
    Supervisor,
    /// The team of the certifier.
    Certifier,
    /// Who runs the certification.
    Manager,
    /// The president of the jury.
    President,
    /// The jury, with its quorum.
    Jury,
    /// The candidate.
    Candidate,
}

/// What a step asks before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Guard {
    /// The structure holds an agreement for this certification.
    AgreementHeld,
    /// The civil status is complete, or said not to be.
    CivilStatusKnown,
    /// The sheet of the positioning is attached.
    SheetAttached,
    /// The first day of the path is known.
    StartKnown,
    /// Every mandatory piece is there.
    PiecesThere,
    /// Each skill was observed as often as is asked.
    SkillsObserved,
    /// What lacks is named.
    LackNamed,
    /// The session is confirmed.
    SessionConfirmed,
    /// The identity was checked.
    IdentityChecked,
    /// A reason is given.
    ReasonGiven,
    /// The jury has its quorum for this candidate.
    QuorumReached,
    /// The rules of the referential allow this decision.
    RulesRespected,
    /// The minutes are signed and conform.
    MinutesConform,
    /// The rules of the referential allow to sit again.
    ResitAllowed,
    /// The time to appeal is not over.
    WithinDelay,
    /// The candidate was heard.
    Heard,
    /// An appeal annulled the passage.
    Annulled,
    /// The decision that was told is that everything is acquired.
    WasTotal,
    /// The decision that was told is not that everything is acquired.
    WasNotTotal,
    /// A second person agrees.
    SecondPerson,
}

/// One line of the table.
pub type Transition = Row<Option<State>, Step, State>;

/// A step that the state does not allow.
pub type InvalidStep = Refused<Option<State>, Step>;

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

/// Everything that a step asks and that is not there.
#[must_use]
pub fn lacking(line: &Transition, met: &[Guard]) -> Vec<Guard> {
    asked(line).1.iter().copied().filter(|guard| !met.contains(guard)).collect()
}

/// Whether the file is in the hands of the structure: nothing that it holds is frozen.
#[must_use]
pub const fn is_in_hands(state: State) -> bool {
    matches!(state, S::Enrolled | S::Positioned | S::OnPath | S::FileIncomplete)
}

/// Whether the jury has decided and nothing was told yet.
#[must_use]
pub const fn is_decided(state: State) -> bool {
    matches!(state, S::Total | S::Partial | S::Refused | S::Adjourned)
}

/// Whether the file is over: nothing leads elsewhere.
#[must_use]
pub const fn is_over(state: State) -> bool {
    matches!(state, S::Withdrawn | S::Excluded | S::Revoked)
}

/// Why somebody gives up before the jury.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Leaving {
    /// A job: for a structure that leads to work, a success.
    Work,
    /// The contract ended.
    EndOfContract,
    /// Health; nothing more is asked.
    Health,
    /// Another reason.
    Other,
}

impl Leaving {
    /// Whether rates count it as a success, never among the failures.
    #[must_use]
    pub const fn is_success(self) -> bool {
        matches!(self, Self::Work)
    }
}

#[cfg(test)]
mod tests;
