//! Independence of experts: which past or present tie with a structure stands in the way of which duty there.
//!
//! The matrix crosses ten ties with four duties. A cell may refuse or warn during a number of months after the
//! tie ended, or warn after a number of turns. Its values are proposals of the certifier: [`Matrix`] is a setting
//! that holds what was changed, and the defaults fill the rest.
//!
//! Only ties that began on or before the day of the duty count: one planned for later is assessed when it is
//! proposed, against the duties already held.
use super::deadline::{add_days, add_months};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use time::Date;

mod sentence;

/// What links a person to a structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// Employee or provider; member of the board too, in what was declared before [`Self::Board`].
    EmployeeBoardOrProvider,
    /// Member of its board.
    Board,
    /// Holds shares of it.
    Shares,
    /// Family of somebody who works there, leads it or is trained there.
    Family,
    /// Controlled it in the current period of its agreement.
    ControllerThisPeriod,
    /// Gave it teaching support.
    SupportExpert,
    /// Trained its team towards the CQP EPSP.
    EpspTrainerOfTeam,
    /// Supervised somebody of its team, or was their tutor.
    Supervised,
    /// Presided over a jury there.
    JuryPresident,
    /// Employee, member of the board or provider of another structure of its group.
    SameGroup,
}

impl Tie {
    /// Every tie, in the order of the matrix.
    pub const ALL: [Self; 10] = [
        Self::EmployeeBoardOrProvider,
        Self::Board,
        Self::Shares,
        Self::Family,
        Self::ControllerThisPeriod,
        Self::SupportExpert,
        Self::EpspTrainerOfTeam,
        Self::Supervised,
        Self::JuryPresident,
        Self::SameGroup,
    ];

    /// The stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::EmployeeBoardOrProvider => "employee_board_or_provider",
            Self::Board => "board",
            Self::Shares => "shares",
            Self::Family => "family",
            Self::ControllerThisPeriod => "controller_this_period",
            Self::SupportExpert => "support_expert",
            Self::EpspTrainerOfTeam => "epsp_trainer_of_team",
            Self::Supervised => "supervised",
            Self::JuryPresident => "jury_president",
            Self::SameGroup => "same_group",
        }
    }

    /// Whether the tie reaches the other structures of the group: the person serves the structure.
    #[must_use]
    pub const fn serves(self) -> bool {
        matches!(self, Self::EmployeeBoardOrProvider | Self::Board)
    }
}

/// What the person is wanted for, in that structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Preside over a jury.
    JuryPresident,
    /// Control it.
    Controller,
    /// Give it teaching support.
    SupportExpert,
    /// Train its team.
    TeamTrainer,
}

impl Duty {
    /// Every duty, in the order of the matrix.
    pub const ALL: [Self; 4] =
        [Self::JuryPresident, Self::Controller, Self::SupportExpert, Self::TeamTrainer];

    /// The stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::JuryPresident => "jury_president",
            Self::Controller => "controller",
            Self::SupportExpert => "support_expert",
            Self::TeamTrainer => "team_trainer",
        }
    }

    /// The duty of a stored word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.word() == word)
    }
}

/// One cell of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "rule")]
pub enum Rule {
    /// Nothing stands in the way.
    Allowed,
    /// Said, and left to judgement, as long as the tie runs and for some months after; without a number of
    /// months, until it is closed ([`DatedTie::closed_on`]), for ever when nothing closes it.
    Warn {
        /// Months after the end of the tie.
        months: Option<u16>,
    },
    /// Said from this number of ties running on: somebody else's turn, which closes those before it.
    Rotation {
        /// Number of times that make a full turn.
        count: u16,
    },
    /// Refused as long as the tie runs and for some months after.
    Refuse {
        /// Months after the end of the tie.
        months: u16,
    },
    /// Refused whatever the dates.
    Never,
}

/// The incompatibility matrix: what the certifier changed, over the defaults.
///
/// As a setting: `{"support_expert": {"controller": {"rule": "refuse", "months": 36}}}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Matrix {
    changed: BTreeMap<Tie, BTreeMap<Duty, Rule>>,
}

impl Matrix {
    /// The rule of one cell.
    #[must_use]
    pub fn rule(&self, tie: Tie, duty: Duty) -> Rule {
        let changed = self.changed.get(&tie).and_then(|row| row.get(&duty));
        changed.copied().unwrap_or_else(|| default_rule(tie, duty))
    }

    /// The same matrix with another rule in one cell.
    #[must_use]
    pub fn with(mut self, tie: Tie, duty: Duty, rule: Rule) -> Self {
        self.changed.entry(tie).or_default().insert(duty, rule);
        self
    }
}

/// The matrix as proposed to the certifier.
const fn default_rule(tie: Tie, duty: Duty) -> Rule {
    const WARN: Rule = Rule::Warn { months: None };
    const fn refuse(months: u16) -> Rule {
        Rule::Refuse { months }
    }
    const fn warn(months: u16) -> Rule {
        Rule::Warn { months: Some(months) }
    }
    // jury president, controller, support expert, trainer of the team
    let row = match tie {
        // shares and family stand in the way as a seat on the board does
        Tie::EmployeeBoardOrProvider | Tie::Board | Tie::Shares | Tie::Family => {
            [refuse(24), refuse(24), refuse(12), refuse(12)]
        }
        Tie::ControllerThisPeriod => [WARN, Rule::Allowed, refuse(24), refuse(24)],
        Tie::SupportExpert => [warn(24), refuse(24), Rule::Allowed, Rule::Allowed],
        // whoever supervised somebody of the team knows it as its trainer does
        Tie::EpspTrainerOfTeam | Tie::Supervised => [warn(12), refuse(24), Rule::Allowed, Rule::Allowed],
        Tie::JuryPresident => [Rule::Rotation { count: 3 }, Rule::Allowed, Rule::Allowed, Rule::Allowed],
        Tie::SameGroup => [warn(24), warn(24), warn(12), warn(12)],
    };
    match duty {
        Duty::JuryPresident => row[0],
        Duty::Controller => row[1],
        Duty::SupportExpert => row[2],
        Duty::TeamTrainer => row[3],
    }
}

/// A tie of one person with the structure in question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedTie {
    /// Its kind.
    pub tie: Tie,
    /// Its first day, when it is known.
    pub since: Option<Date>,
    /// Its last day; none when it still runs.
    pub until: Option<Date>,
    /// The day from which it no longer counts by itself: the end of the agreement period in which a control was made,
    /// the turn that somebody else took after a jury. None when nothing closed it. Windows in months do not look at
    /// it.
    pub closed_on: Option<Date>,
    /// Where this is known from, in French, without a full stop: « déclaration d’intérêts de 2024 ».
    pub source: String,
    /// What it is exactly, in French: « comptable ». May be empty.
    pub detail: String,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// To be weighed by whoever decides.
    Warning,
    /// The duty may not be given, save by a reasoned exception.
    Blocking,
}

/// One reason to hesitate or refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its weight.
    pub severity: Severity,
    /// The tie found.
    pub tie: Tie,
    /// Months during which the tie counts after its end; none when they do not matter.
    pub months_window: Option<u16>,
    /// The first day when the person is free of it; none when no day can be told.
    pub frees_on: Option<Date>,
    /// The reason in French, with its dates and where they come from.
    pub sentence: String,
}

/// What the ties of a person with a structure say about a duty there on a day: the blocking findings first.
#[must_use]
pub fn assess(matrix: &Matrix, duty: Duty, ties: &[DatedTie], on: Date) -> Vec<Finding> {
    let begun: Vec<&DatedTie> = ties.iter().filter(|tie| tie.since.is_none_or(|since| since <= on)).collect();
    let mut findings: Vec<Finding> =
        begun.iter().filter_map(|tie| finding(matrix.rule(tie.tie, duty), duty, tie, on)).collect();
    findings.extend(Tie::ALL.into_iter().filter_map(|kind| match matrix.rule(kind, duty) {
        Rule::Rotation { count } => rotation(kind, count, duty, &begun, on),
        _ => None,
    }));
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

/// The finding that one tie gives by itself.
fn finding(rule: Rule, duty: Duty, tie: &DatedTie, on: Date) -> Option<Finding> {
    let (severity, months) = match rule {
        Rule::Allowed | Rule::Rotation { .. } => return None,
        Rule::Warn { months } => (Severity::Warning, months),
        Rule::Refuse { months } => (Severity::Blocking, Some(months)),
        Rule::Never => (Severity::Blocking, None),
    };
    let frees_on = match (rule, months) {
        (Rule::Warn { months: None }, _) => tie.closed_on,
        (_, months) => months.zip(tie.until).map(|(months, until)| free_day(until, months)),
    };
    if frees_on.is_some_and(|free| free <= on) {
        return None;
    }
    let sentence = sentence::of_tie(tie, duty, severity, months, frees_on, on);
    Some(Finding { severity, tie: tie.tie, months_window: months, frees_on, sentence })
}

/// What one tie does by itself to each duty it stands in the way of, on a day.
#[must_use]
pub fn effects(matrix: &Matrix, tie: &DatedTie, on: Date) -> Vec<(Duty, Finding)> {
    let begun = tie.since.is_none_or(|since| since <= on);
    let found = |duty| Some((duty, finding(matrix.rule(tie.tie, duty), duty, tie, on)?));
    Duty::ALL.into_iter().filter(|_| begun).filter_map(found).collect()
}

/// The window holds whole months counted from the last day of the tie; the person is free the day after.
fn free_day(until: Date, months: u16) -> Date {
    add_days(add_months(until, months.into()), 1)
}

/// The finding that several ties of one kind give together, those that somebody else's turn has not closed.
fn rotation(kind: Tie, count: u16, duty: Duty, begun: &[&DatedTie], on: Date) -> Option<Finding> {
    let running = |tie: &&DatedTie| tie.tie == kind && tie.closed_on.is_none_or(|closed| closed > on);
    let same: Vec<&DatedTie> = begun.iter().copied().filter(running).collect();
    if same.is_empty() || same.len() < usize::from(count) {
        return None;
    }
    Some(Finding {
        severity: Severity::Warning,
        tie: kind,
        months_window: None,
        frees_on: None,
        sentence: sentence::of_rotation(kind, duty, count, &same),
    })
}

#[cfg(test)]
mod tests;
