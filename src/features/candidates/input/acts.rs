//! What is typed for one act on a file.

use std::collections::HashMap;

use entity::candidate::Leaving;
use entity::candidate_positioning::Positioned;
use entity::ids::{SkillId, StructureId};
use time::Date;

use super::super::labels;
use crate::error::{Fault, Faults};
use crate::rules::deadline::add_months;
use crate::rules::line;
use crate::rules::typed_date;

/// Longest reason, and longest list of what lacks.
const LONGEST: usize = 1000;

/// Why somebody gives up, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedWithdrawal {
    /// Word of the reason.
    pub leaving: String,
    /// More about it; needed for another reason.
    pub note: String,
}

/// Why somebody gives up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// The reason; a job is a success.
    pub leaving: Leaving,
    /// More about it; may be empty.
    pub note: String,
}

impl TypedWithdrawal {
    /// The reason, or every fault. Nothing more than its word is asked of a reason of health.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Withdrawal, Vec<Fault>> {
        let mut faults = Faults::default();
        let leaving = Leaving::from_word(self.leaving.trim()).ok_or(labels::faults::REASON_WANTED);
        let leaving = faults.read("/leaving", leaving, |_| "missing");
        let note = match leaving {
            Some(Leaving::Other) => line::wanted(&self.note, LONGEST, labels::faults::REASON_WANTED),
            Some(Leaving::Health) => Ok(String::new()),
            _ => line::optional(&self.note, LONGEST),
        };
        let note = faults.read("/note", note, |error| error.code());
        let read = (|| Some(Withdrawal { leaving: leaving?, note: note? }))();
        faults.or(read)
    }
}

/// Why somebody is put out, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedExclusion {
    /// What they did; they read it.
    pub reason: String,
    /// When they were heard, or asked to come.
    pub heard_on: String,
}

/// Why somebody is put out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// What they did.
    pub reason: String,
    /// When they were heard, or asked to come.
    pub heard_on: Date,
}

impl TypedExclusion {
    /// The reasons, or every fault: nobody is put out unheard.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, today: Date) -> Result<Exclusion, Vec<Fault>> {
        let mut faults = Faults::default();
        let reason = line::wanted(&self.reason, LONGEST, labels::faults::REASON_WANTED);
        let reason = faults.read("/reason", reason, |error| error.code());
        let heard_on = match self.heard_on.trim() {
            "" => Err(labels::faults::HEARD_WANTED),
            typed => typed_date::read(typed),
        };
        let heard_on = faults.read("/heard_on", heard_on, |_| "date");
        if heard_on.is_some_and(|day| day > today) {
            faults.push("/heard_on", "future-date", labels::faults::HEARD_AFTER_TODAY);
        }
        let read = (|| Some(Exclusion { reason: reason?, heard_on: heard_on? }))();
        faults.or(read)
    }
}

/// Another structure, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedTransfer {
    /// Which one.
    pub structure: Option<StructureId>,
    /// Why.
    pub reason: String,
}

/// Another structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Which one.
    pub structure: StructureId,
    /// Why.
    pub reason: String,
}

impl TypedTransfer {
    /// The change, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Transfer, Vec<Fault>> {
        let mut faults = Faults::default();
        let structure = faults.read(
            "/structure_id",
            self.structure.ok_or(labels::faults::STRUCTURE_WANTED),
            |_| "missing",
        );
        let reason = line::wanted(&self.reason, LONGEST, labels::faults::REASON_WANTED);
        let reason = faults.read("/reason", reason, |error| error.code());
        let read = (|| Some(Transfer { structure: structure?, reason: reason? }))();
        faults.or(read)
    }
}

/// The first day of a path.
///
/// # Errors
/// No date, or one that is too far.
pub fn starts_on(typed: &str, today: Date) -> Result<Date, Vec<Fault>> {
    let mut faults = Faults::default();
    let day = faults.required_date("/starts_on", typed);
    if day.is_some_and(|day| day > add_months(today, 12) || day < add_months(today, -60)) {
        faults.push("/starts_on", "too-far", labels::faults::START_TOO_FAR);
    }
    faults.or(day)
}

/// What lacks in a file, named.
///
/// # Errors
/// Nothing named, or too much.
pub fn lack(typed: &str) -> Result<String, Vec<Fault>> {
    let mut faults = Faults::default();
    // one thing a line: the lines are joined by a semicolon
    let lines: Vec<&str> = typed.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let text = line::wanted(&lines.join(" ; "), LONGEST, labels::faults::LACK_WANTED);
    let text = faults.read("/lack", text, |error| error.code());
    // reading a line makes plain spaces of all its spaces
    faults.or(text.map(|text| text.replace(" ;", "\u{202f};")))
}

/// What the positioning found, as typed: a skill and the word of its result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedPositioning {
    /// One line for each skill.
    pub results: Vec<(SkillId, String)>,
}

impl TypedPositioning {
    /// A result for each skill of the referential, in its order; `skills` are their keys and codes.
    ///
    /// # Errors
    /// A skill without a result, a result that is none of the three, a skill of another referential.
    pub fn read(&self, skills: &[(SkillId, String)]) -> Result<Vec<(SkillId, Positioned)>, Vec<Fault>> {
        let mut faults = Faults::default();
        for (rank, (skill, _)) in self.results.iter().enumerate() {
            if skills.iter().all(|(known, _)| known != skill) {
                let pointer = format!("/results/{rank}/skill_id");
                faults.push(pointer, "unknown-skill", labels::faults::UNKNOWN_SKILL);
            }
        }
        let typed: HashMap<SkillId, &str> =
            self.results.iter().map(|(skill, word)| (*skill, word.trim())).collect();
        let mut read = Vec::with_capacity(skills.len());
        for (skill, code) in skills {
            let result = typed.get(skill).and_then(|word| Positioned::from_word(word));
            if let Some(result) = result {
                read.push((*skill, result));
            } else {
                faults.push(
                    format!("/results/{skill}"),
                    "missing",
                    labels::faults::skill_without_result(code),
                );
            }
        }
        faults.or(Some(read))
    }
}
