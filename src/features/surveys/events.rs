//! What happened to a survey. An answer is told without whose it is.

use entity::ids::{EnrolmentId, ExpertId};
use entity::survey::{self, SurveyState};
use entity::training_session;
use serde_json::{Value, json};

use super::labels;
use super::state::Transition;
use crate::events::{DomainEvent, Mail, Recipient, Subject};
use crate::features::enrolments::labels as words_of_enrolments;
use crate::render::french;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

/// Somebody to write to, and the address where they answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Who.
    pub to: To,
    /// Where they answer.
    pub link: String,
}

/// Who is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// A trainee.
    Trainee(EnrolmentId),
    /// Whoever taught.
    Trainer(ExpertId),
    /// A company or a funder.
    Partner(String),
}

/// One event: the survey as it is now, and what happened.
#[derive(Clone, Debug)]
pub struct SurveyEvent {
    /// The survey, after.
    pub survey: survey::Model,
    /// Its session, when it is about one.
    pub session: Option<training_session::Model>,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum What {
    /// A step of the table, and whom it writes to.
    Stepped {
        /// The line of the table.
        line: &'static Transition,
        /// Those who are asked.
        asked: Vec<Asked>,
    },
    /// Those who did not answer were reminded.
    Reminded(Vec<Asked>),
    /// Somebody answered.
    Answered,
    /// Somebody does not wish to be asked.
    Declined,
}

impl SurveyEvent {
    fn mail(&self, template: &'static str, asked: &Asked) -> Mail {
        let to = match &asked.to {
            To::Trainee(id) => Recipient::Enrolment { id: *id },
            To::Trainer(id) => Recipient::Expert { id: *id },
            To::Partner(address) => Recipient::Address { address: address.clone() },
        };
        let zone = self.session.as_ref().map_or(PARIS, |session| session.zone.as_str());
        let variables = json!({
            "title": title(&self.survey, self.session.as_ref()),
            "when": self.session.as_ref().map_or_else(|| labels::pages::THIS_YEAR.to_owned(), words_of_enrolments::when),
            "until": french::long_date(day_in_zone(*self.survey.closes_at, zone)),
            "link": asked.link,
        });
        Mail::new(template, to, labels::WHY_ASKED, variables)
    }
}

/// What a survey is about.
#[must_use]
pub(super) fn title(survey: &survey::Model, session: Option<&training_session::Model>) -> String {
    session.map_or_else(|| labels::about(survey.kind).to_owned(), |session| session.title.clone())
}

impl DomainEvent for SurveyEvent {
    fn name(&self) -> &'static str {
        match &self.what {
            What::Stepped { line, .. } => line.name(),
            What::Reminded(_) => "survey.reminded",
            What::Answered => "survey.answered",
            What::Declined => "survey.declined",
        }
    }

    fn code(&self) -> &'static str {
        match &self.what {
            What::Stepped { line, .. } => line.code(),
            What::Reminded(_) => "ENQ_REMINDED",
            What::Answered => "ENQ_ANSWERED",
            What::Declined => "ENQ_DECLINED",
        }
    }

    fn subject(&self) -> Subject {
        let number = self.session.as_ref().map(|session| session.number.as_str()).unwrap_or_default();
        let label = format!("{number} {}", self.survey.kind.word());
        Subject::new("survey", self.survey.id, label.trim())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match &self.what {
            What::Stepped { line, .. } => (line.from.map(SurveyState::word), Some(line.to.word())),
            What::Reminded(_) | What::Answered | What::Declined => (None, None),
        }
    }

    fn payload(&self) -> Value {
        let row = &self.survey;
        json!({
            "kind": row.kind.word(),
            "session_id": row.session_id,
            "programme_id": row.programme_id,
            "opens_at": row.opens_at.unix_timestamp(),
            "closes_at": row.closes_at.unix_timestamp(),
            "invited": row.invited,
            "answered": row.answered,
        })
    }

    fn mails(&self) -> Vec<Mail> {
        let (template, asked) = match &self.what {
            What::Stepped { asked, .. } => ("survey-asked", asked),
            What::Reminded(asked) => ("survey-reminder", asked),
            What::Answered | What::Declined => return Vec::new(),
        };
        asked.iter().map(|one| self.mail(template, one)).collect()
    }
}
