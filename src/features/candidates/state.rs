//! The life of the file of a candidate (table 1.5 of the domain reference), as data.
//!
//! Pure. The diagram of `docs/states/candidate.md` is drawn from this table by a test.
//!
//! What a line asks ([`Guard`]) is looked at by whoever acts and given to [`lacking`], which tells everything that lacks
//! at once. Who may act is in the policy; [`Party`] says who the reference names.

mod table;

use State as S;

use crate::rules::transitions::{Refused, Row};

pub use table::{TABLE, asked};

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
