//! The JSON shapes of surveys.

use entity::survey::{self, SurveyKind, SurveyState};
use poem_openapi::Object;
use time::OffsetDateTime;
use uuid::Uuid;

use super::input::TypedPartners;
use super::queries::{Line, Whole};
use super::questions::{Form, Tally};
use crate::http::api::LongText;
use crate::http::api::words::words;

words! {
    /// Who is asked.
    KindWord as "SurveyKind" for SurveyKind {
        /// Trainees, at the end.
        Hot,
        /// Trainees, some months later.
        Cold,
        /// Those who taught.
        Trainers,
        /// Funders.
        Funders,
        /// Companies.
        Companies,
    }
}

words! {
    /// Where a survey stands.
    StateWord as "SurveyState" for SurveyState {
        /// It will open.
        Planned,
        /// People answer.
        Open,
        /// Nobody answers any more.
        Closed,
    }
}

words! {
    /// How a question is answered.
    FormWord as "QuestionForm" for Form {
        /// From one to five.
        Scale,
        /// Yes or no.
        YesNo,
        /// In words.
        Text,
    }
}

/// A survey of a list.
#[derive(Clone, Debug, Object)]
pub struct SurveyLine {
    /// Key.
    pub id: Uuid,
    /// Who is asked.
    pub kind: KindWord,
    /// Where it stands.
    pub state: StateWord,
    /// The session that it is about.
    pub session_id: Option<Uuid>,
    /// Number of that session.
    pub session_number: Option<String>,
    /// The programme of that session.
    pub programme_id: Option<Uuid>,
    /// From when it is answered.
    pub opens_at: OffsetDateTime,
    /// Until when.
    pub closes_at: OffsetDateTime,
    /// People asked.
    pub invited: i32,
    /// Answers.
    pub answered: i32,
    /// Version, to be given back in `If-Match`.
    pub version: i32,
}

impl SurveyLine {
    fn of(row: &survey::Model, number: Option<&String>) -> Self {
        Self {
            id: row.id.0,
            kind: row.kind.into(),
            state: row.state.into(),
            session_id: row.session_id.map(|id| id.0),
            session_number: number.cloned(),
            programme_id: row.programme_id.map(|id| id.0),
            opens_at: *row.opens_at,
            closes_at: *row.closes_at,
            invited: row.invited,
            answered: row.answered,
            version: row.version,
        }
    }
}

impl From<&Line> for SurveyLine {
    fn from(line: &Line) -> Self {
        Self::of(&line.survey, line.session.as_ref().map(|session| &session.number))
    }
}

/// A page of surveys.
#[derive(Clone, Debug, Object)]
pub struct SurveyPage {
    /// The surveys, the latest first.
    pub items: Vec<SurveyLine>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// What was answered to a question.
#[derive(Clone, Debug, Object)]
pub struct QuestionResult {
    /// Name of the question.
    pub key: String,
    /// What is read.
    pub text: String,
    /// How it is answered.
    pub form: FormWord,
    /// How many gave each mark, from the worst; or no, then yes.
    pub counts: Vec<u32>,
    /// The mean, over 100.
    pub mean: Option<u32>,
    /// What was written.
    pub texts: Vec<String>,
}

impl From<&Tally> for QuestionResult {
    fn from(tally: &Tally) -> Self {
        Self {
            key: tally.question.key.clone(),
            text: tally.question.text.clone(),
            form: tally.question.form.into(),
            counts: tally.counts.clone(),
            mean: tally.mean,
            texts: tally.texts.clone(),
        }
    }
}

/// A survey and its results.
#[derive(Clone, Debug, Object)]
pub struct SurveyOut {
    /// The survey.
    pub survey: SurveyLine,
    /// The fewest answers that are shown.
    pub smallest: u16,
    /// What was answered; none while too few people did.
    pub results: Option<Vec<QuestionResult>>,
}

impl From<&Whole> for SurveyOut {
    fn from(whole: &Whole) -> Self {
        let number = whole.session.as_ref().map(|session| &session.number);
        Self {
            survey: SurveyLine::of(&whole.survey, number),
            smallest: whole.smallest,
            results: whole.results.as_ref().map(|all| all.iter().map(Into::into).collect()),
        }
    }
}

/// Partners to ask.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SurveyIn {
    /// `funders` or `companies`.
    pub kind: KindWord,
    /// Addresses, one a line.
    pub addresses: LongText,
    /// Whether the companies of the sessions of the last months are asked too.
    pub known: Option<bool>,
}

impl SurveyIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedPartners {
        TypedPartners {
            kind: SurveyKind::from(self.kind).word(),
            addresses: self.addresses.0.clone(),
            known: self.known.unwrap_or_default(),
        }
    }
}
