//! What is typed of an enrolment that exists: its need, its contract, its end, how the person is reached.

use entity::enrolment::{EnrolmentCause, TraineeStatus};
use entity::enrolment_need::{FilledBy, Positioning, Prerequisites};
use time::Date;

use super::super::labels::faults as words;
use super::{TypedGuardian, optional_line, optional_phone};
use crate::error::{Fault, Faults};
use crate::rules::email_address::EmailAddress;
use crate::rules::line::{self, LineError};
use crate::rules::typed_date;

/// Longest text of several lines.
const LONGEST_TEXT: usize = 4_000;
/// Longest measure.
const LONGEST_MEASURE: usize = 1_000;

/// Several lines, each as a line is kept.
fn paragraphs(typed: &str) -> Result<String, LineError> {
    let spaced = typed.replace('\t', " ");
    let lines: Result<Vec<String>, LineError> =
        spaced.lines().map(|one| line::optional(one, LONGEST_TEXT)).collect();
    let text = lines?.join("\n").trim().to_owned();
    match text.chars().count() {
        found if found > LONGEST_TEXT => Err(LineError::TooLong { found, longest: LONGEST_TEXT }),
        _ => Ok(text),
    }
}

fn text(faults: &mut Faults, pointer: &str, typed: &str) -> Option<String> {
    faults.read(pointer, paragraphs(typed), |error| error.code())
}

/// The same, which must say something.
fn needed(faults: &mut Faults, pointer: &str, typed: &str, sentence: &'static str) -> Option<String> {
    let read = text(faults, pointer, typed)?;
    if read.is_empty() {
        faults.push(pointer, "missing", sentence);
        return None;
    }
    Some(read)
}

/// A day that has come, which may be left out.
fn past_day(faults: &mut Faults, pointer: &str, typed: &str, today: Date) -> Option<Option<Date>> {
    let day = faults.optional_date(pointer, typed)?;
    if day.is_some_and(|day| day > today) {
        faults.push(pointer, "future-date", words::AFTER_TODAY);
        return None;
    }
    Some(day)
}

/// The need and the positioning of a person, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedNeed {
    /// What the person expects.
    pub expectations: String,
    /// What the employer expects; may be empty.
    pub employer_view: String,
    /// What the funder says; may be empty.
    pub funder_view: String,
    /// What the objectives are based on; may be empty.
    pub basis: String,
    /// Word of whether the prerequisites are met.
    pub prerequisites: String,
    /// Word of how the person was positioned.
    pub positioning: String,
    /// What was found; may be empty when nobody was positioned.
    pub positioning_result: String,
    /// Word of who told the need.
    pub filled_by: String,
    /// When it was signed; may be empty.
    pub signed_on: String,
}

/// The need and the positioning of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNeed {
    /// What the person expects.
    pub expectations: String,
    /// What the employer expects; may be empty.
    pub employer_view: String,
    /// What the funder says; may be empty.
    pub funder_view: String,
    /// What the objectives are based on; may be empty.
    pub basis: String,
    /// Whether the prerequisites are met.
    pub prerequisites: Prerequisites,
    /// How the person was positioned.
    pub positioning: Positioning,
    /// What was found; may be empty when nobody was positioned.
    pub positioning_result: String,
    /// Who told the need.
    pub filled_by: FilledBy,
    /// When it was signed.
    pub signed_on: Option<Date>,
}

impl TypedNeed {
    /// The need, or every fault.
    ///
    /// # Errors
    /// The faults, in the order of the form.
    pub fn read(&self, today: Date) -> Result<NewNeed, Vec<Fault>> {
        let mut faults = Faults::default();
        let expectations =
            needed(&mut faults, "/expectations", &self.expectations, words::EXPECTATIONS_WANTED);
        let employer_view = text(&mut faults, "/employer_view", &self.employer_view);
        let funder_view = text(&mut faults, "/funder_view", &self.funder_view);
        let basis = text(&mut faults, "/basis", &self.basis);
        let prerequisites =
            Prerequisites::from_word(self.prerequisites.trim()).ok_or(words::PREREQUISITES_WANTED);
        let prerequisites = faults.read("/prerequisites", prerequisites, |_| "missing");
        let positioning = Positioning::from_word(self.positioning.trim()).ok_or(words::POSITIONING_WANTED);
        let positioning = faults.read("/positioning", positioning, |_| "missing");
        let positioned = positioning.is_some_and(|way| way != Positioning::None);
        let result = if positioned {
            needed(&mut faults, "/positioning_result", &self.positioning_result, words::RESULT_WANTED)
        } else {
            text(&mut faults, "/positioning_result", &self.positioning_result)
        };
        let filled_by = FilledBy::from_word(self.filled_by.trim()).ok_or(words::FILLED_BY_WANTED);
        let filled_by = faults.read("/filled_by", filled_by, |_| "missing");
        let signed_on = past_day(&mut faults, "/signed_on", &self.signed_on, today);
        let (Some(expectations), Some(employer_view), Some(funder_view), Some(basis)) =
            (expectations, employer_view, funder_view, basis)
        else {
            return faults.or(None);
        };
        let (
            Some(prerequisites),
            Some(positioning),
            Some(positioning_result),
            Some(filled_by),
            Some(signed_on),
        ) = (prerequisites, positioning, result, filled_by, signed_on)
        else {
            return faults.or(None);
        };
        faults.or(Some(NewNeed {
            expectations,
            employer_view,
            funder_view,
            basis,
            prerequisites,
            positioning,
            positioning_result,
            filled_by,
            signed_on,
        }))
    }
}

/// The signature of a contract or of a convention, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedContract {
    /// When it was signed.
    pub signed_on: String,
    /// Whether it was at a distance, or out of the office.
    pub remote: bool,
}

/// The signature of a contract or of a convention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewContract {
    /// When it was signed.
    pub signed_on: Date,
    /// Whether it was at a distance, or out of the office.
    pub remote: bool,
}

impl TypedContract {
    /// The signature, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<NewContract, Vec<Fault>> {
        let mut faults = Faults::default();
        let signed_on = faults.required_date("/signed_on", &self.signed_on);
        faults.or(signed_on.map(|signed_on| NewContract { signed_on, remote: self.remote }))
    }
}

/// Why an enrolment ends, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedCancellation {
    /// Word of the cause.
    pub cause: String,
    /// In words; must say something for another reason, and when the certifier cancels.
    pub reason: String,
}

impl TypedCancellation {
    /// The cause and the reason, or every fault; `told` when the reason must be in words.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, told: bool) -> Result<(EnrolmentCause, String), Vec<Fault>> {
        let mut faults = Faults::default();
        let cause = EnrolmentCause::from_word(self.cause.trim()).ok_or(words::CAUSE_WANTED);
        let cause = faults.read("/cause", cause, |_| "missing");
        let reason = if told || cause == Some(EnrolmentCause::Other) {
            needed(&mut faults, "/reason", &self.reason, words::REASON_WANTED)
        } else {
            text(&mut faults, "/reason", &self.reason)
        };
        faults.or(cause.zip(reason))
    }
}

/// How a person is reached, and what they are, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedContact {
    /// Address.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Where they receive letters; may be empty.
    pub postal_address: String,
    /// Their job; may be empty.
    pub job: String,
    /// Word of what they are.
    pub status: String,
    /// Legal representative of a minor.
    pub guardian: TypedGuardian,
}

/// How a person is reached, and what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContact {
    /// Address.
    pub email: EmailAddress,
    /// Telephone; may be empty.
    pub phone: String,
    /// Where they receive letters; may be empty.
    pub postal_address: String,
    /// Their job; may be empty.
    pub job: String,
    /// What they are.
    pub status: TraineeStatus,
    /// Legal representative; empty for an adult.
    pub guardian: TypedGuardian,
}

impl TypedContact {
    /// The contact, or every fault; a minor has a legal representative.
    ///
    /// # Errors
    /// The faults, in the order of the form.
    pub fn read(&self, minor: bool) -> Result<NewContact, Vec<Fault>> {
        let mut faults = Faults::default();
        let email = faults.read("/email", EmailAddress::parse(&self.email), |_| "email");
        let phone = optional_phone(&mut faults, "/phone", &self.phone);
        let postal_address = optional_line(&mut faults, "/postal_address", &self.postal_address);
        let job = optional_line(&mut faults, "/job", &self.job);
        let status = TraineeStatus::from_word(self.status.trim()).ok_or(words::STATUS_WANTED);
        let status = faults.read("/status", status, |_| "missing");
        let guardian =
            if minor { self.guardian.read(&mut faults, "/guardian") } else { Some(TypedGuardian::default()) };
        let (Some(email), Some(phone), Some(postal_address)) = (email, phone, postal_address) else {
            return faults.or(None);
        };
        let (Some(job), Some(status), Some(guardian)) = (job, status, guardian) else {
            return faults.or(None);
        };
        faults.or(Some(NewContact { email, phone, postal_address, job, status, guardian }))
    }
}

/// A measure, as typed: what is done, never what it comes from.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TypedAdaptation {
    /// What was agreed.
    pub measure: String,
    /// When the person said yes.
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
        let measure = line::wanted(&self.measure, LONGEST_MEASURE, words::MEASURE_WANTED);
        let measure = faults.read("/measure", measure, |error| error.code());
        let consented_on = match self.consented_on.trim() {
            "" => Err(words::CONSENT_WANTED),
            typed => typed_date::read(typed),
        };
        let consented_on = faults.read("/consented_on", consented_on, |_| "date");
        if consented_on.is_some_and(|day| day > today) {
            faults.push("/consented_on", "future-date", words::AFTER_TODAY);
        }
        let read = measure.zip(consented_on);
        faults.or(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const TODAY: Date = date!(2026 - 03 - 02);

    fn pointers<T>(read: Result<T, Vec<Fault>>) -> Vec<String> {
        read.err().unwrap_or_default().into_iter().map(|fault| fault.pointer).collect()
    }

    #[test]
    fn a_need_says_who_expects_what_and_how_the_person_was_positioned() {
        let sound = TypedNeed {
            expectations: "Former\nune personne".to_owned(),
            prerequisites: "none_asked".to_owned(),
            positioning: "none".to_owned(),
            filled_by: "trainee".to_owned(),
            ..TypedNeed::default()
        };
        assert_eq!(sound.read(TODAY).unwrap().expectations, "Former\nune personne");
        let wrong = TypedNeed {
            positioning: "test".to_owned(),
            signed_on: "2026-03-03".to_owned(),
            ..TypedNeed::default()
        };
        let expected = ["/expectations", "/prerequisites", "/positioning_result", "/filled_by", "/signed_on"];
        assert_eq!(pointers(wrong.read(TODAY)), expected);
    }

    #[test]
    fn another_reason_is_told_in_words() {
        for (cause, reason, told, expected) in [
            ("work", "", false, vec![]),
            ("other", "", false, vec!["/reason"]),
            ("work", "", true, vec!["/reason"]),
            ("", "", true, vec!["/cause", "/reason"]),
        ] {
            let typed = TypedCancellation { cause: cause.to_owned(), reason: reason.to_owned() };
            assert_eq!(pointers(typed.read(told)), expected, "{cause} {told}");
        }
    }

    #[test]
    fn a_minor_keeps_a_representative() {
        let typed = TypedContact {
            email: "zoe@exemple.org".to_owned(),
            status: "apprentice".to_owned(),
            ..TypedContact::default()
        };
        assert!(typed.read(false).is_ok());
        assert_eq!(pointers(typed.read(true)), ["/guardian/name", "/guardian/email"]);
        assert_eq!(pointers(TypedContact::default().read(false)), ["/email", "/status"]);
    }

    #[test]
    fn a_measure_wants_a_consent_that_was_given() {
        let typed = |measure: &str, day: &str| TypedAdaptation {
            measure: measure.to_owned(),
            consented_on: day.to_owned(),
        };
        assert!(typed("Une salle accessible", "2026-03-02").read(TODAY).is_ok());
        assert_eq!(pointers(typed("", "2026-03-03").read(TODAY)), ["/measure", "/consented_on"]);
    }
}
