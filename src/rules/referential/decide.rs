//! The decision on a candidate that the rules propose from the results (1.8 of the domain reference).
//!
//! Units are blocs, or skills where the version has no bloc. A skill follows from the épreuves that assess it or its
//! bloc, combined as the rules say; a bloc is acquired with all its skills. What the jury ruled on a unit stands
//! above, as does what was acquired before. When something is still unknown, nothing is decided: the candidate is
//! adjourned, and no attempt is used up.
use entity::epreuve::Scale;
use entity::result_rules::Combine;

use super::document::{Bloc, Document, Epreuve, Skill};

/// Whether the candidate came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attendance {
    /// Came.
    Present,
    /// Did not come, and said why.
    AbsentExcused,
    /// Did not come.
    Absent,
}

/// A result in an épreuve, on its scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Acquired or not.
    Acquired(bool),
    /// A level, from 1 to 4.
    Level(i32),
    /// A mark.
    Points(i32),
}

/// What is known of a candidate when the jury deliberates.
#[derive(Clone, Copy, Debug)]
pub struct Sitting<'a> {
    /// Whether they came.
    pub attendance: Attendance,
    /// A missing piece, an incident or a doubt on the identity keeps the jury from deciding.
    pub hindered: bool,
    /// The certifier established a fraud, after hearing the candidate.
    pub fraud: bool,
    /// Results, by code of épreuve.
    pub marks: &'a [(&'a str, Mark)],
    /// What the jury ruled, by code of unit.
    pub rulings: &'a [(&'a str, bool)],
    /// Codes of the units acquired before and still valid.
    pub kept: &'a [&'a str],
}

/// The decision on a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Everything is acquired.
    Total,
    /// A part is.
    Partial,
    /// Nothing is, or a part may not be.
    Refused,
    /// The jury could not decide.
    Adjourned,
    /// Did not come.
    Absent,
    /// Did not come, and said why.
    AbsentExcused,
    /// Fraud.
    Fraud,
}

impl Decision {
    /// The code of the domain reference.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Total => "VALIDE_TOTAL",
            Self::Partial => "VALIDE_PARTIEL",
            Self::Refused => "NON_VALIDE",
            Self::Adjourned => "AJOURNE",
            Self::Absent => "ABSENT",
            Self::AbsentExcused => "ABSENT_JUSTIFIE",
            Self::Fraud => "FRAUDE",
        }
    }

    /// Whether it uses up an attempt.
    #[must_use]
    pub const fn consumes_attempt(self) -> bool {
        !matches!(self, Self::Adjourned | Self::AbsentExcused)
    }
}

/// What is known of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its code.
    pub code: String,
    /// Whether the certification is obtained without it.
    pub optional: bool,
    /// Whether it is acquired, when that is known.
    pub acquired: Option<bool>,
}

/// A decision and what it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The decision.
    pub decision: Decision,
    /// The units, in the order of the referential.
    pub units: Vec<Unit>,
}

/// The decision that the rules propose.
#[must_use]
pub fn decide(document: &Document, sitting: &Sitting<'_>) -> Outcome {
    let units = units(document, sitting);
    let decision = match sitting.attendance {
        _ if sitting.fraud => Decision::Fraud,
        Attendance::Absent => Decision::Absent,
        Attendance::AbsentExcused => Decision::AbsentExcused,
        Attendance::Present if sitting.hindered => Decision::Adjourned,
        Attendance::Present => from_units(document, &units),
    };
    Outcome { decision, units }
}

fn from_units(document: &Document, units: &[Unit]) -> Decision {
    let mandatory: Vec<Option<bool>> =
        units.iter().filter(|unit| !unit.optional).map(|unit| unit.acquired).collect();
    let partial = document.results.partial_allowed && !document.blocs.is_empty();
    match () {
        () if mandatory.is_empty() || mandatory.contains(&None) => Decision::Adjourned,
        () if mandatory.iter().all(|acquired| *acquired == Some(true)) => Decision::Total,
        () if partial && units.iter().any(|unit| unit.acquired == Some(true)) => Decision::Partial,
        () => Decision::Refused,
    }
}

fn units(document: &Document, sitting: &Sitting<'_>) -> Vec<Unit> {
    let unit = |code: &String, optional: bool, skills: &[&Skill]| {
        let kept = sitting.kept.contains(&code.as_str()).then_some(true);
        let ruled = sitting.rulings.iter().find(|(ruled, _)| ruled == code).map(|(_, acquired)| *acquired);
        let acquired =
            kept.or(ruled).or_else(|| all(skills.iter().map(|skill| result(document, sitting, skill))));
        Unit { code: code.clone(), optional, acquired }
    };
    if document.blocs.is_empty() {
        return document.skills.iter().map(|skill| unit(&skill.code, false, &[skill])).collect();
    }
    let of_bloc = |bloc: &Bloc| unit(&bloc.code, bloc.optional, &skills_of(document, &bloc.code));
    document.blocs.iter().map(of_bloc).collect()
}

fn skills_of<'a>(document: &'a Document, bloc: &str) -> Vec<&'a Skill> {
    document.skills.iter().filter(|skill| skill.bloc.as_deref() == Some(bloc)).collect()
}

/// A failure settles the whole; otherwise everything must be known. Nothing at all is unknown.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let parts: Vec<Option<bool>> = parts.collect();
    match () {
        () if parts.contains(&Some(false)) => Some(false),
        () if parts.is_empty() || parts.contains(&None) => None,
        () => Some(true),
    }
}

/// What the épreuves say of a skill.
fn result(document: &Document, sitting: &Sitting<'_>, skill: &Skill) -> Option<bool> {
    let assesses = |epreuve: &&Epreuve| {
        epreuve.skills.contains(&skill.code)
            || skill.bloc.as_ref().is_some_and(|bloc| epreuve.blocs.contains(bloc))
    };
    let results: Vec<Option<bool>> =
        document.epreuves.iter().filter(assesses).map(|epreuve| passed(epreuve, sitting)).collect();
    match document.results.combine {
        Combine::Every => all(results.into_iter()),
        Combine::Any if results.contains(&Some(true)) => Some(true),
        Combine::Any => {
            all(results.into_iter().map(|result| result.map(|passed| !passed))).map(|failed| !failed)
        }
        Combine::Agree => {
            let first = results.first().copied().flatten()?;
            results.iter().all(|result| *result == Some(first)).then_some(first)
        }
    }
}

/// Whether an épreuve was passed; unknown without a mark on its scale.
fn passed(epreuve: &Epreuve, sitting: &Sitting<'_>) -> Option<bool> {
    let (_, mark) = sitting.marks.iter().find(|(code, _)| *code == epreuve.code)?;
    match (epreuve.scale, *mark, epreuve.threshold) {
        (Scale::Binary, Mark::Acquired(acquired), _) => Some(acquired),
        (Scale::FourLevels, Mark::Level(level), Some(threshold)) => Some(level >= threshold),
        (Scale::Numeric, Mark::Points(points), Some(threshold)) => Some(points >= threshold),
        _ => None,
    }
}
