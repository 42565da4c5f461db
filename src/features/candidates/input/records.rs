//! What is typed for a line of the livret, a measure or a tie.

use entity::candidate_observation::Observed;
use entity::candidate_tie::CandidateTieKind;
use entity::ids::SkillId;
use time::Date;

use super::super::livret::labels;
use crate::error::{Fault, Faults};
use crate::rules::line;
use crate::rules::typed_date;

/// Longest name.
const NAME: usize = 200;
/// Longest text.
const LONGEST: usize = 1000;

/// An observation, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedObservation {
    /// The skill.
    pub skill: Option<SkillId>,
    /// When.
    pub observed_on: String,
    /// The real work situation.
    pub situation: String,
    /// Name of who assessed.
    pub assessor: String,
    /// Their number, when they are an expert of the network; may be empty.
    pub assessor_number: String,
    /// Word of the result.
    pub result: String,
    /// What the assessor adds; may be empty.
    pub comment: String,
    /// What the candidate says of it; may be empty.
    pub candidate_comment: String,
}

/// An observation, whose assessor is still to be looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// The skill.
    pub skill: SkillId,
    /// When.
    pub observed_on: Date,
    /// The real work situation.
    pub situation: String,
    /// Name of who assessed.
    pub assessor: String,
    /// Their number; empty for somebody who is no expert of the network.
    pub assessor_number: String,
    /// What was seen.
    pub result: Observed,
    /// What the assessor adds.
    pub comment: String,
    /// What the candidate says of it.
    pub candidate_comment: String,
}

impl TypedObservation {
    /// The observation, or every fault; `skills` are those of the referential, `since` the first day of the path when it
    /// is known.
    ///
    /// # Errors
    /// The faults, in the order of the form.
    pub fn read(
        &self,
        skills: &[SkillId],
        since: Option<Date>,
        today: Date,
    ) -> Result<Observation, Vec<Fault>> {
        let mut faults = Faults::default();
        let skill = self.skill.filter(|skill| skills.contains(skill)).ok_or(labels::SKILL_WANTED);
        let skill = faults.read("/skill_id", skill, |_| "unknown-skill");
        let observed_on = faults.required_date("/observed_on", &self.observed_on);
        if observed_on.is_some_and(|day| day > today) {
            faults.push("/observed_on", "future-date", labels::AFTER_TODAY);
        }
        if observed_on.zip(since).is_some_and(|(day, since)| day < since) {
            faults.push("/observed_on", "before-path", labels::BEFORE_PATH);
        }
        let situation = line::wanted(&self.situation, LONGEST, labels::SITUATION_WANTED);
        let situation = faults.read("/situation", situation, |error| error.code());
        let assessor = line::wanted(&self.assessor, NAME, labels::ASSESSOR_WANTED);
        let assessor = faults.read("/assessor", assessor, |error| error.code());
        let number = line::optional(&self.assessor_number, NAME);
        let number = faults.read("/assessor_number", number, |error| error.code());
        let result = Observed::from_word(self.result.trim()).ok_or(labels::RESULT_WANTED);
        let result = faults.read("/result", result, |_| "missing");
        let comment = faults.read("/comment", line::optional(&self.comment, LONGEST), |error| error.code());
        let own = line::optional(&self.candidate_comment, LONGEST);
        let own = faults.read("/candidate_comment", own, |error| error.code());
        let read = (|| {
            Some(Observation {
                skill: skill?,
                observed_on: observed_on?,
                situation: situation?,
                assessor: assessor?,
                assessor_number: number?,
                result: result?,
                comment: comment?,
                candidate_comment: own?,
            })
        })();
        faults.or(read)
    }
}

/// A time in a company, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedImmersion {
    /// The company.
    pub company: String,
    /// First day.
    pub starts_on: String,
    /// Last day.
    pub ends_on: String,
    /// Who followed the candidate there; may be empty.
    pub tutor: String,
    /// What they say; may be empty.
    pub evaluation: String,
}

/// A time in a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Immersion {
    /// The company.
    pub company: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
    /// Who followed the candidate there.
    pub tutor: String,
    /// What they say.
    pub evaluation: String,
}

impl TypedImmersion {
    /// The immersion, or every fault; it may be planned, and so to come.
    ///
    /// # Errors
    /// The faults, in the order of the form.
    pub fn read(&self) -> Result<Immersion, Vec<Fault>> {
        let mut faults = Faults::default();
        let company = line::wanted(&self.company, NAME, labels::COMPANY_WANTED);
        let company = faults.read("/company", company, |error| error.code());
        let starts_on = faults.required_date("/starts_on", &self.starts_on);
        let ends_on = faults.required_date("/ends_on", &self.ends_on);
        if starts_on.zip(ends_on).is_some_and(|(first, last)| last < first) {
            faults.push("/ends_on", "before-start", labels::ENDS_BEFORE);
        }
        let tutor = faults.read("/tutor", line::optional(&self.tutor, NAME), |error| error.code());
        let evaluation = line::optional(&self.evaluation, LONGEST);
        let evaluation = faults.read("/evaluation", evaluation, |error| error.code());
        let read = (|| {
            Some(Immersion {
                company: company?,
                starts_on: starts_on?,
                ends_on: ends_on?,
                tutor: tutor?,
                evaluation: evaluation?,
            })
        })();
        faults.or(read)
    }
}

/// Why a line or a tie is taken back.
///
/// # Errors
/// No reason, or too long a one.
pub fn void_reason(typed: &str) -> Result<String, Vec<Fault>> {
    let mut faults = Faults::default();
    let reason = line::wanted(typed, NAME, labels::VOID_WANTED);
    let reason = faults.read("/reason", reason, |error| error.code());
    faults.or(reason)
}

/// A measure, as typed: what is done, never what it comes from.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TypedAdaptation {
    /// What was agreed.
    pub measure: String,
    /// When the candidate said yes.
    pub consented_on: String,
}

impl std::fmt::Debug for TypedAdaptation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

impl TypedAdaptation {
    /// The measure and the day of the consent, or every fault.
    ///
    /// # Errors
    /// The faults, in the order of the form.
    pub fn read(&self, today: Date) -> Result<(String, Date), Vec<Fault>> {
        let mut faults = Faults::default();
        let measure = line::wanted(&self.measure, LONGEST, labels::MEASURE_WANTED);
        let measure = faults.read("/measure", measure, |error| error.code());
        let consented_on = match self.consented_on.trim() {
            "" => Err(labels::CONSENT_WANTED),
            typed => typed_date::read(typed),
        };
        let consented_on = faults.read("/consented_on", consented_on, |_| "date");
        if consented_on.is_some_and(|day| day > today) {
            faults.push("/consented_on", "future-date", labels::AFTER_TODAY);
        }
        let read = measure.zip(consented_on);
        faults.or(read)
    }
}

/// A tie between a candidate and an expert, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedTie {
    /// Word of what it is.
    pub kind: String,
    /// First day; that of the declaration when it is empty.
    pub since: String,
    /// Last day; may be empty.
    pub until: String,
    /// The candidate says it, and the team only writes it.
    pub by_candidate: bool,
}

/// A tie between a candidate and an expert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewTie {
    /// What it is.
    pub kind: CandidateTieKind,
    /// First day.
    pub since: Date,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
}

impl TypedTie {
    /// The tie, or every fault.
    ///
    /// # Errors
    /// The faults, in the order of the form.
    pub fn read(&self, today: Date) -> Result<NewTie, Vec<Fault>> {
        let mut faults = Faults::default();
        let kind = CandidateTieKind::from_word(self.kind.trim()).ok_or(labels::KIND_WANTED);
        let kind = faults.read("/kind", kind, |_| "missing");
        let since = faults.optional_date("/since", &self.since).map(|day| day.unwrap_or(today));
        if since.is_some_and(|day| day > today) {
            faults.push("/since", "future-date", labels::AFTER_TODAY);
        }
        let until = faults.optional_date("/until", &self.until);
        if since.zip(until.flatten()).is_some_and(|(first, last)| last < first) {
            faults.push("/until", "before-start", labels::ENDS_BEFORE);
        }
        let read = (|| Some(NewTie { kind: kind?, since: since?, until: until? }))();
        faults.or(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;
    use uuid::Uuid;

    const TODAY: Date = date!(2026 - 03 - 02);

    fn observation(skill: SkillId) -> TypedObservation {
        TypedObservation {
            skill: Some(skill),
            observed_on: "2026-03-01".to_owned(),
            situation: "Taille de la haie".to_owned(),
            assessor: "Maëlys Kerzoncuf".to_owned(),
            result: "acquired".to_owned(),
            ..TypedObservation::default()
        }
    }

    fn codes(faults: Vec<Fault>) -> Vec<(String, &'static str)> {
        faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
    }

    #[test]
    fn an_observation_is_of_the_referential_and_within_the_path() {
        let skill = SkillId(Uuid::from_u128(1));
        let since = Some(date!(2026 - 02 - 01));
        assert!(observation(skill).read(&[skill], since, TODAY).is_ok());
        for (day, code) in [("2026-03-03", "future-date"), ("2026-01-31", "before-path")] {
            let typed = TypedObservation { observed_on: day.to_owned(), ..observation(skill) };
            let told = codes(typed.read(&[skill], since, TODAY).unwrap_err());
            assert_eq!(told, [("/observed_on".to_owned(), code)], "{day}");
        }
        let told = codes(TypedObservation::default().read(&[skill], since, TODAY).unwrap_err());
        let pointers: Vec<&str> = told.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(pointers, ["/skill_id", "/observed_on", "/situation", "/assessor", "/result"]);
    }

    #[test]
    fn a_measure_wants_a_consent_that_was_given() {
        let typed = |measure: &str, day: &str| TypedAdaptation {
            measure: measure.to_owned(),
            consented_on: day.to_owned(),
        };
        assert!(typed("Un tiers de temps en plus", "2026-03-02").read(TODAY).is_ok());
        for (measure, day, pointer) in
            [("", "2026-03-02", "/measure"), ("x", "", "/consented_on"), ("x", "2026-03-03", "/consented_on")]
        {
            let told = codes(typed(measure, day).read(TODAY).unwrap_err());
            assert_eq!(told[0].0, pointer, "{measure} {day}");
        }
        assert_eq!(format!("{:?}", typed("Un tiers de temps", "")), "***", "a measure is in no log");
    }

    #[test]
    fn a_tie_begins_before_it_ends() {
        let typed = |since: &str, until: &str| TypedTie {
            kind: "family".to_owned(),
            since: since.to_owned(),
            until: until.to_owned(),
            by_candidate: false,
        };
        assert_eq!(typed("", "").read(TODAY).unwrap().since, TODAY);
        assert!(typed("2025-01-01", "2025-02-01").read(TODAY).is_ok());
        for (since, until) in [("2025-02-01", "2025-01-01"), ("2026-03-03", "")] {
            assert!(typed(since, until).read(TODAY).is_err(), "{since} {until}");
        }
    }
}
