//! The checks of impartiality J1 to J9 (domain reference, 1.7): what known facts of a person say about a seat in a jury.
//!
//! Ties with the structure are weighed by the matrix of independence, which the certifier may change; each finding of the
//! matrix is one of the checks. Ties with candidates have no window: whoever trained, accompanied or assessed a
//! candidate, or is close to them, never judges that candidate.

use std::collections::BTreeSet;

use entity::candidate_tie::CandidateTieKind;
use entity::ids::CandidateId;
use entity::jury_member::Seat;
use time::Date;

use crate::rules::ties::{self, DatedTie, Duty, Matrix, Rule, Tie};

/// A check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// Serves or served the structure of the candidates.
    J1,
    /// Trained, supervised, accompanied or assessed the candidate.
    J2,
    /// Is close to the candidate, or in dispute with them.
    J3,
    /// Gave the structure teaching support.
    J4,
    /// Controlled the structure in its current period.
    J5,
    /// Presided there too many times running.
    J6,
    /// No habilitation that day, or no declaration of interests up to date.
    J7,
    /// Comes from a competitor or from the same group.
    J8,
    /// Did not sign the declaration of impartiality for this session.
    J9,
}

impl Check {
    /// Every check, in order.
    pub const ALL: [Self; 9] =
        [Self::J1, Self::J2, Self::J3, Self::J4, Self::J5, Self::J6, Self::J7, Self::J8, Self::J9];

    /// Its code, as the reference names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::J1 => "J1",
            Self::J2 => "J2",
            Self::J3 => "J3",
            Self::J4 => "J4",
            Self::J5 => "J5",
            Self::J6 => "J6",
            Self::J7 => "J7",
            Self::J8 => "J8",
            Self::J9 => "J9",
        }
    }
}

/// How much a finding weighs: the heavier, the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The session does not open before it is settled; nothing else is refused.
    Opening,
    /// Passes with a written reason.
    Warning,
    /// The person does not judge this candidate.
    Candidate,
    /// The person does not sit.
    Blocking,
}

/// Why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A tie with the structure.
    Structure(ties::Finding),
    /// A tie with a candidate.
    Candidate(CandidateTieKind),
    /// No habilitation that day.
    NotHabilitated,
    /// The declaration of interests is not up to date.
    NotDeclared,
    /// Serves this other structure of the same place.
    Competitor(String),
    /// The declaration of impartiality is not signed.
    NotSigned,
}

impl Reason {
    /// A stable key.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Structure(finding) => finding.tie.word(),
            Self::Candidate(kind) => match kind {
                CandidateTieKind::Trained => "trained_candidate",
                CandidateTieKind::Supervised => "supervised_candidate",
                CandidateTieKind::Accompanied => "accompanied_candidate",
                CandidateTieKind::Assessed => "assessed_candidate",
                CandidateTieKind::Family => "family_of_candidate",
                CandidateTieKind::Business => "business_with_candidate",
                CandidateTieKind::Dispute => "dispute_with_candidate",
            },
            Self::NotHabilitated => "not_habilitated",
            Self::NotDeclared => "not_declared",
            Self::Competitor(_) => "competitor",
            Self::NotSigned => "not_signed",
        }
    }
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which check.
    pub check: Check,
    /// How much it weighs.
    pub severity: Severity,
    /// The candidate, when it is about one.
    pub candidate: Option<CandidateId>,
    /// Why.
    pub reason: Reason,
}

/// A tie of a person with a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CandidateTie {
    /// With whom.
    pub candidate: CandidateId,
    /// What it is.
    pub kind: CandidateTieKind,
    /// Its first day.
    pub since: Date,
}

/// What is known of a person beside a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<'a> {
    /// The seat looked at.
    pub seat: Seat,
    /// Ties with the structure of the candidates.
    pub ties: &'a [DatedTie],
    /// Ties with candidates of the session.
    pub candidates: &'a [CandidateTie],
    /// Other structures of the same place that the person serves that day.
    pub competitors: &'a [String],
    /// Whether the habilitation holds that day; none when the seat asks for none.
    pub habilitated: Option<bool>,
    /// Whether the declaration of interests is up to date; none when the seat asks for none.
    pub declared: Option<bool>,
    /// Whether the declaration of impartiality of this session is signed; none before the day.
    pub signed: Option<bool>,
}

/// The matrix, with the rotation of the rules of this jury.
#[must_use]
pub fn matrix(settings: Matrix, rotation_limit: i32) -> Matrix {
    match u16::try_from(rotation_limit) {
        Ok(count) if count > 0 => {
            settings.with(Tie::JuryPresident, Duty::JuryPresident, Rule::Rotation { count })
        }
        _ => settings.with(Tie::JuryPresident, Duty::JuryPresident, Rule::Allowed),
    }
}

/// The check that a kind of tie belongs to.
#[must_use]
pub const fn check_of(tie: Tie) -> Check {
    match tie {
        Tie::EmployeeBoardOrProvider | Tie::Board | Tie::Shares | Tie::Family => Check::J1,
        Tie::SupportExpert | Tie::EpspTrainerOfTeam | Tie::Supervised => Check::J4,
        Tie::ControllerThisPeriod => Check::J5,
        Tie::JuryPresident => Check::J6,
        Tie::SameGroup => Check::J8,
    }
}

/// The check that a tie with a candidate belongs to.
#[must_use]
pub const fn check_of_candidate(kind: CandidateTieKind) -> Check {
    use CandidateTieKind as K;
    match kind {
        K::Trained | K::Supervised | K::Accompanied | K::Assessed => Check::J2,
        K::Family | K::Business | K::Dispute => Check::J3,
    }
}

/// What is found, the heaviest first. An observer does not vote: nothing but their declaration is looked at.
#[must_use]
pub fn assess(matrix: &Matrix, known: &Known<'_>, on: Date) -> Vec<Finding> {
    let mut found = Vec::new();
    if known.seat != Seat::Observer {
        found.extend(of_structure(matrix, known, on));
        found.extend(of_candidates(known, on));
        found.extend(of_person(known));
    }
    if known.signed == Some(false) {
        found.push(finding(Check::J9, Severity::Opening, Reason::NotSigned));
    }
    found.sort_by_key(|one| (std::cmp::Reverse(one.severity), one.check));
    found
}

fn finding(check: Check, severity: Severity, reason: Reason) -> Finding {
    Finding { check, severity, candidate: None, reason }
}

fn of_structure(matrix: &Matrix, known: &Known<'_>, on: Date) -> Vec<Finding> {
    // Turns are those of who presides.
    let turns = |found: &ties::Finding| found.tie != Tie::JuryPresident || known.seat == Seat::President;
    let found = ties::assess(matrix, Duty::JuryPresident, known.ties, on);
    let own = found.into_iter().filter(turns).map(|one| {
        let severity = match one.severity {
            ties::Severity::Blocking => Severity::Blocking,
            ties::Severity::Warning => Severity::Warning,
        };
        finding(check_of(one.tie), severity, Reason::Structure(one))
    });
    let near = known.competitors.iter();
    let near = near.map(|name| finding(Check::J8, Severity::Warning, Reason::Competitor(name.clone())));
    own.chain(near).collect()
}

/// Each candidate once for each kind of tie, however many times it is known.
fn of_candidates(known: &Known<'_>, on: Date) -> Vec<Finding> {
    let begun = known.candidates.iter().filter(|tie| tie.since <= on);
    let each: BTreeSet<(CandidateId, CandidateTieKind)> =
        begun.map(|tie| (tie.candidate, tie.kind)).collect();
    let one = |(candidate, kind)| Finding {
        candidate: Some(candidate),
        ..finding(check_of_candidate(kind), Severity::Candidate, Reason::Candidate(kind))
    };
    each.into_iter().map(one).collect()
}

fn of_person(known: &Known<'_>) -> Vec<Finding> {
    let habilitated = (known.habilitated == Some(false)).then_some(Reason::NotHabilitated);
    let declared = (known.declared == Some(false)).then_some(Reason::NotDeclared);
    let both = habilitated.into_iter().chain(declared);
    both.map(|reason| finding(Check::J7, Severity::Blocking, reason)).collect()
}

/// What findings make of an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// May sit.
    Free,
    /// May sit, for a written reason.
    Reasoned,
    /// May not sit.
    Refused,
}

/// The candidates that the person does not judge.
#[must_use]
pub fn apart(findings: &[Finding]) -> BTreeSet<CandidateId> {
    let own = findings.iter().filter(|one| one.severity == Severity::Candidate);
    own.filter_map(|one| one.candidate).collect()
}

/// Whether the person may be given the seat. Who presides judges everybody: there is no quorum for a candidate without a
/// president. Another member stays apart from a candidate, for a reason, unless nobody would be left to judge.
#[must_use]
pub fn verdict(findings: &[Finding], seat: Seat, candidates: usize) -> Verdict {
    let heaviest = findings.iter().map(|one| one.severity).max();
    match heaviest {
        None | Some(Severity::Opening) => Verdict::Free,
        Some(Severity::Warning) => Verdict::Reasoned,
        Some(Severity::Candidate) if seat == Seat::President => Verdict::Refused,
        Some(Severity::Candidate) if apart(findings).len() >= candidates => Verdict::Refused,
        Some(Severity::Candidate) => Verdict::Reasoned,
        Some(Severity::Blocking) => Verdict::Refused,
    }
}

#[cfg(test)]
mod tests;
